package dev.skerry.webapi.crypto;

import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Singleton;

/** {@code crypto.subtle}: what is done with keys. Thread-safe. */
@Singleton
public final class SubtleCryptoApi implements WebApi {
    @Override
    public String name() {
        return "crypto/subtle";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new SubtleHost();
    }
}
