package dev.skerry.webapi.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;

/** https://encoding.spec.whatwg.org/#gb18030-decoder, which is GBK's too. */
final class Gb18030Decoding extends ByteWise {
    private int first;
    private int second;
    private int third;

    Gb18030Decoding(String encoding, boolean fatal) {
        super(encoding, fatal);
    }

    @Override
    boolean step(int next, StringBuilder text) {
        if (third != 0) {
            return fourth(next, text);
        }
        if (second != 0) {
            if (in(next, 0x81, 0xFE)) {
                third = next;
                return true;
            }
            int digit = second;
            reset();
            wrong(text);
            text.append((char) digit);
            return false;
        }
        if (first != 0) {
            if (in(next, 0x30, 0x39)) {
                second = next;
                return true;
            }
            int point = in(next, 0x40, 0x7E) || in(next, 0x80, 0xFE) ? Indexes.TWO_BYTES.get(first, next) : 0;
            first = 0;
            if (point == 0) {
                return wrongTrail(next, text);
            }
            text.appendCodePoint(point);
        } else if (next < 0x80) {
            text.append((char) next);
        } else if (next == 0x80) {
            text.append('€');
        } else if (next == 0xFF) {
            wrong(text);
        } else {
            first = next;
        }
        return true;
    }

    private boolean fourth(int next, StringBuilder text) {
        if (!in(next, 0x30, 0x39)) {
            int digit = second;
            int lead = third;
            reset();
            wrong(text);
            text.append((char) digit);
            first = lead;
            return false;
        }
        int point = Indexes.fourBytes(first, second, third, next);
        reset();
        if (point == 0) {
            wrong(text);
        } else {
            text.appendCodePoint(point);
        }
        return true;
    }

    @Override
    void end(StringBuilder text) {
        if (first != 0) {
            wrong(text);
        }
    }

    @Override
    void reset() {
        first = second = third = 0;
    }

    /** Made when the first decoder is. */
    private static final class Indexes {
        private static final Charset GB18030 = Charset.forName("GB18030");
        static final Index TWO_BYTES = new Index("GB18030");

        /** What GB 18030-2022 has moved from the private characters to four bytes, and what stays there in the standard. */
        private static final String MOVED = "\uE78D\uE78E\uE78F\uE790\uE791\uE792\uE793\uE794\uE795\uE796"
                + "\uE81E\uE826\uE82B\uE82C\uE832\uE843\uE854\uE864";

        private static final String STAYED = "\uFE10\uFE12\uFE11\uFE13\uFE14\uFE15\uFE16\uFE17\uFE18\uFE19"
                + "\u9FB4\u9FB5\u9FB6\u9FB7\u9FB8\u9FB9\u9FBA\u9FBB";

        /** The code point, or 0. */
        static int fourBytes(int first, int second, int third, int fourth) {
            if (first == 0x81 && second == 0x35 && third == 0xF4 && fourth == 0x37) {
                return 0xE7C7;
            }
            CharsetDecoder decoder = GB18030.newDecoder();
            try {
                byte[] bytes = {(byte) first, (byte) second, (byte) third, (byte) fourth};
                int point = decoder.decode(ByteBuffer.wrap(bytes)).toString().codePointAt(0);
                int moved = MOVED.indexOf(point);
                return moved < 0 ? point : STAYED.charAt(moved);
            } catch (CharacterCodingException e) {
                return 0;
            }
        }
    }
}
