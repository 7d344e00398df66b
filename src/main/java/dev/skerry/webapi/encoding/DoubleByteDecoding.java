package dev.skerry.webapi.encoding;

/** Big5, EUC-KR and Shift_JIS: https://encoding.spec.whatwg.org/#big5-decoder, #euc-kr-decoder and #shift_jis-decoder. */
final class DoubleByteDecoding extends ByteWise {
    /** Punctuation that HKSCS has otherwise. */
    private static final int[] BIG5_CORRECTIONS = {
        0xA145, 0x2027, 0xA14E, 0xFE51, 0xA15A, 0x2574, 0xA1C2, 0x00AF, 0xA1C3, 0xFFE3, 0xA1C5, 0x02CD, 0xA1E3, 0xFF5E,
                0xA1F2, 0x2295,
        0xA1F3, 0x2299, 0xA1FE, 0xFF0F, 0xA240, 0xFF3C, 0xA241, 0x2215, 0xA242, 0xFE68, 0xA244, 0xFFE5, 0xA246, 0xFFE0,
                0xA247, 0xFFE1,
        0xA3E1, 0x20AC,
    };

    private final Scheme scheme;
    private int lead;

    DoubleByteDecoding(String encoding, boolean fatal, Scheme scheme) {
        super(encoding, fatal);
        this.scheme = scheme;
    }

    /** In what the three differ. */
    enum Scheme {
        BIG5 {
            @Override
            boolean isLead(int next) {
                return in(next, 0x81, 0xFE);
            }

            @Override
            String pair(int lead, int trail) {
                return switch (lead << 8 | trail) {
                    case 0x8862 -> "\u00CA\u0304";
                    case 0x8864 -> "\u00CA\u030C";
                    case 0x88A3 -> "\u00EA\u0304";
                    case 0x88A5 -> "\u00EA\u030C";
                    default ->
                        in(trail, 0x40, 0x7E) || in(trail, 0xA1, 0xFE) ? text(Indexes.BIG5.get(lead, trail)) : "";
                };
            }
        },
        EUC_KR {
            @Override
            boolean isLead(int next) {
                return in(next, 0x81, 0xFE);
            }

            @Override
            String pair(int lead, int trail) {
                int point = in(trail, 0x41, 0xFE) ? Indexes.EUC_KR.get(lead, trail) : 0;
                // The JDK has private characters where the standard has none.
                return in(point, 0xE000, 0xF8FF) ? "" : text(point);
            }
        },
        SHIFT_JIS {
            @Override
            boolean isLead(int next) {
                return in(next, 0x81, 0x9F) || in(next, 0xE0, 0xFC);
            }

            @Override
            int single(int next) {
                return next == 0x80 ? 0x80 : in(next, 0xA1, 0xDF) ? 0xFF61 - 0xA1 + next : 0;
            }

            @Override
            String pair(int lead, int trail) {
                return in(trail, 0x40, 0x7E) || in(trail, 0x80, 0xFC) ? text(Jis0208.INDEX.get(lead, trail)) : "";
            }
        };

        abstract boolean isLead(int next);

        /** The code point of a byte from 0x80 on that is a character by itself; else 0. */
        int single(int next) {
            return 0;
        }

        /** The text of a double byte; empty if it has none. */
        abstract String pair(int lead, int trail);

        private static String text(int point) {
            return point == 0 ? "" : Character.toString(point);
        }
    }

    @Override
    boolean step(int next, StringBuilder text) {
        if (lead != 0) {
            String pair = scheme.pair(lead, next);
            lead = 0;
            if (pair.isEmpty()) {
                return wrongTrail(next, text);
            }
            text.append(pair);
        } else if (next < 0x80) {
            text.append((char) next);
        } else if (scheme.isLead(next)) {
            lead = next;
        } else if (scheme.single(next) != 0) {
            text.append((char) scheme.single(next));
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
    }

    /** Made when the first decoder that needs one of them is. */
    private static final class Indexes {
        static final Index BIG5 = new Index("Big5-HKSCS", BIG5_CORRECTIONS);
        static final Index EUC_KR = new Index("x-windows-949");
    }
}
