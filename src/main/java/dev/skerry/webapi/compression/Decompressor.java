package dev.skerry.webapi.compression;

import dev.skerry.binding.GuestError;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** gzip (RFC 1952), deflate (RFC 1950) and deflate-raw (RFC 1951); one member, with nothing after it. */
final class Decompressor extends Codec {
    private static final byte[] NONE = {};

    private final boolean gzip;
    private final Inflater inflater;
    private final GzipHeader header = new GzipHeader();
    private final CRC32 crc = new CRC32();
    private final byte[] trailer = new byte[8];
    private int trailerLength;
    private byte[] input = NONE;
    private int used;
    private boolean finishing;

    Decompressor(String format) {
        this.gzip = format.equals("gzip");
        this.inflater = new Inflater(!format.equals("deflate"));
    }

    @Override
    void push(byte[] bytes) {
        input = bytes;
        used = 0;
        while (gzip && !header.complete() && used < input.length) {
            header.accept(input[used++] & 0xFF);
        }
        if (!inflater.finished()) {
            inflater.setInput(input, used, input.length - used);
        }
    }

    @Override
    void finish() {
        finishing = true;
    }

    @Override
    int fill(byte[] output) {
        if (!inflater.finished()) {
            int length = inflate(output);
            if (length > 0) {
                crc.update(output, 0, length);
                return length;
            }
        }
        if (inflater.finished()) {
            checkTrailer();
        } else if (finishing) {
            throw GuestError.type("The compressed data ended before it was complete.");
        }
        return 0;
    }

    private int inflate(byte[] output) {
        try {
            int length = inflater.inflate(output);
            used = input.length - inflater.getRemaining();
            if (inflater.needsDictionary()) {
                throw GuestError.type("The compressed data needs a dictionary.");
            }
            return length;
        } catch (DataFormatException e) {
            throw GuestError.type("The compressed data was not valid: " + e.getMessage() + ".");
        }
    }

    private void checkTrailer() {
        while (gzip && trailerLength < 8 && used < input.length) {
            trailer[trailerLength++] = input[used++];
        }
        if (gzip && trailerLength < 8) {
            if (finishing) {
                throw GuestError.type("The compressed data ended before it was complete.");
            }
            return;
        }
        if (gzip && (getInt(0) != (int) crc.getValue() || getInt(4) != (int) inflater.getBytesWritten())) {
            throw GuestError.type("The checksum or the length at the end of the compressed data is wrong.");
        }
        if (used < input.length) {
            throw GuestError.type("There is data after the end of the compressed data.");
        }
    }

    private int getInt(int at) {
        return trailer[at] & 0xFF
                | (trailer[at + 1] & 0xFF) << 8
                | (trailer[at + 2] & 0xFF) << 16
                | trailer[at + 3] << 24;
    }

    @Override
    void end() {
        inflater.end();
    }
}
