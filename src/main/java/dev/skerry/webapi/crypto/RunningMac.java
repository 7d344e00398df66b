package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;
import java.nio.ByteBuffer;
import javax.crypto.Mac;

/** An HMAC that is fed piece by piece. Confined to the isolate's thread. */
public final class RunningMac {
    private final Mac mac;

    RunningMac(Mac mac) {
        this.mac = mac;
    }

    @GuestCallable
    public void update(byte[] bytes) {
        mac.update(bytes);
    }

    @GuestCallable
    public ByteBuffer finish() {
        return ByteBuffer.wrap(mac.doFinal());
    }
}
