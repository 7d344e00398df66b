package dev.skerry.webapi.compression;

import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestError;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a body in gzip (RFC 1952), a bounded piece at each read, however far the input expands. What follows the first member is ignored. For one
 * reader at a time, as its source is.
 */
public final class Gunzip implements ByteSource {
    private static final int PIECE = 32 * 1024;
    private static final int FIXED_HEADER = 10;

    private final ByteSource source;
    private final Inflater inflater = new Inflater(true);
    /** What came of the header so far. */
    private byte[] header = {};

    private boolean begun;

    public Gunzip(ByteSource source) {
        this.source = source;
    }

    @Override
    public CompletionStage<Optional<ByteBuffer>> read() {
        if (begun) {
            try {
                byte[] piece = new byte[PIECE];
                int length = inflater.inflate(piece);
                if (length > 0) {
                    return CompletableFuture.completedStage(Optional.of(ByteBuffer.wrap(piece, 0, length)));
                }
                if (inflater.finished()) {
                    source.cancel("The compressed body has ended.");
                    return CompletableFuture.completedStage(Optional.empty());
                }
                if (inflater.needsDictionary()) {
                    return CompletableFuture.failedStage(damaged());
                }
            } catch (DataFormatException e) {
                source.cancel("The compressed body is damaged.");
                return CompletableFuture.failedStage(damaged());
            }
        }
        return source.read().thenCompose(input -> {
            if (input.isEmpty()) {
                return CompletableFuture.failedStage(damaged());
            }
            try {
                accept(input.get());
            } catch (GuestError e) {
                source.cancel("The compressed body is damaged.");
                return CompletableFuture.failedStage(e);
            }
            return read();
        });
    }

    private void accept(ByteBuffer input) {
        if (begun) {
            inflater.setInput(input);
            return;
        }
        int known = header.length;
        header = Arrays.copyOf(header, known + input.remaining());
        input.get(header, known, input.remaining());
        int end = headerEnd();
        if (end >= 0) {
            begun = true;
            inflater.setInput(header, end, header.length - end);
            header = new byte[0];
        }
    }

    /** Where the header ends, or -1 when more of it must come. */
    private int headerEnd() {
        if (header.length < FIXED_HEADER) {
            return -1;
        }
        if (header[0] != 0x1F || header[1] != (byte) 0x8B || header[2] != 8) {
            throw damaged();
        }
        int flags = header[3];
        int at = FIXED_HEADER;
        if ((flags & 4) != 0) {
            if (header.length < at + 2) {
                return -1;
            }
            at += 2 + (header[at] & 0xFF) + ((header[at + 1] & 0xFF) << 8);
        }
        // A name and a comment, each with a zero at its end.
        for (int strings = Integer.bitCount(flags & 24); strings > 0; strings--) {
            while (at < header.length && header[at] != 0) {
                at++;
            }
            at++;
        }
        at += flags & 2;
        return at <= header.length ? at : -1;
    }

    private static GuestError damaged() {
        return GuestError.type("The body of the response is not gzip, as its content-encoding says, or was cut off.");
    }

    @Override
    public void cancel(String reason) {
        source.cancel(reason);
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }
}
