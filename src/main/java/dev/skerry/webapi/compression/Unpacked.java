package dev.skerry.webapi.compression;

import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestError;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/** The content of a body in br (RFC 7932) or zstd (RFC 8878). The decoders take no part of an input, so what is compressed is collected first, up to a bound. */
final class Unpacked extends Decoded {
    private static final int PIECE = 32 * 1024;

    private final String coding;
    private final int most;
    private final String key;
    private final byte[] piece = new byte[PIECE];
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private @Nullable InputStream content;

    /**
     * @param coding {@code br} or {@code zstd}
     * @param most compressed bytes
     * @param key the setting that says so
     */
    Unpacked(ByteSource source, String coding, int most, String key) {
        super(source, coding);
        this.coding = coding;
        this.most = most;
        this.key = key;
    }

    @Override
    void accept(ByteBuffer input) {
        if (packed.size() + input.remaining() > most) {
            throw GuestError.error(
                    "A response in " + coding + " has more than " + most + " compressed bytes (" + key + ").");
        }
        byte[] bytes = new byte[input.remaining()];
        input.get(bytes);
        packed.writeBytes(bytes);
    }

    @Override
    void finish() throws IOException {
        InputStream whole = new ByteArrayInputStream(packed.toByteArray());
        content = coding.equals("br") ? new BrotliInputStream(whole) : new ZstdInputStream(whole);
    }

    @Override
    @Nullable
    ByteBuffer next() throws IOException {
        int length = content == null ? -1 : content.read(piece, 0, PIECE);
        return length < 0 ? null : ByteBuffer.wrap(Arrays.copyOf(piece, length));
    }

    @Override
    boolean complete() {
        return false;
    }

    @Override
    void end() {
        content = null;
        packed.reset();
    }
}
