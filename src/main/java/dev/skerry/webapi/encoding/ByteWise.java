package dev.skerry.webapi.encoding;

/** A decoder that looks at one byte at a time, as the standard tells them. */
abstract class ByteWise extends Decoding {
    ByteWise(String encoding, boolean fatal) {
        super(encoding, fatal);
    }

    @Override
    final String decode(byte[] bytes, boolean more) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte next : bytes) {
            while (!step(next & 0xFF, text)) {
                // The byte was put back: it is looked at again, as the first of a character.
            }
        }
        if (!more) {
            end(text);
            reset();
        }
        return text.toString();
    }

    /** The next byte, 0 to 255. False if it is to be looked at again. */
    abstract boolean step(int next, StringBuilder text);

    /** The stream has ended. */
    abstract void end(StringBuilder text);

    /** What is wrong with the last byte of a character; that byte is put back if it is ASCII. */
    final boolean wrongTrail(int next, StringBuilder text) {
        wrong(text);
        return next >= 0x80;
    }

    static boolean in(int value, int first, int last) {
        return value >= first && value <= last;
    }
}
