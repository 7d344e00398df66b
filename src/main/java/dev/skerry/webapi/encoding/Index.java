package dev.skerry.webapi.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;

/**
 * An index of the standard (https://encoding.spec.whatwg.org/#indexes), made of a charset of the JDK: the code points of double bytes.
 * Immutable.
 */
final class Index {
    /** Of each double byte; 0 for one that has none. */
    private final int[] points = new int[1 << 16];

    /** @param corrections double bytes, each followed by its code point */
    Index(String charset, int... corrections) {
        CharsetDecoder decoder = Charset.forName(charset).newDecoder();
        byte[] bytes = new byte[2];
        for (int lead = 0x21; lead < 0xFF; lead++) {
            for (int trail = 0x21; trail < 0xFF; trail++) {
                bytes[0] = (byte) lead;
                bytes[1] = (byte) trail;
                points[lead << 8 | trail] = point(decoder, bytes);
            }
        }
        for (int i = 0; i < corrections.length; i += 2) {
            points[corrections[i]] = corrections[i + 1];
        }
    }

    private static int point(CharsetDecoder decoder, byte[] bytes) {
        try {
            String text = decoder.decode(ByteBuffer.wrap(bytes)).toString();
            // Two characters: the first byte was one by itself.
            return text.codePointCount(0, text.length()) == 1 ? text.codePointAt(0) : 0;
        } catch (CharacterCodingException e) {
            return 0;
        }
    }

    int get(int lead, int trail) {
        return points[lead << 8 | trail];
    }
}
