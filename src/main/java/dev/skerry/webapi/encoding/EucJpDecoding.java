package dev.skerry.webapi.encoding;

/** https://encoding.spec.whatwg.org/#euc-jp-decoder */
final class EucJpDecoding extends ByteWise {
    private int lead;
    private boolean jis0212;

    EucJpDecoding(String encoding, boolean fatal) {
        super(encoding, fatal);
    }

    @Override
    boolean step(int next, StringBuilder text) {
        if (lead == 0x8E && in(next, 0xA1, 0xDF)) {
            lead = 0;
            text.append((char) (0xFF61 - 0xA1 + next));
            return true;
        }
        if (lead == 0x8F && in(next, 0xA1, 0xFE)) {
            jis0212 = true;
            lead = next;
            return true;
        }
        if (lead != 0) {
            int point = 0;
            if (in(lead, 0xA1, 0xFE) && in(next, 0xA1, 0xFE)) {
                point = jis0212 ? Jis0212.INDEX.get(lead - 0x80, next - 0x80) : Jis0208.get(lead - 0xA1, next - 0xA1);
            }
            reset();
            if (point == 0) {
                return wrongTrail(next, text);
            }
            text.append((char) point);
        } else if (next < 0x80) {
            text.append((char) next);
        } else if (next == 0x8E || next == 0x8F || in(next, 0xA1, 0xFE)) {
            lead = next;
        } else {
            wrong(text);
        }
        return true;
    }

    @Override
    void end(StringBuilder text) {
        if (lead != 0) {
            wrong(text);
        }
    }

    @Override
    void reset() {
        lead = 0;
        jis0212 = false;
    }

    /** Made when it is first needed. */
    private static final class Jis0212 {
        static final Index INDEX = new Index("JIS_X0212-1990");
    }
}
