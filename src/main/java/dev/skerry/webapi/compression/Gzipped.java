package dev.skerry.webapi.compression;

import dev.skerry.binding.ByteSource;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A body in gzip (RFC 1952). Each read compresses a bounded piece, so that whoever asks for the next one in a turn of its own keeps nobody waiting; what it gives
 * may be empty. Before it has to wait for more, it gives all that came. For one reader at a time; it may be cancelled from any thread.
 */
public final class Gzipped implements ByteSource {
    /** The most bytes that one read compresses. */
    public static final int SLICE = 32 * 1024;

    private final ByteSource source;
    private final Runnable ended;
    private @Nullable Compressor compressor = new Compressor("gzip");
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private @Nullable CompletableFuture<Optional<ByteBuffer>> coming;
    private boolean unflushed;
    private boolean finished;

    /** @param ended run once, when its memory (some 300 KB outside of the heap) is released: at the end, a failure or when it is cancelled */
    public Gzipped(ByteSource source, Runnable ended) {
        this.source = source;
        this.ended = ended;
    }

    /** All of it at once, for what is no longer than {@link #SLICE}. */
    public static ByteBuffer whole(byte[] bytes) {
        Compressor compressor = new Compressor("gzip");
        try {
            compressor.push(bytes);
            compressor.finish();
            // What cannot be compressed grows by 5 bytes a block, and by the header and the trailer.
            ByteBuffer output = ByteBuffer.allocate(bytes.length + bytes.length / 64 + 64);
            for (ByteBuffer piece = compressor.pull(); piece != null; piece = compressor.pull()) {
                output.put(piece);
            }
            return output.flip();
        } finally {
            compressor.end();
        }
    }

    @Override
    public CompletionStage<Optional<ByteBuffer>> read() {
        CompletableFuture<Optional<ByteBuffer>> next;
        synchronized (this) {
            Compressor open = compressor;
            if (open == null) {
                return CompletableFuture.completedStage(Optional.empty());
            }
            ByteBuffer made = open.pull();
            if (made != null) {
                return given(made);
            }
            if (finished) {
                release();
                return CompletableFuture.completedStage(Optional.empty());
            }
            if (rest.hasRemaining()) {
                compress(open);
                return given(open.pull());
            }
            next = coming;
            if (next == null) {
                next = coming = source.read().toCompletableFuture();
            }
            if (unflushed && !next.isDone()) {
                unflushed = false;
                open.flush();
                return given(open.pull());
            }
            coming = null;
        }
        return next.handle((piece, failure) -> {
                    synchronized (this) {
                        if (failure != null) {
                            release();
                            return CompletableFuture.<Optional<ByteBuffer>>failedFuture(failure);
                        }
                        Compressor open = compressor;
                        if (open != null && piece.isPresent()) {
                            rest = piece.get();
                            compress(open);
                            return given(open.pull());
                        }
                        if (open != null) {
                            finished = true;
                            open.finish();
                            return given(open.pull());
                        }
                    }
                    return CompletableFuture.completedFuture(Optional.<ByteBuffer>empty());
                })
                .thenCompose(stage -> stage);
    }

    private static CompletableFuture<Optional<ByteBuffer>> given(@Nullable ByteBuffer made) {
        return CompletableFuture.completedFuture(Optional.of(made == null ? ByteBuffer.allocate(0) : made));
    }

    private void compress(Compressor open) {
        byte[] slice = new byte[Math.min(SLICE, rest.remaining())];
        rest.get(slice);
        open.push(slice);
        unflushed = true;
    }

    private void release() {
        Compressor open = compressor;
        if (open != null) {
            compressor = null;
            open.end();
            ended.run();
        }
    }

    @Override
    public void cancel(String reason) {
        synchronized (this) {
            release();
        }
        source.cancel(reason);
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }
}
