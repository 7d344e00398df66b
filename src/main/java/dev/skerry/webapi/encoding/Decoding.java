package dev.skerry.webapi.encoding;

import dev.skerry.binding.GuestError;

/** A decoder with what it remembers between two pieces of a stream. Confined to the thread in its isolate. */
abstract class Decoding {
    static final char REPLACEMENT = '\uFFFD';

    private final String encoding;
    final boolean fatal;

    Decoding(String encoding, boolean fatal) {
        this.encoding = encoding;
        this.fatal = fatal;
    }

    /**
     * The text of the next piece. The last one, {@code more} being false, ends the stream; the next begins another.
     *
     * @throws GuestError a TypeError, if the decoder is fatal and the bytes are wrong
     */
    abstract String decode(byte[] bytes, boolean more);

    /** A part that is wrong: what stands for it is appended. */
    final void wrong(StringBuilder text) {
        if (fatal) {
            reset();
            throw GuestError.type("The encoded data was not valid for encoding " + encoding);
        }
        text.append(REPLACEMENT);
    }

    /** Forgets the stream. */
    abstract void reset();

    /** The decoder of an encoding by its name. */
    static Decoding of(String encoding, boolean fatal, boolean ignoreBom) {
        return switch (encoding) {
            case "utf-8" -> new Unicode(new Utf8Decoding(fatal), ignoreBom);
            case "utf-16le" -> new Unicode(new Utf16Decoding(encoding, fatal, false), ignoreBom);
            case "utf-16be" -> new Unicode(new Utf16Decoding(encoding, fatal, true), ignoreBom);
            case "gbk", "gb18030" -> new Gb18030Decoding(encoding, fatal);
            case "big5" -> new DoubleByteDecoding(encoding, fatal, DoubleByteDecoding.Scheme.BIG5);
            case "euc-kr" -> new DoubleByteDecoding(encoding, fatal, DoubleByteDecoding.Scheme.EUC_KR);
            case "shift_jis" -> new DoubleByteDecoding(encoding, fatal, DoubleByteDecoding.Scheme.SHIFT_JIS);
            case "euc-jp" -> new EucJpDecoding(encoding, fatal);
            case "iso-2022-jp" -> new Iso2022JpDecoding(encoding, fatal);
            default -> new SingleByteDecoding(encoding, fatal);
        };
    }

    /** Takes the byte order mark away from the beginning of each stream. */
    private static final class Unicode extends Decoding {
        private final Decoding decoding;
        private final boolean ignoreBom;
        private boolean begun;

        Unicode(Decoding decoding, boolean ignoreBom) {
            super(decoding.encoding, decoding.fatal);
            this.decoding = decoding;
            this.ignoreBom = ignoreBom;
        }

        @Override
        String decode(byte[] bytes, boolean more) {
            String text = decoding.decode(bytes, more);
            boolean mark = !ignoreBom && !begun && !text.isEmpty() && text.charAt(0) == '\uFEFF';
            begun = more && (begun || !text.isEmpty());
            return mark ? text.substring(1) : text;
        }

        @Override
        void reset() {
            decoding.reset();
            begun = false;
        }
    }
}
