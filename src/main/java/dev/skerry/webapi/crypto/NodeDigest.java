package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A hash of {@code node:crypto}.
 *
 * @param text the JDK's name of the digest
 * @param part the JDK's name of the same within other algorithms: {@code SHA256withRSA}, {@code HmacSHA256}
 */
record NodeDigest(String text, String part) {
    private static final Map<String, NodeDigest> DIGESTS = Map.ofEntries(
            Map.entry("md5", new NodeDigest("MD5", "MD5")),
            Map.entry("sha1", new NodeDigest("SHA-1", "SHA1")),
            Map.entry("sha224", new NodeDigest("SHA-224", "SHA224")),
            Map.entry("sha256", new NodeDigest("SHA-256", "SHA256")),
            Map.entry("sha384", new NodeDigest("SHA-384", "SHA384")),
            Map.entry("sha512", new NodeDigest("SHA-512", "SHA512")),
            Map.entry("sha512-224", new NodeDigest("SHA-512/224", "SHA512/224")),
            Map.entry("sha512-256", new NodeDigest("SHA-512/256", "SHA512/256")),
            Map.entry("sha3-224", new NodeDigest("SHA3-224", "SHA3-224")),
            Map.entry("sha3-256", new NodeDigest("SHA3-256", "SHA3-256")),
            Map.entry("sha3-384", new NodeDigest("SHA3-384", "SHA3-384")),
            Map.entry("sha3-512", new NodeDigest("SHA3-512", "SHA3-512")));

    static boolean knows(String name) {
        return DIGESTS.containsKey(name);
    }

    /** By Node's name in lower case. */
    static NodeDigest named(String name) {
        NodeDigest found = DIGESTS.get(name);
        if (found == null) {
            throw new GuestError("Error", "Digest method not supported: " + name);
        }
        return found;
    }

    MessageDigest start() throws GeneralSecurityException {
        return MessageDigest.getInstance(text);
    }

    Mac hmac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("Hmac" + part);
        // HMAC pads its key with zeros, so that one zero byte is the empty key, which the JDK does not take.
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HMAC"));
        return mac;
    }
}
