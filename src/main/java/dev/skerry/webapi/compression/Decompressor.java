package dev.skerry.webapi.compression;

import dev.skerry.binding.GuestError;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** gzip (RFC 1952), deflate (RFC 1950) and deflate-raw (RFC 1951). */
final class Decompressor extends Codec {
    static final String TRUNCATED = "The compressed data ended before it was complete.";

    private static final byte[] NONE = {};
    private static final byte MEMBER = 0x1F;

    private final boolean gzip;
    private final boolean lenient;
    private final byte[] dictionary;
    private final Inflater inflater;
    private final CRC32 crc = new CRC32();
    private final byte[] trailer = new byte[8];
    private GzipHeader header = new GzipHeader();
    private int trailerLength;
    private byte[] input = NONE;
    private int used;
    private boolean finishing;
    private boolean beyond;

    /** One member, with nothing after it. */
    Decompressor(String format) {
        this(format, false, NONE);
    }

    /**
     * @param lenient whether what follows the end is another member of gzip, or ignored, as Node has it
     * @param dictionary what the two sides have in common before the first byte
     */
    Decompressor(String format, boolean lenient, byte[] dictionary) {
        this.gzip = format.equals("gzip");
        this.lenient = lenient;
        this.dictionary = dictionary.clone();
        this.inflater = new Inflater(!format.equals("deflate"));
        if (format.equals("deflate-raw") && dictionary.length > 0) {
            inflater.setDictionary(dictionary);
        }
    }

    @Override
    void push(byte[] bytes) {
        input = bytes;
        used = 0;
        begin();
    }

    private void begin() {
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
        while (true) {
            if (!inflater.finished()) {
                int length = inflate(output);
                if (length > 0) {
                    crc.update(output, 0, length);
                    return length;
                }
            }
            if (!inflater.finished() || gzip && !trailerIsRight()) {
                if (finishing) {
                    throw GuestError.type(TRUNCATED);
                }
                return 0;
            }
            if (used == input.length) {
                return 0;
            }
            if (!lenient) {
                throw GuestError.type("There is data after the end of the compressed data.");
            }
            if (!gzip || input[used] != MEMBER) {
                used = input.length;
                beyond = true;
                return 0;
            }
            inflater.reset();
            crc.reset();
            header = new GzipHeader();
            trailerLength = 0;
            begin();
        }
    }

    /** Whether something came after the end that was ignored. */
    boolean beyond() {
        return beyond;
    }

    private int inflate(byte[] output) {
        try {
            int length = inflater.inflate(output);
            if (inflater.needsDictionary()) {
                if (dictionary.length == 0) {
                    throw GuestError.type("The compressed data needs a dictionary.");
                }
                inflater.setDictionary(dictionary);
                length = inflater.inflate(output);
            }
            used = input.length - inflater.getRemaining();
            return length;
        } catch (DataFormatException e) {
            throw GuestError.type("The compressed data was not valid: " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw GuestError.type("The compressed data needs another dictionary.");
        }
    }

    /** False when it is not here yet. */
    private boolean trailerIsRight() {
        while (trailerLength < 8 && used < input.length) {
            trailer[trailerLength++] = input[used++];
        }
        if (trailerLength < 8) {
            return false;
        }
        if (getInt(0) != (int) crc.getValue() || getInt(4) != (int) inflater.getBytesWritten()) {
            throw GuestError.type("The checksum or the length at the end of the compressed data is wrong.");
        }
        return true;
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
