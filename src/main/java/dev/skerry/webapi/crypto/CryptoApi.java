package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/** {@code crypto}: random bytes and UUIDs. Thread-safe. */
@Singleton
public final class CryptoApi implements WebApi {
    private final SecureRandom random = new SecureRandom();

    @Override
    public String name() {
        return "crypto";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(random, isolate);
    }

    /** What {@code js/crypto.js} sees. Confined to the isolate's thread. */
    public static final class Host {
        private static final int UUID_BYTES = 16;
        /** UUIDs are made of a pool: one call of the generator fills it for 64 of them. */
        private static final int POOL_BYTES = 64 * UUID_BYTES;

        private final SecureRandom random;
        private final IsolateServices isolate;
        private final byte[] pool = new byte[POOL_BYTES];
        private int used = POOL_BYTES;

        private Host(SecureRandom random, IsolateServices isolate) {
            this.random = random;
            this.isolate = isolate;
        }

        /** {@code length} random bytes; the guest asks for 65,536 at most. An Error outside of an event. */
        @GuestCallable
        public ByteBuffer randomBytes(int length) {
            isolate.invocation();
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return ByteBuffer.wrap(bytes);
        }

        /** A version 4 UUID, RFC 9562, section 5.4. An Error outside of an event. */
        @GuestCallable
        public String randomUuid() {
            isolate.invocation();
            if (used == POOL_BYTES) {
                random.nextBytes(pool);
                used = 0;
            }
            int at = used;
            used += UUID_BYTES;
            pool[at + 6] = (byte) (pool[at + 6] & 0x0f | 0x40);
            pool[at + 8] = (byte) (pool[at + 8] & 0x3f | 0x80);
            String hex = HexFormat.of().formatHex(pool, at, at + UUID_BYTES);
            return hex.substring(0, 8)
                    + '-'
                    + hex.substring(8, 12)
                    + '-'
                    + hex.substring(12, 16)
                    + '-'
                    + hex.substring(16, 20)
                    + '-'
                    + hex.substring(20);
        }
    }
}
