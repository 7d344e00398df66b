package dev.skerry.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256-GCM (NIST SP 800-38D): 12 random bytes of nonce, then the ciphertext with its tag of 16. What a secret belongs to is
 * authenticated with it, so a sealed secret that is moved to another row does not open. Thread-safe.
 */
public final class Sealer {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int FINGERPRINT_BYTES = 8;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    private Sealer(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new StoreException("The secret key has " + key.length + " bytes instead of " + KEY_BYTES
                    + "; set skerry.secret-key to 32 random bytes in base64");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** With the configured key (base64), else with that in the folder's {@code secret.key}, which is made where it is not there. */
    public static Sealer open(DataFolder folder, Optional<String> configured) {
        return configured
                .map(text -> new Sealer(decode("skerry.secret-key", text)))
                .orElseGet(() -> fromFile(folder));
    }

    private static Sealer fromFile(DataFolder folder) {
        Path file = folder.privateFile("secret.key");
        try {
            String text = Files.readString(file);
            if (text.isBlank()) {
                byte[] key = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(key);
                text = Base64.getEncoder().encodeToString(key) + "\n";
                // Through to the disk: secrets sealed under a key that a power cut takes would be lost.
                Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            }
            return new Sealer(decode(file.toString(), text));
        } catch (IOException e) {
            throw new StoreException("The secret key's file " + file.toAbsolutePath() + " cannot be used: " + e, e);
        }
    }

    private static byte[] decode(String where, String text) {
        try {
            return Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new StoreException("The secret key in " + where + " is not base64", e);
        }
    }

    /** @param owner what the secret belongs to; the same is needed to open it */
    public byte[] seal(String owner, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] result = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, result, NONCE_BYTES, sealed.length);
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES/GCM", e);
        }
    }

    /** @throws StoreException when the key is another, or the secret belongs to something else */
    public String open(String owner, byte[] sealed) {
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), owner);
            return new String(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (AEADBadTagException e) {
            throw new StoreException(
                    "The secret of " + owner + " does not open: it was sealed with another key;"
                            + " bring back the old skerry.secret-key or secret.key",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES/GCM", e);
        }
    }

    /**
     * Tells two secrets apart without telling either: the first 16 hex digits of HMAC-SHA-256 (RFC 2104) under a key of its own that is derived
     * from the sealing key.
     */
    public String fingerprint(String secret) {
        byte[] derived = mac(key.getEncoded(), "fingerprint");
        return HexFormat.of().formatHex(mac(derived, secret), 0, FINGERPRINT_BYTES);
    }

    /** HMAC-SHA-256 of a text under a key that is derived from the sealing key for this purpose alone: 32 bytes. */
    public byte[] sign(String purpose, String text) {
        return mac(mac(key.getEncoded(), purpose), text);
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
