package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@code js/crypto/subtle.js} sees: the operations with keys. Names of algorithms, hashes and curves come in their canonical spelling; {@code usage} is one of
 * {@link Usage} by its bit. Every method that takes a key checks its algorithm, kind and usage itself, for the guest half
 * shares its realm with the worker. Stateless.
 */
public final class SubtleHost {
    SubtleHost() {}

    @GuestCallable
    public ByteBuffer digest(String hash, byte[] data) {
        return Work.bytes("digest", () -> Digest.named(hash).start().digest(data));
    }

    @GuestCallable
    public Object startDigest(String hash) {
        return Work.run("digest", () -> new RunningDigest(Digest.named(hash).start()));
    }

    @GuestCallable
    public boolean timingSafeEqual(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    @GuestCallable
    public ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @GuestCallable
    public String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @GuestCallable
    public ByteBuffer aesCbc(int usage, Object key, byte[] iv, byte[] data) {
        byte[] secret = secret(key, "AES-CBC", usage);
        return Work.bytes("AES-CBC", () -> Aes.cbc(Usage.of(usage).encrypts(), secret, iv, data));
    }

    @GuestCallable
    public ByteBuffer aesCtr(int usage, Object key, byte[] counter, int length, byte[] data) {
        byte[] secret = secret(key, "AES-CTR", usage);
        return Work.bytes("AES-CTR", () -> Aes.ctr(secret, counter, length, data));
    }

    @GuestCallable
    public ByteBuffer aesGcm(int usage, Object key, byte[] iv, byte[] additionalData, int tagLength, byte[] data) {
        byte[] secret = secret(key, "AES-GCM", usage);
        return Work.bytes(
                "AES-GCM", () -> Aes.gcm(Usage.of(usage).encrypts(), secret, iv, additionalData, tagLength, data));
    }

    @GuestCallable
    public ByteBuffer aesKw(int usage, Object key, byte[] data) {
        byte[] secret = secret(key, "AES-KW", usage);
        return Work.bytes("AES-KW", () -> Aes.kw(Usage.of(usage).encrypts(), secret, data));
    }

    @GuestCallable
    public ByteBuffer rsaOaep(int usage, Object key, byte[] label, byte[] data) {
        if (Usage.of(usage).encrypts()) {
            Material.RsaPublic rsa = material(key, "RSA-OAEP", Usage.of(usage), Material.RsaPublic.class);
            return Work.bytes("RSA-OAEP", () -> Rsa.encrypt(rsa, label, data));
        }
        Material.RsaPrivate rsa = material(key, "RSA-OAEP", Usage.of(usage), Material.RsaPrivate.class);
        return Work.bytes("RSA-OAEP", () -> Rsa.decrypt(rsa, label, data));
    }

    /** {@code hash}: ECDSA's. {@code saltLength}: RSA-PSS's. Both are ignored by the others. */
    @GuestCallable
    public ByteBuffer sign(String algorithm, Object key, @Nullable String hash, long saltLength, byte[] data) {
        Usage usage = Usage.SIGN;
        return switch (algorithm) {
            case "HMAC" -> {
                Material.Secret hmac = material(key, algorithm, usage, Material.Secret.class);
                yield Work.bytes(algorithm, () -> hmac.hash().hmac(hmac.bytes()).doFinal(data));
            }
            case "ECDSA" -> {
                Material.EcPrivate ec = material(key, algorithm, usage, Material.EcPrivate.class);
                yield Work.bytes(
                        algorithm, () -> EllipticCurves.sign(ec.key(), Digest.named(String.valueOf(hash)), data));
            }
            case "Ed25519" -> {
                Material.OkpPrivate okp = material(key, algorithm, usage, Material.OkpPrivate.class);
                yield Work.bytes(algorithm, () -> Okp.sign(okp.key(), data));
            }
            default -> {
                Material.RsaPrivate rsa = material(key, algorithm, usage, Material.RsaPrivate.class);
                yield Work.bytes(algorithm, () -> Rsa.sign(rsa, salt(algorithm, saltLength), data));
            }
        };
    }

    @GuestCallable
    public boolean verify(
            String algorithm, Object key, @Nullable String hash, long saltLength, byte[] signature, byte[] data) {
        Usage usage = Usage.VERIFY;
        return switch (algorithm) {
            case "HMAC" -> {
                Material.Secret hmac = material(key, algorithm, usage, Material.Secret.class);
                yield Work.run(
                        algorithm,
                        () -> MessageDigest.isEqual(
                                hmac.hash().hmac(hmac.bytes()).doFinal(data), signature));
            }
            case "ECDSA" -> {
                Material.EcPublic ec = material(key, algorithm, usage, Material.EcPublic.class);
                yield Work.run(
                        algorithm,
                        () -> EllipticCurves.verify(ec.key(), Digest.named(String.valueOf(hash)), signature, data));
            }
            case "Ed25519" -> {
                Material.OkpPublic okp = material(key, algorithm, usage, Material.OkpPublic.class);
                yield Work.run(algorithm, () -> Okp.verify(okp.key(), signature, data));
            }
            default -> {
                Material.RsaPublic rsa = material(key, algorithm, usage, Material.RsaPublic.class);
                yield Work.run(algorithm, () -> Rsa.verify(rsa, salt(algorithm, saltLength), signature, data));
            }
        };
    }

    /** {@code length}: in bytes. */
    @GuestCallable
    public ByteBuffer pbkdf2(int usage, Object key, String hash, byte[] salt, long iterations, int length) {
        byte[] password = secret(key, "PBKDF2", usage);
        return Work.bytes("PBKDF2", () -> KeyDerivation.pbkdf2(Digest.named(hash), password, salt, iterations, length));
    }

    /** {@code length}: in bytes. */
    @GuestCallable
    public ByteBuffer hkdf(int usage, Object key, String hash, byte[] salt, byte[] info, int length) {
        byte[] secret = secret(key, "HKDF", usage);
        return Work.bytes("HKDF", () -> KeyDerivation.hkdf(Digest.named(hash), secret, salt, info, length));
    }

    /** ECDH and X25519. {@code bits}: how much of the secret is asked for, -1 for all. */
    @GuestCallable
    public ByteBuffer agree(String algorithm, int usage, Object key, Object peer, long bits) {
        byte[] shared;
        Key other = (Key) peer;
        if (algorithm.equals("ECDH")) {
            Material.EcPrivate own = material(key, algorithm, Usage.of(usage), Material.EcPrivate.class);
            Material.EcPublic theirs = other.material(Material.EcPublic.class);
            if (!other.algorithm().equals(algorithm) || own.curve() != theirs.curve()) {
                throw new GuestError("InvalidAccessError", "Both keys of ECDH must be of one curve.");
            }
            shared = Work.run(algorithm, () -> EllipticCurves.agree(own.key(), theirs.key()));
        } else {
            Material.OkpPrivate own = material(key, algorithm, Usage.of(usage), Material.OkpPrivate.class);
            Material.OkpPublic theirs = other.material(Material.OkpPublic.class);
            if (!other.algorithm().equals(algorithm)) {
                throw new GuestError("InvalidAccessError", "Both keys must be for " + algorithm + ".");
            }
            shared = Work.run(algorithm, () -> Okp.agree(own.key(), theirs.key()));
        }
        return ByteBuffer.wrap(bits < 0 ? shared : leftmost(shared, bits));
    }

    private static byte[] leftmost(byte[] secret, long bits) {
        if (bits > secret.length * 8L) {
            throw new GuestError(
                    "OperationError",
                    "The shared secret has " + secret.length * 8L + " bits, fewer than " + bits + ".");
        }
        int length = (int) (bits + 7) / 8;
        byte[] part = Arrays.copyOf(secret, length);
        if (bits % 8 != 0) {
            part[length - 1] &= (byte) (0xff << 8 - bits % 8);
        }
        return part;
    }

    /** RSA-PSS's, or -1; one that no key has room for is cut to one that none has either. */
    private static int salt(String algorithm, long saltLength) {
        return algorithm.equals("RSA-PSS") ? (int) Math.min(saltLength, Rsa.IMPORTED_BITS) : -1;
    }

    private static byte[] secret(Object key, String algorithm, int usage) {
        return material(key, algorithm, Usage.of(usage), Material.Secret.class).bytes();
    }

    private static <M extends Material> M material(Object key, String algorithm, Usage usage, Class<M> kind) {
        return ((Key) key).material(algorithm, usage, kind);
    }
}
