package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@code js/crypto/subtle.js} sees. Names of algorithms, hashes and curves come in their canonical spelling; {@code usage} is one of
 * {@link Usage} by its place, {@code usages} a mask of them. Every method that takes a key checks its algorithm, kind and usage itself, for the guest half
 * shares its realm with the worker. Stateless.
 */
public final class SubtleHost {
    /** The longest HMAC key that is generated, in bits. */
    private static final int HMAC_BITS = 1 << 16;

    SubtleHost() {}

    @GuestCallable
    public ByteBuffer digest(String hash, byte[] data) {
        return bytes("digest", () -> Digest.named(hash).start().digest(data));
    }

    @GuestCallable
    public Object startDigest(String hash) {
        try {
            return new RunningDigest(Digest.named(hash).start());
        } catch (NoSuchAlgorithmException e) {
            throw new GuestError("NotSupportedError", hash + " is not available.");
        }
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
        return bytes("AES-CBC", () -> Aes.cbc(encrypts(usage), secret, iv, data));
    }

    @GuestCallable
    public ByteBuffer aesCtr(int usage, Object key, byte[] counter, int length, byte[] data) {
        byte[] secret = secret(key, "AES-CTR", usage);
        return bytes("AES-CTR", () -> Aes.ctr(secret, counter, length, data));
    }

    @GuestCallable
    public ByteBuffer aesGcm(int usage, Object key, byte[] iv, byte[] additionalData, int tagLength, byte[] data) {
        byte[] secret = secret(key, "AES-GCM", usage);
        return bytes("AES-GCM", () -> Aes.gcm(encrypts(usage), secret, iv, additionalData, tagLength, data));
    }

    @GuestCallable
    public ByteBuffer aesKw(int usage, Object key, byte[] data) {
        byte[] secret = secret(key, "AES-KW", usage);
        return bytes("AES-KW", () -> Aes.kw(encrypts(usage), secret, data));
    }

    @GuestCallable
    public ByteBuffer rsaOaep(int usage, Object key, byte[] label, byte[] data) {
        if (encrypts(usage)) {
            Material.RsaPublic rsa = material(key, "RSA-OAEP", usage, Material.RsaPublic.class);
            return bytes("RSA-OAEP", () -> Rsa.encrypt(rsa, label, data));
        }
        Material.RsaPrivate rsa = material(key, "RSA-OAEP", usage, Material.RsaPrivate.class);
        return bytes("RSA-OAEP", () -> Rsa.decrypt(rsa, label, data));
    }

    /** {@code hash}: ECDSA's. {@code saltLength}: RSA-PSS's. Both are ignored by the others. */
    @GuestCallable
    public ByteBuffer sign(String algorithm, Object key, @Nullable String hash, int saltLength, byte[] data) {
        int usage = Usage.SIGN.ordinal();
        return switch (algorithm) {
            case "HMAC" -> {
                Material.Secret hmac = material(key, algorithm, usage, Material.Secret.class);
                yield bytes(algorithm, () -> hmac.hash().hmac(hmac.bytes()).doFinal(data));
            }
            case "ECDSA" -> {
                Material.EcPrivate ec = material(key, algorithm, usage, Material.EcPrivate.class);
                yield bytes(algorithm, () -> EllipticCurves.sign(ec.key(), Digest.named(String.valueOf(hash)), data));
            }
            case "Ed25519" -> {
                Material.OkpPrivate okp = material(key, algorithm, usage, Material.OkpPrivate.class);
                yield bytes(algorithm, () -> Okp.sign(okp.key(), data));
            }
            default -> {
                Material.RsaPrivate rsa = material(key, algorithm, usage, Material.RsaPrivate.class);
                yield bytes(algorithm, () -> Rsa.sign(rsa, algorithm.equals("RSA-PSS") ? saltLength : -1, data));
            }
        };
    }

    @GuestCallable
    public boolean verify(
            String algorithm, Object key, @Nullable String hash, int saltLength, byte[] signature, byte[] data) {
        int usage = Usage.VERIFY.ordinal();
        return switch (algorithm) {
            case "HMAC" -> {
                Material.Secret hmac = material(key, algorithm, usage, Material.Secret.class);
                yield run(
                        algorithm,
                        () -> MessageDigest.isEqual(
                                hmac.hash().hmac(hmac.bytes()).doFinal(data), signature));
            }
            case "ECDSA" -> {
                Material.EcPublic ec = material(key, algorithm, usage, Material.EcPublic.class);
                yield run(
                        algorithm,
                        () -> EllipticCurves.verify(ec.key(), Digest.named(String.valueOf(hash)), signature, data));
            }
            case "Ed25519" -> {
                Material.OkpPublic okp = material(key, algorithm, usage, Material.OkpPublic.class);
                yield run(algorithm, () -> Okp.verify(okp.key(), signature, data));
            }
            default -> {
                Material.RsaPublic rsa = material(key, algorithm, usage, Material.RsaPublic.class);
                yield run(
                        algorithm,
                        () -> Rsa.verify(rsa, algorithm.equals("RSA-PSS") ? saltLength : -1, signature, data));
            }
        };
    }

    /** {@code length}: in bytes. */
    @GuestCallable
    public ByteBuffer pbkdf2(int usage, Object key, String hash, byte[] salt, long iterations, int length) {
        byte[] password = secret(key, "PBKDF2", usage);
        return bytes("PBKDF2", () -> KeyDerivation.pbkdf2(Digest.named(hash), password, salt, iterations, length));
    }

    /** {@code length}: in bytes. */
    @GuestCallable
    public ByteBuffer hkdf(int usage, Object key, String hash, byte[] salt, byte[] info, int length) {
        byte[] secret = secret(key, "HKDF", usage);
        return bytes("HKDF", () -> KeyDerivation.hkdf(Digest.named(hash), secret, salt, info, length));
    }

    /** ECDH and X25519. {@code bits}: how much of the secret is asked for, -1 for all. */
    @GuestCallable
    public ByteBuffer agree(String algorithm, int usage, Object key, Object peer, long bits) {
        byte[] shared;
        Key other = (Key) peer;
        if (algorithm.equals("ECDH")) {
            Material.EcPrivate own = material(key, algorithm, usage, Material.EcPrivate.class);
            Material.EcPublic theirs = other.material(Material.EcPublic.class);
            if (!other.algorithm().equals(algorithm) || own.curve() != theirs.curve()) {
                throw new GuestError("InvalidAccessError", "Both keys of ECDH must be of one curve.");
            }
            shared = run(algorithm, () -> EllipticCurves.agree(own.key(), theirs.key()));
        } else {
            Material.OkpPrivate own = material(key, algorithm, usage, Material.OkpPrivate.class);
            Material.OkpPublic theirs = other.material(Material.OkpPublic.class);
            if (!other.algorithm().equals(algorithm)) {
                throw new GuestError("InvalidAccessError", "Both keys must be for " + algorithm + ".");
            }
            shared = run(algorithm, () -> Okp.agree(own.key(), theirs.key()));
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

    /** A key of AES or HMAC. {@code hash}: HMAC's. */
    @GuestCallable
    public Object generateSecret(String algorithm, @Nullable String hash, int bits, boolean extractable, int usages) {
        if (bits > HMAC_BITS) {
            throw new GuestError(
                    "OperationError", "A key of " + bits + " bits is not generated; at most " + HMAC_BITS + ".");
        }
        byte[] octets = new byte[(bits + 7) / 8];
        new SecureRandom().nextBytes(octets);
        return key(algorithm, extractable, usages, KeyImport.secret(algorithm, digest(hash), octets, bits));
    }

    /** {@code parameter}: the curve, or the hash of an RSA key. {@code exponent}: RSA's, big-endian. */
    @GuestCallable
    public GeneratedPair generatePair(
            String algorithm,
            @Nullable String parameter,
            int modulusLength,
            byte[] exponent,
            boolean extractable,
            int publicUsages,
            int privateUsages) {
        String name = String.valueOf(parameter);
        return run(algorithm, () -> {
            Material publicMaterial;
            Material privateMaterial;
            switch (algorithm) {
                case "ECDSA", "ECDH" -> {
                    Material.EcPrivate ec = EllipticCurves.generate(Curve.named(name));
                    publicMaterial = new Material.EcPublic(ec.curve(), ec.publicKey());
                    privateMaterial = ec;
                }
                case "Ed25519", "X25519" -> {
                    Material.OkpPrivate okp = Okp.generate(algorithm);
                    publicMaterial = new Material.OkpPublic(okp.publicKey());
                    privateMaterial = okp;
                }
                default -> {
                    Material.RsaPrivate rsa =
                            Rsa.generate(modulusLength, new BigInteger(1, exponent), Digest.named(name));
                    publicMaterial = Rsa.publicOf(rsa);
                    privateMaterial = rsa;
                }
            }
            return new GeneratedPair(
                    key(algorithm, true, publicUsages, publicMaterial),
                    key(algorithm, extractable, privateUsages, privateMaterial));
        });
    }

    /** {@code bits}: the length that an HMAC key is said to have, or -1. */
    @GuestCallable
    public Object importSecret(
            String algorithm, @Nullable String hash, byte[] octets, int bits, boolean extractable, int usages) {
        return key(algorithm, extractable, usages, KeyImport.secret(algorithm, digest(hash), octets, bits));
    }

    /** {@code format}: raw, spki, pkcs8. {@code parameter}: the curve, or the hash of an RSA key. */
    @GuestCallable
    public Object importKey(
            String algorithm,
            String format,
            byte[] octets,
            @Nullable String parameter,
            boolean extractable,
            int usages) {
        return key(
                algorithm,
                extractable,
                usages,
                data(format, () -> KeyImport.key(algorithm, format, octets, parameter)));
    }

    @GuestCallable
    public Object importSecretJwk(
            String algorithm, @Nullable String hash, @Nullable String k, int bits, boolean extractable, int usages) {
        return importSecret(algorithm, hash, Bytes.fromBase64url("k", k), bits, extractable, usages);
    }

    @GuestCallable
    public Object importEcJwk(
            String algorithm,
            String curve,
            @Nullable String x,
            @Nullable String y,
            @Nullable String d,
            boolean extractable,
            int usages) {
        return key(
                algorithm,
                extractable,
                usages,
                data("jwk", () -> EllipticCurves.importJwk(Curve.named(curve), x, y, d)));
    }

    @GuestCallable
    public Object importOkpJwk(
            String algorithm, @Nullable String x, @Nullable String d, boolean extractable, int usages) {
        return key(algorithm, extractable, usages, data("jwk", () -> Okp.importJwk(algorithm, x, d)));
    }

    @GuestCallable
    public Object importRsaJwk(
            String algorithm,
            String hash,
            @Nullable String n,
            @Nullable String e,
            @Nullable String d,
            @Nullable String p,
            @Nullable String q,
            @Nullable String dp,
            @Nullable String dq,
            @Nullable String qi,
            boolean extractable,
            int usages) {
        @Nullable String[] crt = {p, q, dp, dq, qi};
        return key(
                algorithm, extractable, usages, data("jwk", () -> KeyImport.rsaJwk(Digest.named(hash), n, e, d, crt)));
    }

    /** {@code format}: raw, spki, pkcs8. */
    @GuestCallable
    public ByteBuffer exportKey(Object key, String format) {
        return bytes(format, () -> KeyExport.octets(extractable(key), format));
    }

    /** The fields that depend on the algorithm, as JSON text. */
    @GuestCallable
    public String exportJwk(Object key) {
        return run("jwk", () -> KeyExport.jwk(extractable(key)));
    }

    @GuestCallable
    public String type(Object key) {
        return ((Key) key).material().type();
    }

    /** In bits: the length of a secret key, the modulus of an RSA key. */
    @GuestCallable
    public int length(Object key) {
        return switch (((Key) key).material()) {
            case Material.Secret secret -> secret.bits();
            case Material.RsaPublic rsa -> rsa.key().getModulus().bitLength();
            case Material.RsaPrivate rsa -> rsa.key().getModulus().bitLength();
            case Material.EcPublic _, Material.EcPrivate _, Material.OkpPublic _, Material.OkpPrivate _ ->
                throw new IllegalArgumentException(
                        "The curve tells the length of " + type(key) + " keys of " + ((Key) key).algorithm());
        };
    }

    /** Of an RSA key, big-endian. */
    @GuestCallable
    public ByteBuffer publicExponent(Object key) {
        BigInteger exponent = ((Key) key).material() instanceof Material.RsaPrivate rsa
                ? rsa.key().getPublicExponent()
                : ((Key) key).material(Material.RsaPublic.class).key().getPublicExponent();
        return ByteBuffer.wrap(Bytes.unsigned(exponent));
    }

    private static Key extractable(Object key) {
        if (!((Key) key).extractable()) {
            throw new GuestError("InvalidAccessError", "The key is not extractable.");
        }
        return (Key) key;
    }

    private static Key key(String algorithm, boolean extractable, int usages, Material material) {
        return new Key(algorithm, extractable, Usage.fromMask(usages), material);
    }

    private static byte[] secret(Object key, String algorithm, int usage) {
        return material(key, algorithm, usage, Material.Secret.class).bytes();
    }

    private static <M extends Material> M material(Object key, String algorithm, int usage, Class<M> kind) {
        return ((Key) key).material(algorithm, Usage.values()[usage], kind);
    }

    private static boolean encrypts(int usage) {
        return usage == Usage.ENCRYPT.ordinal() || usage == Usage.WRAP_KEY.ordinal();
    }

    private static @Nullable Digest digest(@Nullable String hash) {
        return hash == null ? null : Digest.named(hash);
    }

    private interface Work<T> {
        T run() throws GeneralSecurityException;
    }

    private static ByteBuffer bytes(String what, Work<byte[]> work) {
        return ByteBuffer.wrap(run(what, work));
    }

    private static <T> T run(String what, Work<T> work) {
        try {
            return work.run();
        } catch (GeneralSecurityException | ProviderException e) {
            throw new GuestError(
                    "OperationError",
                    what + ": the operation failed: wrong key or parameters, or data that was changed or is too long.");
        }
    }

    private static <T> T data(String format, Work<T> work) {
        try {
            return work.run();
        } catch (GeneralSecurityException | ProviderException e) {
            throw new GuestError("DataError", "The data is no key of this algorithm in the format '" + format + "'.");
        }
    }
}
