package dev.skerry.webapi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** UTF-8 as the Encoding standard decodes it (https://encoding.spec.whatwg.org/#utf-8-decode). Functions alone. */
final class Utf8 {
    private Utf8() {}

    /** The text of a heap buffer, without a byte order mark, with U+FFFD for each maximal part that is not UTF-8. */
    static String decode(ByteBuffer bytes) {
        byte[] array = bytes.array();
        int start = bytes.arrayOffset() + bytes.position();
        int length = bytes.remaining();
        boolean mark = length >= 3
                && array[start] == (byte) 0xEF
                && array[start + 1] == (byte) 0xBB
                && array[start + 2] == (byte) 0xBF;
        return mark
                ? new String(array, start + 3, length - 3, StandardCharsets.UTF_8)
                : new String(array, start, length, StandardCharsets.UTF_8);
    }
}
