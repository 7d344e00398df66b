package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What {@code js/node/crypto.js} sees. Names of hashes are Node's in lower case; see {@link #knows}. Stateless.
 */
public final class NodeCryptoHost {
    /** The JDK's names of digests, and of the same within an HMAC's. */
    private static final Map<String, Hash> HASHES = Map.ofEntries(
            Map.entry("md5", new Hash("MD5", "MD5")),
            Map.entry("sha1", new Hash("SHA-1", "SHA1")),
            Map.entry("sha224", new Hash("SHA-224", "SHA224")),
            Map.entry("sha256", new Hash("SHA-256", "SHA256")),
            Map.entry("sha384", new Hash("SHA-384", "SHA384")),
            Map.entry("sha512", new Hash("SHA-512", "SHA512")),
            Map.entry("sha512-224", new Hash("SHA-512/224", "SHA512/224")),
            Map.entry("sha512-256", new Hash("SHA-512/256", "SHA512/256")),
            Map.entry("sha3-224", new Hash("SHA3-224", "SHA3-224")),
            Map.entry("sha3-256", new Hash("SHA3-256", "SHA3-256")),
            Map.entry("sha3-384", new Hash("SHA3-384", "SHA3-384")),
            Map.entry("sha3-512", new Hash("SHA3-512", "SHA3-512")));

    private record Hash(String digest, String part) {}

    NodeCryptoHost() {}

    @GuestCallable
    public boolean knows(String hash) {
        return HASHES.containsKey(hash);
    }

    /** A {@link RunningDigest}. */
    @GuestCallable
    public Object startDigest(String hash) {
        return Work.run(
                hash,
                () -> new RunningDigest(MessageDigest.getInstance(named(hash).digest())));
    }

    /** A {@link RunningMac}. */
    @GuestCallable
    public Object startMac(String hash, byte[] key) {
        return Work.run(hash, () -> {
            Mac mac = Mac.getInstance("Hmac" + named(hash).part());
            // HMAC pads its key with zeros, so that one zero byte is the empty key, which the JDK does not take.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HMAC"));
            return new RunningMac(mac);
        });
    }

    /** A {@link RunningCipher}; {@code mode} is CBC, CTR, GCM or ECB. */
    @GuestCallable
    public Object startCipher(
            boolean encrypt, String mode, byte[] key, byte @Nullable [] iv, boolean padding, int tagBytes) {
        return Work.run("AES-" + mode, () -> new RunningCipher(encrypt, mode, key, iv, padding, tagBytes));
    }

    @GuestCallable
    public ByteBuffer pbkdf2(String hash, byte[] password, byte[] salt, long iterations, int length) {
        return Work.bytes("pbkdf2", () -> KeyDerivation.pbkdf2(derivation(hash), password, salt, iterations, length));
    }

    @GuestCallable
    public ByteBuffer hkdf(String hash, byte[] key, byte[] salt, byte[] info, int length) {
        return Work.bytes("hkdf", () -> KeyDerivation.hkdf(derivation(hash), key, salt, info, length));
    }

    @GuestCallable
    public ByteBuffer scrypt(byte[] password, byte[] salt, int cost, int blockSize, int parallelization, int length) {
        return Work.bytes("scrypt", () -> Scrypt.derive(password, salt, cost, blockSize, parallelization, length));
    }

    @GuestCallable
    public boolean timingSafeEqual(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    private static Hash named(String hash) {
        Hash found = HASHES.get(hash);
        if (found == null) {
            throw new GuestError("Error", "Digest method not supported: " + hash);
        }
        return found;
    }

    private static Digest derivation(String hash) {
        return Digest.named(named(hash).digest());
    }
}
