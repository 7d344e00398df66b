package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** A digest that is fed piece by piece. Confined to the isolate's thread. */
public final class RunningDigest {
    private final MessageDigest digest;

    RunningDigest(MessageDigest digest) {
        this.digest = digest;
    }

    @GuestCallable
    public void update(byte[] bytes) {
        digest.update(bytes);
    }

    /** Another that has seen the same bytes. */
    @GuestCallable
    public Object copy() {
        try {
            return new RunningDigest((MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The provider's " + digest.getAlgorithm() + " cannot be copied", e);
        }
    }

    /** The digest of all bytes so far; it begins anew after that. */
    @GuestCallable
    public ByteBuffer finish() {
        return ByteBuffer.wrap(digest.digest());
    }
}
