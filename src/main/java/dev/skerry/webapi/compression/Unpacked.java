package dev.skerry.webapi.compression;

import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestError;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The content of a body in br (RFC 7932) or zstd (RFC 8878), a bounded piece at each read, however far the input expands. The decoders take no part of an
 * input, so what is compressed is collected first, up to a bound. For one reader at a time, as its source is.
 */
public final class Unpacked implements ByteSource {
    private static final int PIECE = 32 * 1024;

    private final ByteSource source;
    private final String encoding;
    private final int most;
    private final String key;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private @Nullable InputStream content;

    /**
     * @param encoding as {@link #decodes}
     * @param most compressed bytes
     * @param key the setting that says so
     */
    public Unpacked(ByteSource source, String encoding, int most, String key) {
        this.source = source;
        this.encoding = encoding;
        this.most = most;
        this.key = key;
    }

    /** Whether a content encoding, in lower case, is one of these. */
    public static boolean decodes(String encoding) {
        return encoding.equals("br") || encoding.equals("zstd");
    }

    @Override
    public CompletionStage<Optional<ByteBuffer>> read() {
        InputStream open = content;
        if (open != null) {
            return next(open);
        }
        return source.read().thenCompose(input -> {
            if (input.isEmpty()) {
                try {
                    InputStream whole = new ByteArrayInputStream(packed.toByteArray());
                    content = encoding.equals("br") ? new BrotliInputStream(whole) : new ZstdInputStream(whole);
                } catch (IOException e) {
                    return CompletableFuture.failedStage(damaged());
                }
                return read();
            }
            ByteBuffer bytes = input.get();
            if (packed.size() + bytes.remaining() > most) {
                GuestError error = GuestError.error(
                        "A response in " + encoding + " has more than " + most + " compressed bytes (" + key + ").");
                source.cancel(error.message());
                return CompletableFuture.failedStage(error);
            }
            byte[] piece = new byte[bytes.remaining()];
            bytes.get(piece);
            packed.writeBytes(piece);
            return read();
        });
    }

    private CompletionStage<Optional<ByteBuffer>> next(InputStream open) {
        byte[] piece = new byte[PIECE];
        try {
            int length = open.read(piece, 0, piece.length);
            return CompletableFuture.completedStage(
                    length < 0 ? Optional.empty() : Optional.of(ByteBuffer.wrap(piece, 0, length)));
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedStage(damaged());
        }
    }

    private GuestError damaged() {
        return GuestError.type(
                "The body of the response is not " + encoding + ", as its content-encoding says, or was cut off.");
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
