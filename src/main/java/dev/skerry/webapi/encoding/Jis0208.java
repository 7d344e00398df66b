package dev.skerry.webapi.encoding;

/** Index jis0208 by the double bytes of Shift_JIS, and by those of EUC-JP and ISO-2022-JP. */
final class Jis0208 {
    static final Index INDEX = new Index("windows-31j");

    private Jis0208() {}

    /** The code point in a row and a cell, each from 0 to 93; 0 if there is none. */
    static int get(int row, int cell) {
        int lead = row / 2;
        int trail = row % 2 * 94 + cell;
        return INDEX.get(lead + (lead < 0x1F ? 0x81 : 0xC1), trail + (trail < 0x3F ? 0x40 : 0x41));
    }
}
