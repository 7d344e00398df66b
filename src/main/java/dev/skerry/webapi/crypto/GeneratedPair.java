package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;

/** A generated pair, for the guest half to take apart. Immutable. */
public final class GeneratedPair {
    private final Key publicKey;
    private final Key privateKey;

    GeneratedPair(Key publicKey, Key privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    @GuestCallable
    public Object publicKey() {
        return publicKey;
    }

    @GuestCallable
    public Object privateKey() {
        return privateKey;
    }
}
