package dev.skerry.webapi.crypto;

import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Singleton;

/** The keys of {@code crypto.subtle}: generated, imported, exported. Thread-safe. */
@Singleton
public final class CryptoKeysApi implements WebApi {
    @Override
    public String name() {
        return "crypto/keys";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new KeyHost(isolate);
    }
}
