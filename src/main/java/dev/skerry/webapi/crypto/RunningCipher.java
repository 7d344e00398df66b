package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** AES that is fed piece by piece. With GCM, nothing is decrypted before the tag was checked. Confined to the isolate's thread. */
public final class RunningCipher {
    private final Cipher cipher;
    private final boolean encrypt;
    private final int tagBytes;

    RunningCipher(boolean encrypt, String mode, byte[] key, byte @Nullable [] iv, boolean padding, int tagBytes)
            throws GeneralSecurityException {
        this.encrypt = encrypt;
        this.tagBytes = mode.equals("GCM") ? tagBytes : 0;
        boolean padded = padding && (mode.equals("CBC") || mode.equals("ECB"));
        cipher = Cipher.getInstance("AES/" + mode + (padded ? "/PKCS5Padding" : "/NoPadding"));
        int direction = encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
        SecretKeySpec secret = new SecretKeySpec(key, "AES");
        if (iv == null) {
            cipher.init(direction, secret);
        } else {
            cipher.init(
                    direction,
                    secret,
                    mode.equals("GCM") ? new GCMParameterSpec(tagBytes * 8, iv) : new IvParameterSpec(iv));
        }
    }

    @GuestCallable
    public void authenticate(byte[] additionalData) {
        cipher.updateAAD(additionalData);
    }

    @GuestCallable
    public ByteBuffer update(byte[] bytes) {
        byte[] out = cipher.update(bytes);
        return ByteBuffer.wrap(out == null ? new byte[0] : out);
    }

    /** The rest; of GCM with the tag behind it, or, when it decrypts, checked against {@code tag}. */
    @GuestCallable
    public ByteBuffer finish(byte[] tag) {
        try {
            return ByteBuffer.wrap(
                    encrypt || tagBytes == 0 ? cipher.doFinal() : cipher.doFinal(Arrays.copyOf(tag, tagBytes)));
        } catch (GeneralSecurityException e) {
            throw new GuestError(
                    "Error",
                    tagBytes > 0
                            ? "Unsupported state or unable to authenticate data"
                            : "error:1C800064:Provider routines::bad decrypt");
        }
    }
}
