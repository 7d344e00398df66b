package dev.skerry.webapi.crypto;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import org.jspecify.annotations.Nullable;

/** What a key is made of. Immutable. */
sealed interface Material {
    /** KeyType of the specification. */
    String type();

    /** Octets: AES, HMAC, HKDF, PBKDF2. */
    final class Secret implements Material {
        private final byte[] bytes;
        private final int bits;
        private final @Nullable Digest hash;

        /** {@code bits}: the length the key is said to have; HMAC keys may use a part of the last byte alone. {@code hash}: HMAC's. */
        Secret(byte[] bytes, int bits, @Nullable Digest hash) {
            this.bytes = bytes.clone();
            this.bits = bits;
            this.hash = hash;
        }

        byte[] bytes() {
            return bytes.clone();
        }

        int bits() {
            return bits;
        }

        /** HMAC keys have one. */
        Digest hash() {
            if (hash == null) {
                throw new IllegalStateException("Only an HMAC key has a hash");
            }
            return hash;
        }

        @Override
        public String type() {
            return "secret";
        }
    }

    record RsaPublic(RSAPublicKey key, Digest hash) implements Material {
        @Override
        public String type() {
            return "public";
        }
    }

    record RsaPrivate(RSAPrivateCrtKey key, Digest hash) implements Material {
        @Override
        public String type() {
            return "private";
        }
    }

    record EcPublic(Curve curve, ECPublicKey key) implements Material {
        @Override
        public String type() {
            return "public";
        }
    }

    record EcPrivate(Curve curve, ECPrivateKey key, ECPublicKey publicKey) implements Material {
        @Override
        public String type() {
            return "private";
        }
    }

    /** Ed25519 or X25519. */
    record OkpPublic(PublicKey key) implements Material {
        /** The algorithm. */
        String name() {
            return ((NamedParameterSpec) key.getParams()).getName();
        }

        @Override
        public String type() {
            return "public";
        }
    }

    /** Ed25519 or X25519. */
    record OkpPrivate(PrivateKey key, PublicKey publicKey) implements Material {
        /** The algorithm. */
        String name() {
            return new OkpPublic(publicKey).name();
        }

        @Override
        public String type() {
            return "private";
        }
    }
}
