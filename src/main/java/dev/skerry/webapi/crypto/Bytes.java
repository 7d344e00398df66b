package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Octets, integers and base64url (RFC 7515, section 2; RFC 7518, section 2). */
final class Bytes {
    private Bytes() {}

    /** Big-endian, padded with zeros to {@code length}; the value must fit. */
    static byte[] unsigned(BigInteger value, int length) {
        byte[] bytes = unsigned(value);
        byte[] padded = new byte[length];
        System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
        return padded;
    }

    /** Big-endian, as short as it goes; zero is one byte. */
    static byte[] unsigned(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    static byte[] concat(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String base64url(BigInteger value) {
        return base64url(unsigned(value));
    }

    /**
     * The octets of a JWK's field.
     *
     * @throws GuestError DataError when it is missing, or not base64url without padding
     */
    static byte[] fromBase64url(String field, @Nullable String text) {
        if (text == null) {
            throw new GuestError("DataError", "The JWK has no '" + field + "'.");
        }
        try {
            if (text.indexOf('=') < 0) {
                return Base64.getUrlDecoder().decode(text);
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new GuestError("DataError", "The JWK's '" + field + "' is not base64url.");
    }

    static BigInteger integerFromBase64url(String field, @Nullable String text) {
        return new BigInteger(1, fromBase64url(field, text));
    }
}
