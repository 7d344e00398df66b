package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What {@code js/nodejs/crypto/host.js} gives: all of {@code node:crypto} that has no pairs of keys. Names of hashes are Node's in lower case. Stateless. */
public final class NodeCryptoHost {
    NodeCryptoHost() {}

    @GuestCallable
    public boolean knows(String hash) {
        return NodeDigest.knows(hash);
    }

    /** A {@link RunningDigest}. */
    @GuestCallable
    public Object startDigest(String hash) {
        return Work.run(hash, () -> new RunningDigest(NodeDigest.named(hash).start()));
    }

    /** A {@link RunningMac}. */
    @GuestCallable
    public Object startMac(String hash, byte[] key) {
        return Work.run(hash, () -> new RunningMac(NodeDigest.named(hash).hmac(key)));
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

    @GuestCallable
    public boolean isPrime(byte[] candidate) {
        return Numbers.isPrime(candidate);
    }

    @GuestCallable
    public ByteBuffer newPrime(int bits, boolean safe, byte @Nullable [] step, byte[] rest) {
        return ByteBuffer.wrap(Numbers.newPrime(bits, safe, step, rest));
    }

    /** As long as the modulus. */
    @GuestCallable
    public ByteBuffer power(byte[] base, byte[] exponent, byte[] modulus) {
        return ByteBuffer.wrap(Numbers.power(base, exponent, modulus));
    }

    private static Digest derivation(String hash) {
        return Digest.named(NodeDigest.named(hash).text());
    }
}
