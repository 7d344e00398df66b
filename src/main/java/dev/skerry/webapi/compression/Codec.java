package dev.skerry.webapi.compression;

import dev.skerry.binding.GuestError;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One direction of one format, a piece at a time. Confined to one thread at a time. */
abstract sealed class Codec permits Brotli, Compressor, Decompressor, Unzip {
    /** The most bytes in a piece of output. */
    private static final int PIECE = 32 * 1024;

    private final byte[] output = new byte[PIECE];

    /** The next input, when the one before is used up. */
    abstract void push(byte[] bytes);

    /** There is no more input. */
    abstract void finish();

    /**
     * Fills from the beginning of {@code output} and returns how much; 0 when more input is needed, or all is done.
     *
     * @throws GuestError a TypeError, for wrong input
     */
    abstract int fill(byte[] output);

    /** Releases native memory. */
    abstract void end();

    /** The next piece of output; null when more input is needed, or all is done. */
    final @Nullable ByteBuffer pull() {
        int length = fill(output);
        return length == 0 ? null : ByteBuffer.wrap(Arrays.copyOf(output, length));
    }
}
