package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;

/** PBKDF2 (RFC 8018, section 5.2) and HKDF (RFC 5869) over octets; the JDK's PBKDF2 takes characters, its HKDF no SHA-1. */
final class KeyDerivation {
    /** Workers' limit. */
    static final int PBKDF2_ITERATIONS = 100_000;

    /** The most HMACs of one PBKDF2: a thread cannot be stopped in it, and this many take about a second. */
    static final int PBKDF2_WORK = 16 * PBKDF2_ITERATIONS;

    private KeyDerivation() {}

    static byte[] pbkdf2(Digest hash, byte[] password, byte[] salt, long iterations, int length)
            throws GeneralSecurityException {
        if (iterations == 0) {
            throw operationError("PBKDF2 needs at least one iteration.");
        }
        if (iterations > PBKDF2_ITERATIONS) {
            throw new GuestError(
                    "NotSupportedError",
                    "Pbkdf2 failed: iteration counts above " + PBKDF2_ITERATIONS + " are not supported (requested "
                            + iterations + ").");
        }
        Mac mac = hash.hmac(password);
        int size = mac.getMacLength();
        int blocks = (length + size - 1) / size;
        if (blocks * iterations > PBKDF2_WORK) {
            throw operationError("PBKDF2 of " + length + " bytes takes " + blocks * iterations + " HMACs; at most "
                    + PBKDF2_WORK + " are allowed: ask for fewer bytes or iterations.");
        }
        byte[] out = new byte[blocks * size];
        byte[] u = new byte[size];
        for (int block = 1; block <= blocks; block++) {
            mac.update(salt);
            mac.update(new byte[] {(byte) (block >>> 24), (byte) (block >>> 16), (byte) (block >>> 8), (byte) block});
            mac.doFinal(u, 0);
            int at = (block - 1) * size;
            System.arraycopy(u, 0, out, at, size);
            for (long i = 1; i < iterations; i++) {
                mac.update(u);
                mac.doFinal(u, 0);
                for (int k = 0; k < size; k++) {
                    out[at + k] ^= u[k];
                }
            }
        }
        return Arrays.copyOf(out, length);
    }

    static byte[] hkdf(Digest hash, byte[] secret, byte[] salt, byte[] info, int length)
            throws GeneralSecurityException {
        Mac extract = hash.hmac(salt);
        int size = extract.getMacLength();
        if (length > 255 * size) {
            throw operationError(
                    "HKDF with " + hash.text + " gives " + 255 * size + " bytes at most, not " + length + ".");
        }
        Mac expand = hash.hmac(extract.doFinal(secret));
        byte[] out = new byte[length];
        byte[] block = {};
        for (int i = 1, at = 0; at < length; i++, at += size) {
            expand.update(block);
            expand.update(info);
            expand.update((byte) i);
            block = expand.doFinal();
            System.arraycopy(block, 0, out, at, Math.min(size, length - at));
        }
        return out;
    }

    private static GuestError operationError(String message) {
        return new GuestError("OperationError", message);
    }
}
