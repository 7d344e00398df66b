package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash functions of WebCrypto and, for digests alone, MD5 as Workers has it. */
enum Digest {
    MD5("MD5", "MD5", 64, "", ""),
    SHA_1("SHA-1", "SHA1", 64, "1", ""),
    SHA_256("SHA-256", "SHA256", 64, "256", "-256"),
    SHA_384("SHA-384", "SHA384", 128, "384", "-384"),
    SHA_512("SHA-512", "SHA512", 128, "512", "-512");

    /** WebCrypto's name and the JDK's of the digest. */
    final String text;

    /** The JDK's name of the digest within other algorithms: {@code SHA256withRSA}, {@code HmacSHA256}. */
    final String part;

    /** The block of the compression function, in bytes: the default length of an HMAC key. */
    final int blockBytes;

    /** The suffix in JWK {@code alg} values: {@code HS256}, {@code RS1}. */
    final String jwkSuffix;

    /** The suffix of {@code RSA-OAEP-256}; SHA-1 has none. */
    final String oaepSuffix;

    Digest(String text, String part, int blockBytes, String jwkSuffix, String oaepSuffix) {
        this.text = text;
        this.part = part;
        this.blockBytes = blockBytes;
        this.jwkSuffix = jwkSuffix;
        this.oaepSuffix = oaepSuffix;
    }

    /** By WebCrypto's canonical name. */
    static Digest named(String name) {
        for (Digest digest : values()) {
            if (digest.text.equals(name)) {
                return digest;
            }
        }
        throw new GuestError("NotSupportedError", "Unrecognized or unimplemented digest algorithm '" + name + "'.");
    }

    MessageDigest start() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance(text);
    }

    Mac hmac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("Hmac" + part);
        // HMAC pads its key with zeros, so that one zero byte is the empty key, which the JDK does not take.
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HMAC"));
        return mac;
    }

    MGF1ParameterSpec mgf1() {
        return new MGF1ParameterSpec(text);
    }
}
