package dev.skerry.webapi.html;

import java.nio.charset.StandardCharsets;

/** The bytes of a document that arrived and are not done with, and where the token among them begins and ends. Confined to one thread at a time. */
abstract class DocumentBytes {
    enum Match {
        YES,
        NO,
        /** The bytes end too soon to tell. */
        MAYBE
    }

    byte[] buffer = {};
    int start;
    int tokenEnd;
    int end;
    boolean last;

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** More input; the array is its own from now on. Only when all that is there was looked at. */
    void push(byte[] bytes) {
        int left = end - start;
        if (left == 0) {
            buffer = bytes;
        } else {
            byte[] joined = left + bytes.length <= buffer.length
                    ? buffer
                    : new byte[Math.max(buffer.length, (left + bytes.length) * 2)];
            System.arraycopy(buffer, start, joined, 0, left);
            System.arraycopy(bytes, 0, joined, left, bytes.length);
            buffer = joined;
        }
        start = 0;
        tokenEnd = 0;
        end = left + bytes.length;
    }

    /** There is no more input. */
    void finish() {
        last = true;
    }

    /** How many bytes wait for more. */
    int waiting() {
        return start == end ? 0 : buffer.length;
    }

    /** Leaves the last bytes of a text for later: they are the beginning of a character. */
    void shorten(int bytes) {
        tokenEnd -= bytes;
    }

    boolean isAtEndOfInput() {
        return tokenEnd == end;
    }

    boolean isLast() {
        return last;
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return tokenEnd - start;
    }

    /** Whether these bytes (in lower case) stand here in any case; {@code name}: followed by what ends a tag's name. */
    Match match(int at, byte[] pattern, boolean name) {
        for (int i = 0; i < pattern.length; i++) {
            if (at + i >= end) {
                return last ? Match.NO : Match.MAYBE;
            }
            if (lower(buffer[at + i]) != pattern[i]) {
                return Match.NO;
            }
        }
        if (!name) {
            return Match.YES;
        }
        int after = at + pattern.length;
        if (after >= end) {
            return last ? Match.NO : Match.MAYBE;
        }
        return isSpace(buffer[after]) || buffer[after] == '/' || buffer[after] == '>' ? Match.YES : Match.NO;
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    }

    static boolean isLetter(int c) {
        return lower(c) >= 'a' && lower(c) <= 'z';
    }

    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
