package dev.skerry.webapi.crypto;

import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Singleton;

/** {@code node:crypto}: keys and their files. Thread-safe. */
@Singleton
public final class NodeKeysApi implements WebApi {
    @Override
    public String name() {
        return "nodejs/crypto/keys";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new NodeKeyHost(isolate);
    }
}
