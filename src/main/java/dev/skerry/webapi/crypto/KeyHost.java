package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.IsolateServices;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What {@code js/crypto/keys.js} sees: how keys come and go. Names of algorithms, hashes and curves come in their canonical spelling, {@code usages} as a
 * mask of {@link Usage}. Confined to the isolate's thread.
 */
public final class KeyHost {
    /** The longest HMAC key that is generated, in bits. */
    private static final int HMAC_BITS = 1 << 16;

    private final IsolateServices isolate;

    KeyHost(IsolateServices isolate) {
        this.isolate = isolate;
    }

    /** A key of AES or HMAC. {@code hash}: HMAC's. An Error outside of an event, as for all that is random. */
    @GuestCallable
    public Object generateSecret(String algorithm, @Nullable String hash, long bits, boolean extractable, int usages) {
        isolate.invocation();
        if (bits > HMAC_BITS) {
            throw new GuestError(
                    "OperationError", "A key of " + bits + " bits is not generated; at most " + HMAC_BITS + ".");
        }
        byte[] octets = new byte[(int) (bits + 7) / 8];
        new SecureRandom().nextBytes(octets);
        return key(algorithm, extractable, usages, KeyImport.secret(algorithm, digest(hash), octets, bits));
    }

    /** {@code parameter}: the curve, or the hash of an RSA key. {@code exponent}: RSA's, big-endian. */
    @GuestCallable
    public GeneratedPair generatePair(
            String algorithm,
            @Nullable String parameter,
            long modulusLength,
            byte[] exponent,
            boolean extractable,
            int publicUsages,
            int privateUsages) {
        isolate.invocation();
        String name = String.valueOf(parameter);
        return Work.run(algorithm, () -> {
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
            String algorithm, @Nullable String hash, byte[] octets, long bits, boolean extractable, int usages) {
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
                Work.data(format, () -> KeyImport.key(algorithm, format, octets, parameter)));
    }

    @GuestCallable
    public Object importSecretJwk(
            String algorithm, @Nullable String hash, @Nullable String k, long bits, boolean extractable, int usages) {
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
                Work.data("jwk", () -> EllipticCurves.importJwk(Curve.named(curve), x, y, d)));
    }

    @GuestCallable
    public Object importOkpJwk(
            String algorithm, @Nullable String x, @Nullable String d, boolean extractable, int usages) {
        return key(algorithm, extractable, usages, Work.data("jwk", () -> Okp.importJwk(algorithm, x, d)));
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
                algorithm,
                extractable,
                usages,
                Work.data("jwk", () -> KeyImport.rsaJwk(Digest.named(hash), n, e, d, crt)));
    }

    /** {@code format}: raw, spki, pkcs8. */
    @GuestCallable
    public ByteBuffer exportKey(Object key, String format) {
        return Work.bytes(format, () -> KeyExport.octets(extractable(key), format));
    }

    /** The fields that depend on the algorithm, as JSON text. */
    @GuestCallable
    public String exportJwk(Object key) {
        return Work.run("jwk", () -> KeyExport.jwk(extractable(key)));
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

    private static @Nullable Digest digest(@Nullable String hash) {
        return hash == null ? null : Digest.named(hash);
    }
}
