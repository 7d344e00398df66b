package dev.skerry.webapi.encoding;

/** https://encoding.spec.whatwg.org/#shared-utf-16-decoder */
final class Utf16Decoding extends Decoding {
    private final boolean bigEndian;
    private int firstByte = -1;
    private int highSurrogate = -1;

    Utf16Decoding(String encoding, boolean fatal, boolean bigEndian) {
        super(encoding, fatal);
        this.bigEndian = bigEndian;
    }

    @Override
    String decode(byte[] bytes, boolean more) {
        StringBuilder text = new StringBuilder(bytes.length / 2 + 2);
        for (byte next : bytes) {
            if (firstByte < 0) {
                firstByte = next & 0xFF;
            } else {
                int second = next & 0xFF;
                char unit = (char) (bigEndian ? firstByte << 8 | second : second << 8 | firstByte);
                firstByte = -1;
                unit(unit, text);
            }
        }
        if (!more) {
            if (firstByte >= 0 || highSurrogate >= 0) {
                wrong(text);
            }
            reset();
        }
        return text.toString();
    }

    private void unit(char unit, StringBuilder text) {
        if (highSurrogate >= 0) {
            char high = (char) highSurrogate;
            highSurrogate = -1;
            if (Character.isLowSurrogate(unit)) {
                text.append(high).append(unit);
                return;
            }
            wrong(text);
        }
        if (Character.isHighSurrogate(unit)) {
            highSurrogate = unit;
        } else if (Character.isLowSurrogate(unit)) {
            wrong(text);
        } else {
            text.append(unit);
        }
    }

    @Override
    void reset() {
        firstByte = highSurrogate = -1;
    }
}
