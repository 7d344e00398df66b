package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.spec.RSAPrivateCrtKeySpec;
import org.jspecify.annotations.Nullable;

/** Keys from octets and from JWKs, of every algorithm. What cannot be read is a DataError or a {@link GeneralSecurityException} that becomes one. */
final class KeyImport {
    private KeyImport() {}

    /**
     * Octets of a secret key.
     *
     * @param bits the key's length where it was asked for (HMAC), else -1: all of it
     */
    static Material secret(String algorithm, @Nullable Digest hash, byte[] bytes, long bits) {
        int all = bytes.length * 8;
        switch (algorithm) {
            case "HKDF", "PBKDF2" -> {}
            case "HMAC" -> {
                if (all == 0) {
                    throw dataError("An HMAC key cannot be empty.");
                }
                if (bits > all || bits >= 0 && bits <= all - 8) {
                    throw dataError("The HMAC key has " + all + " bits; its length cannot be " + bits + ".");
                }
            }
            default -> {
                if (all != 128 && all != 192 && all != 256) {
                    throw dataError("An AES key has 128, 192 or 256 bits, not " + all + ".");
                }
            }
        }
        return hmacOrAll(bytes, bits, hash);
    }

    private static Material.Secret hmacOrAll(byte[] bytes, long bits, @Nullable Digest hash) {
        byte[] key = bytes;
        if (bits >= 0 && bits % 8 != 0) {
            key = bytes.clone();
            key[key.length - 1] &= (byte) (0xff << 8 - (int) (bits % 8));
        }
        return new Material.Secret(key, bits < 0 ? bytes.length * 8 : (int) bits, hash);
    }

    /** {@code format}: raw, spki or pkcs8. {@code parameter}: the hash of an RSA key, the curve of an EC key. */
    static Material key(String algorithm, String format, byte[] bytes, @Nullable String parameter)
            throws GeneralSecurityException {
        return switch (algorithm + ' ' + format) {
            case "Ed25519 raw", "X25519 raw" -> Okp.importRaw(algorithm, bytes);
            case "Ed25519 spki", "X25519 spki" -> Okp.importSpki(algorithm, bytes);
            case "Ed25519 pkcs8", "X25519 pkcs8" -> Okp.importPkcs8(algorithm, bytes);
            case "ECDSA raw", "ECDH raw" -> EllipticCurves.importRaw(curve(parameter), bytes);
            case "ECDSA spki", "ECDH spki" -> EllipticCurves.importSpki(curve(parameter), bytes);
            case "ECDSA pkcs8", "ECDH pkcs8" -> EllipticCurves.importPkcs8(curve(parameter), bytes);
            case "RSASSA-PKCS1-v1_5 spki", "RSA-PSS spki", "RSA-OAEP spki" -> Rsa.importSpki(bytes, hash(parameter));
            case "RSASSA-PKCS1-v1_5 pkcs8", "RSA-PSS pkcs8", "RSA-OAEP pkcs8" ->
                Rsa.importPkcs8(bytes, hash(parameter));
            default -> throw new GuestError("NotSupportedError", algorithm + " keys have no '" + format + "' format.");
        };
    }

    /** RFC 7518, section 6.3. */
    static Material rsaJwk(
            Digest hash, @Nullable String n, @Nullable String e, @Nullable String d, @Nullable String[] crt)
            throws GeneralSecurityException {
        BigInteger modulus = Bytes.integerFromBase64url("n", n);
        BigInteger exponent = Bytes.integerFromBase64url("e", e);
        if (d == null) {
            return Rsa.importPublic(modulus, exponent, hash);
        }
        return Rsa.importPrivate(
                new RSAPrivateCrtKeySpec(
                        modulus,
                        exponent,
                        Bytes.integerFromBase64url("d", d),
                        Bytes.integerFromBase64url("p", crt[0]),
                        Bytes.integerFromBase64url("q", crt[1]),
                        Bytes.integerFromBase64url("dp", crt[2]),
                        Bytes.integerFromBase64url("dq", crt[3]),
                        Bytes.integerFromBase64url("qi", crt[4])),
                hash);
    }

    private static Curve curve(@Nullable String name) {
        return Curve.named(String.valueOf(name));
    }

    private static Digest hash(@Nullable String name) {
        return Digest.named(String.valueOf(name));
    }

    private static GuestError dataError(String message) {
        return new GuestError("DataError", message);
    }
}
