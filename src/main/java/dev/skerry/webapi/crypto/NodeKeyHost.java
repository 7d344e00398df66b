package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.IsolateServices;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What {@code js/nodejs/crypto/keys.js} sees: keys of pairs, generated, read and written. A key is an opaque {@link Material}. What cannot be read is a DataError.
 * Confined to the isolate's thread.
 */
public final class NodeKeyHost {
    private final IsolateServices isolate;

    NodeKeyHost(IsolateServices isolate) {
        this.isolate = isolate;
    }

    /** A private key of RSA. {@code exponent}: big-endian. An Error outside of an event, as for all that is random. */
    @GuestCallable
    public Object generateRsa(long bits, byte[] exponent) {
        isolate.invocation();
        return Work.run("RSA", () -> Rsa.generate(bits, new BigInteger(1, exponent), Digest.SHA_256));
    }

    /** A private key of one of WebCrypto's curves. */
    @GuestCallable
    public Object generateEc(String curve) {
        isolate.invocation();
        return Work.run("EC", () -> EllipticCurves.generate(Curve.named(curve)));
    }

    /** A private key of Ed25519 or X25519. */
    @GuestCallable
    public Object generateOkp(String algorithm) {
        isolate.invocation();
        return Work.run(algorithm, () -> Okp.generate(algorithm));
    }

    /** {@code type}: spki, pkcs8, pkcs1, pkcs1-public, sec1, x509. */
    @GuestCallable
    public Object read(String type, byte[] der) {
        return Work.data(type, () -> KeyFiles.read(type, der));
    }

    /** {@code type}: spki, pkcs8, pkcs1, sec1. */
    @GuestCallable
    public ByteBuffer write(Object key, String type) {
        return ByteBuffer.wrap(Work.data(type, () -> KeyFiles.write((Material) key, type)));
    }

    /** An encrypted PKCS #8 to one that is not. */
    @GuestCallable
    public ByteBuffer decrypt(byte[] encrypted, String passphrase) {
        return Work.bytes("the passphrase", () -> KeyFiles.decrypt(encrypted, passphrase));
    }

    /** A PKCS #8 to one that is encrypted with AES-CBC of {@code bits}, 128 or 256. */
    @GuestCallable
    public ByteBuffer encrypt(byte[] pkcs8, int bits, String passphrase) {
        isolate.invocation();
        return Work.bytes("the passphrase", () -> KeyFiles.encrypt(pkcs8, bits, passphrase));
    }

    @GuestCallable
    public Object readEcJwk(String curve, @Nullable String x, @Nullable String y, @Nullable String d) {
        return Work.data("jwk", () -> EllipticCurves.importJwk(Curve.named(curve), x, y, d));
    }

    @GuestCallable
    public Object readOkpJwk(String algorithm, @Nullable String x, @Nullable String d) {
        return Work.data("jwk", () -> Okp.importJwk(algorithm, x, d));
    }

    @GuestCallable
    public Object readRsaJwk(
            @Nullable String n,
            @Nullable String e,
            @Nullable String d,
            @Nullable String p,
            @Nullable String q,
            @Nullable String dp,
            @Nullable String dq,
            @Nullable String qi) {
        @Nullable String[] crt = {p, q, dp, dq, qi};
        return Work.data("jwk", () -> KeyImport.rsaJwk(Digest.SHA_256, n, e, d, crt));
    }

    /** JSON text. */
    @GuestCallable
    public String jwk(Object key) {
        return Work.run("jwk", () -> KeyExport.plainJwk((Material) key));
    }

    /** The key within a CryptoKey that may be exported. */
    @GuestCallable
    public Object ofCryptoKey(Object key) {
        if (!((Key) key).extractable()) {
            throw new GuestError("InvalidAccessError", "The CryptoKey is not extractable.");
        }
        return ((Key) key).material();
    }

    /** Of a secret key. */
    @GuestCallable
    public ByteBuffer octets(Object key) {
        return ByteBuffer.wrap(((Material.Secret) key).bytes());
    }

    @GuestCallable
    public Object publicOf(Object key) {
        return Work.run("public key", () -> switch ((Material) key) {
            case Material.RsaPrivate rsa -> Rsa.publicOf(rsa);
            case Material.EcPrivate ec -> new Material.EcPublic(ec.curve(), ec.publicKey());
            case Material.OkpPrivate okp -> new Material.OkpPublic(okp.publicKey());
            case Material.RsaPublic _, Material.EcPublic _, Material.OkpPublic _, Material.Secret _ ->
                throw new IllegalArgumentException("Not a private key");
        });
    }

    /** secret, public or private. */
    @GuestCallable
    public String type(Object key) {
        return ((Material) key).type();
    }

    /** RSA, the curve of an EC key, Ed25519, X25519. */
    @GuestCallable
    public String algorithm(Object key) {
        return switch ((Material) key) {
            case Material.RsaPublic _, Material.RsaPrivate _ -> "RSA";
            case Material.EcPublic ec -> ec.curve().text;
            case Material.EcPrivate ec -> ec.curve().text;
            case Material.OkpPublic okp -> okp.name();
            case Material.OkpPrivate okp -> okp.name();
            case Material.Secret _ -> "secret";
        };
    }

    /** Of an RSA key, in bits. */
    @GuestCallable
    public int modulusLength(Object key) {
        return rsa(key).key().getModulus().bitLength();
    }

    /** Of an RSA key, in decimal digits. */
    @GuestCallable
    public String publicExponent(Object key) {
        return rsa(key).key().getPublicExponent().toString();
    }

    private static Material.RsaPublic rsa(Object key) {
        return Work.run(
                "RSA", () -> key instanceof Material.RsaPrivate rsa ? Rsa.publicOf(rsa) : (Material.RsaPublic) key);
    }

    @GuestCallable
    public boolean equal(Object a, Object b) {
        return Work.run("equals", () -> MessageDigest.isEqual(encoded((Material) a), encoded((Material) b)));
    }

    private static byte[] encoded(Material key) throws GeneralSecurityException {
        return KeyFiles.write(key, key.type().equals("public") ? "spki" : "pkcs8");
    }

    /** A private key of a curve, by its number, big-endian. */
    @GuestCallable
    public Object ecPrivate(String curve, byte[] number) {
        return Work.data("number", () -> EllipticCurves.privateKey(Curve.named(curve), new BigInteger(1, number)));
    }

    /** A public key of a curve, by its point. */
    @GuestCallable
    public Object ecPublic(String curve, byte[] point) {
        return Work.data("point", () -> EllipticCurves.importRaw(Curve.named(curve), point));
    }

    /** The number of a private key of a curve. */
    @GuestCallable
    public ByteBuffer ecNumber(Object key) {
        Material.EcPrivate ec = (Material.EcPrivate) key;
        return ByteBuffer.wrap(Bytes.unsigned(ec.key().getS(), ec.curve().bytes));
    }

    /** The point of a public key of a curve. */
    @GuestCallable
    public ByteBuffer ecPoint(Object key, boolean compressed) {
        Material.EcPublic ec = (Material.EcPublic) key;
        return ByteBuffer.wrap(
                compressed ? ec.curve().compress(ec.key()) : ec.curve().encode(ec.key()));
    }
}
