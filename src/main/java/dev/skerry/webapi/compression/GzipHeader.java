package dev.skerry.webapi.compression;

import dev.skerry.binding.GuestError;
import java.util.zip.CRC32;

/** The header of a gzip member (RFC 1952, section 2.3), a byte at a time; keeps its checksum alone. Confined to one thread at a time. */
final class GzipHeader {
    private static final int CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CRC,
        COMPLETE
    }

    private final CRC32 crc = new CRC32();
    private Part part = Part.FIXED;
    private int position;
    private int flags;
    private int extraLength;

    boolean complete() {
        return part == Part.COMPLETE;
    }

    /** @throws GuestError a TypeError, if this is no gzip header */
    void accept(int next) {
        if (part != Part.CRC) {
            crc.update(next);
        }
        switch (part) {
            case FIXED -> fixed(next);
            case EXTRA_LENGTH -> {
                extraLength |= next << 8 * position++;
                if (position == 2) {
                    enter(extraLength > 0 ? Part.EXTRA : Part.NAME);
                }
            }
            case EXTRA -> {
                if (++position == extraLength) {
                    enter(Part.NAME);
                }
            }
            case NAME -> {
                if (next == 0) {
                    enter(Part.COMMENT);
                }
            }
            case COMMENT -> {
                if (next == 0) {
                    enter(Part.CRC);
                }
            }
            case CRC -> {
                if (next != (crc.getValue() >>> 8 * position & 0xFF)) {
                    throw GuestError.type("The checksum of the gzip header is wrong.");
                }
                if (++position == 2) {
                    enter(Part.COMPLETE);
                }
            }
            case COMPLETE -> throw new IllegalStateException("The header is complete.");
        }
    }

    private void fixed(int next) {
        boolean right = switch (position) {
            case 0 -> next == 0x1F;
            case 1 -> next == 0x8B;
            case 2 -> next == 8;
            case 3 -> (next & RESERVED) == 0;
            default -> true;
        };
        if (!right) {
            throw GuestError.type("The compressed data does not begin with a gzip header.");
        }
        if (position == 3) {
            flags = next;
        }
        if (++position == 10) {
            enter(Part.EXTRA_LENGTH);
        }
    }

    /** The first part from here on that the flags announce. */
    private void enter(Part wanted) {
        Part entered = wanted;
        if (entered == Part.EXTRA_LENGTH && (flags & EXTRA) == 0) {
            entered = Part.NAME;
        }
        if (entered == Part.NAME && (flags & NAME) == 0) {
            entered = Part.COMMENT;
        }
        if (entered == Part.COMMENT && (flags & COMMENT) == 0) {
            entered = Part.CRC;
        }
        if (entered == Part.CRC && (flags & CRC) == 0) {
            entered = Part.COMPLETE;
        }
        part = entered;
        position = 0;
    }
}
