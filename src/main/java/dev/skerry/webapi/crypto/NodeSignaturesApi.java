package dev.skerry.webapi.crypto;

import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Singleton;

/** {@code node:crypto}: what is done with pairs of keys. Thread-safe. */
@Singleton
public final class NodeSignaturesApi implements WebApi {
    @Override
    public String name() {
        return "nodejs/crypto/signatures";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new NodeSignatureHost();
    }
}
