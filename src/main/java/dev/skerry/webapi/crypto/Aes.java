package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-CBC, AES-CTR, AES-GCM and AES-KW: sections 27 to 30 of the specification. A failure to decrypt is a {@link GeneralSecurityException}. */
final class Aes {
    private static final int BLOCK_BYTES = 16;
    /** The shortest tag that the JDK makes and checks, in bits. */
    private static final int JDK_TAG_BITS = 96;

    private Aes() {}

    static byte[] cbc(boolean encrypt, byte[] key, byte[] iv, byte[] data) throws GeneralSecurityException {
        if (iv.length != BLOCK_BYTES) {
            throw operationError("AES-CBC needs an iv of 16 bytes, not " + iv.length + ".");
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode(encrypt), secret(key), new IvParameterSpec(iv));
        return cipher.doFinal(data);
    }

    /** {@code bits}: how many low bits of the counter block count; they wrap around without carry into the rest. */
    static byte[] ctr(byte[] key, byte[] counter, int bits, byte[] data) throws GeneralSecurityException {
        if (counter.length != BLOCK_BYTES) {
            throw operationError("AES-CTR needs a counter of 16 bytes, not " + counter.length + ".");
        }
        if (bits < 1 || bits > 128) {
            throw operationError("AES-CTR's length must be 1 to 128 bits, not " + bits + ".");
        }
        BigInteger size = BigInteger.ONE.shiftLeft(bits);
        BigInteger block = new BigInteger(1, counter);
        BigInteger untilWrap = size.subtract(block.mod(size));
        BigInteger blocks = BigInteger.valueOf((data.length + BLOCK_BYTES - 1L) / BLOCK_BYTES);
        if (blocks.compareTo(size) > 0) {
            throw operationError("AES-CTR: the data has more blocks than a counter of " + bits + " bits can number.");
        }
        if (blocks.compareTo(untilWrap) <= 0) {
            return ctrRun(key, counter, data, 0, data.length);
        }
        int first = untilWrap.intValueExact() * BLOCK_BYTES;
        byte[] wrapped = toBlock(block.subtract(block.mod(size)));
        byte[] out = Arrays.copyOf(ctrRun(key, counter, data, 0, first), data.length);
        byte[] rest = ctrRun(key, wrapped, data, first, data.length - first);
        System.arraycopy(rest, 0, out, first, rest.length);
        return out;
    }

    private static byte[] ctrRun(byte[] key, byte[] counter, byte[] data, int from, int length)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, secret(key), new IvParameterSpec(counter));
        return cipher.doFinal(data, from, length);
    }

    private static byte[] toBlock(BigInteger value) {
        return Bytes.unsigned(value, BLOCK_BYTES);
    }

    /** {@code tagBits}: 32, 64, 96, 104, 112, 120 or 128. */
    static byte[] gcm(boolean encrypt, byte[] key, byte[] iv, byte[] additionalData, int tagBits, byte[] data)
            throws GeneralSecurityException {
        switch (tagBits) {
            case 32, 64, 96, 104, 112, 120, 128 -> {}
            default ->
                throw operationError(
                        "AES-GCM's tagLength must be 32, 64, 96, 104, 112, 120 or 128, not " + tagBits + ".");
        }
        int tagBytes = tagBits / 8;
        if (encrypt) {
            byte[] sealed = gcmRun(Cipher.ENCRYPT_MODE, key, iv, additionalData, Math.max(tagBits, JDK_TAG_BITS), data);
            return sealed.length == data.length + tagBytes ? sealed : Arrays.copyOf(sealed, data.length + tagBytes);
        }
        if (data.length < tagBytes) {
            throw operationError("AES-GCM: the data is shorter than its tag of " + tagBytes + " bytes.");
        }
        return tagBits >= JDK_TAG_BITS
                ? gcmRun(Cipher.DECRYPT_MODE, key, iv, additionalData, tagBits, data)
                : gcmOpenShort(key, iv, additionalData, tagBytes, data);
    }

    /** GCM encrypts by exclusive or: encrypting the ciphertext gives the plaintext, and encrypting that again gives the tag to compare. */
    private static byte[] gcmOpenShort(byte[] key, byte[] iv, byte[] additionalData, int tagBytes, byte[] data)
            throws GeneralSecurityException {
        int length = data.length - tagBytes;
        byte[] ciphertext = Arrays.copyOf(data, length);
        byte[] plaintext =
                Arrays.copyOf(gcmRun(Cipher.ENCRYPT_MODE, key, iv, additionalData, JDK_TAG_BITS, ciphertext), length);
        byte[] sealed = gcmRun(Cipher.ENCRYPT_MODE, key, iv, additionalData, JDK_TAG_BITS, plaintext);
        byte[] tag = Arrays.copyOfRange(sealed, length, length + tagBytes);
        if (!MessageDigest.isEqual(tag, Arrays.copyOfRange(data, length, data.length))) {
            throw new GeneralSecurityException("tag mismatch");
        }
        return plaintext;
    }

    private static byte[] gcmRun(int mode, byte[] key, byte[] iv, byte[] additionalData, int tagBits, byte[] data)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, secret(key), new GCMParameterSpec(tagBits, iv));
        cipher.updateAAD(additionalData);
        return cipher.doFinal(data);
    }

    /** RFC 3394. */
    static byte[] kw(boolean wrap, byte[] key, byte[] data) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
        cipher.init(mode(wrap), secret(key));
        return cipher.doFinal(data);
    }

    private static int mode(boolean encrypt) {
        return encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    }

    private static SecretKeySpec secret(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }

    private static GuestError operationError(String message) {
        return new GuestError("OperationError", message);
    }
}
