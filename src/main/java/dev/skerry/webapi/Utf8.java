package dev.skerry.webapi;

import dev.skerry.binding.GuestError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** UTF-8 as the Encoding Standard decodes it (https://encoding.spec.whatwg.org/#utf-8-decoder). Functions alone. */
public final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

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
        return mark ? decode(array, start + 3, length - 3, false) : decode(array, start, length, false);
    }

    /**
     * The text of these bytes, any byte order mark included, with U+FFFD for each maximal part that is not UTF-8.
     *
     * @throws GuestError a TypeError, if {@code fatal} and there is such a part
     */
    public static String decode(byte[] bytes, int start, int length, boolean fatal) {
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        // The JDK counts the bytes of an encoded surrogate as one wrong part, the standard as three: so what has a
        // replacement is decoded anew.
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeSlowly(bytes, start, start + length, fatal);
    }

    /** How many of the last bytes (at most 3) begin a character that further bytes may complete. */
    public static int incomplete(byte[] bytes, int length) {
        for (int back = 1; back <= 3 && back <= length; back++) {
            int at = length - back;
            if ((bytes[at] & 0xC0) != 0x80) {
                int needed = needed(bytes[at] & 0xFF);
                return needed < 5 && needed > back && wellBegun(bytes, at, length) == back ? back : 0;
            }
        }
        return 0;
    }

    private static String decodeSlowly(byte[] bytes, int start, int end, boolean fatal) {
        StringBuilder text = new StringBuilder(end - start);
        for (int at = start; at < end; ) {
            int needed = needed(bytes[at] & 0xFF);
            int found = wellBegun(bytes, at, end);
            if (found == needed) {
                text.appendCodePoint(codePoint(bytes, at, needed));
            } else if (fatal) {
                throw GuestError.type("The encoded data was not valid for encoding utf-8");
            } else {
                text.append(REPLACEMENT);
            }
            at += found;
        }
        return text.toString();
    }

    /** The bytes of a character by its first; 5, which no character has, for a byte that begins none. */
    private static int needed(int first) {
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 5;
        }
        return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }

    /** How many bytes from {@code at} on, one at least, are the beginning of a character or all of it. */
    private static int wellBegun(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        int needed = needed(first);
        if (needed == 5) {
            return 1;
        }
        int found = 1;
        while (found < needed && at + found < end) {
            int next = bytes[at + found] & 0xFF;
            int least = found > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            int most = found > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
            if (next < least || next > most) {
                break;
            }
            found++;
        }
        return found;
    }

    private static int codePoint(byte[] bytes, int at, int length) {
        int point = length == 1 ? bytes[at] : bytes[at] & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            point = point << 6 | bytes[at + i] & 0x3F;
        }
        return point;
    }
}
