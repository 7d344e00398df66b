package dev.skerry.webapi.compression;

import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** gzip (RFC 1952), deflate (RFC 1950) and deflate-raw (RFC 1951). */
final class Compressor extends Codec {
    /** No name, no time, an unknown system. */
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

    private final boolean gzip;
    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private boolean begun;
    private boolean ended;
    private boolean flushing;

    Compressor(String format) {
        this(format, Deflater.DEFAULT_COMPRESSION, Deflater.DEFAULT_STRATEGY);
    }

    /** {@code level}: -1 to 9. {@code strategy}: 0 to 2. */
    Compressor(String format, int level, int strategy) {
        this.gzip = format.equals("gzip");
        this.deflater = new Deflater(level, !format.equals("deflate"));
        deflater.setStrategy(strategy);
    }

    /** What the two sides have in common before the first byte; not of gzip. */
    void dictionary(byte[] dictionary) {
        deflater.setDictionary(dictionary);
    }

    /** All input so far comes out at the next {@link #fill}s, though more may follow. */
    void flush() {
        flushing = true;
    }

    @Override
    void push(byte[] bytes) {
        crc.update(bytes);
        deflater.setInput(bytes);
    }

    @Override
    void finish() {
        deflater.finish();
    }

    @Override
    int fill(byte[] output) {
        if (gzip && !begun) {
            begun = true;
            System.arraycopy(HEADER, 0, output, 0, HEADER.length);
            return HEADER.length;
        }
        int length = deflater.deflate(output, 0, output.length, flushing ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH);
        if (length < output.length) {
            // Asked again, it would flush again.
            flushing = false;
        }
        if (gzip && length == 0 && deflater.finished() && !ended) {
            ended = true;
            putInt(output, 0, (int) crc.getValue());
            putInt(output, 4, (int) deflater.getBytesRead());
            return 8;
        }
        return length;
    }

    private static void putInt(byte[] output, int at, int value) {
        for (int i = 0; i < 4; i++) {
            output[at + i] = (byte) (value >>> 8 * i);
        }
    }

    @Override
    void end() {
        deflater.end();
    }
}
