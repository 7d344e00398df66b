package dev.skerry.api.kv;

import dev.skerry.api.ApiException;
import dev.skerry.api.ErrorCode;
import dev.skerry.kv.KvRules;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Keys as the API writes them. Functions alone. */
final class Keys {
    private Keys() {}

    /** The key after {@code marker} in the path of a request as it was sent: percent-encoded UTF-8, in which plus is plus. */
    static String inPath(String path, String marker) {
        String encoded = path.substring(path.indexOf(marker, path.indexOf("/namespaces/") + 1) + marker.length());
        String key = decode(encoded);
        Waiting.check(() -> KvRules.checkKey(key));
        return key;
    }

    private static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                int high = i + 2 <= raw.length - 1 ? Character.digit(raw[i + 1], 16) : -1;
                int low = i + 2 <= raw.length - 1 ? Character.digit(raw[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw undecodable();
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw undecodable();
        }
    }

    private static ApiException undecodable() {
        return new ApiException(
                ErrorCode.INVALID, "Could not URL-decode key name; it is percent-encoded UTF-8, with a slash as %2F");
    }
}
