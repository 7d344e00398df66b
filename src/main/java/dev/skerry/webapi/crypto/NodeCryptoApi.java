package dev.skerry.webapi.crypto;

import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Singleton;

/** {@code node:crypto}: hashes, ciphers, derived keys. Thread-safe. */
@Singleton
public final class NodeCryptoApi implements WebApi {
    @Override
    public String name() {
        return "nodejs/crypto/host";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new NodeCryptoHost();
    }
}
