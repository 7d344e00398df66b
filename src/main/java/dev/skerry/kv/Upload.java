package dev.skerry.kv;

import dev.skerry.binding.ByteSource;
import dev.skerry.model.Bytes;
import dev.skerry.store.KvContentTable;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value as it comes: a chunk is given to the store when it is full, and no more is read until it is on disk. A value that ends within its first
 * chunk is handed on whole. What was written of one that fails is swept later. Its steps run one after the other, on the threads on which the
 * pieces come and on those of {@link ReadThreads}.
 */
final class Upload {
    /** Takes the value when all of it has come. */
    interface Target {
        CompletableFuture<Void> whole(Bytes value);

        /** All but the last chunk, number {@code n}, is in the content. */
        CompletableFuture<Void> rest(long content, int n, Bytes last, int size);
    }

    private static final int FIRST_ALLOCATION = 8 << 10;

    private final Contents contents;
    private final ReadThreads threads;
    private final ByteSource source;
    private final Target target;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private byte[] chunk;
    private int filled;
    private int chunks;
    private int size;
    private long content;
    private Cleaner.@Nullable Cleanable pin;
    private @Nullable ByteBuffer piece;

    private Upload(Contents contents, ReadThreads threads, ByteSource source, Target target) {
        this.contents = contents;
        this.threads = threads;
        this.source = source;
        this.target = target;
        this.chunk =
                new byte[(int) Math.min(Math.max(source.length().orElse(0), FIRST_ALLOCATION), KvContentTable.CHUNK)];
    }

    /** Reads the source to its end; the future completes when the target has taken the value and it is durable. */
    static CompletableFuture<Void> write(Contents contents, ReadThreads threads, ByteSource source, Target target) {
        Upload upload = new Upload(contents, threads, source, target);
        long length = source.length().orElse(0);
        if (length > KvRules.MAX_VALUE) {
            upload.refuse(length);
        } else {
            upload.proceed();
        }
        return upload.result;
    }

    /** Loops over what is there and comes back for what is not. */
    private void proceed() {
        while (!result.isDone()) {
            if (piece != null && fill(piece)) {
                flush();
                return;
            }
            CompletableFuture<Optional<ByteBuffer>> next = source.read().toCompletableFuture();
            if (!next.isDone()) {
                next.whenComplete((read, failure) -> {
                    if (accept(read, failure)) {
                        proceed();
                    }
                });
                return;
            }
            boolean failed = next.isCompletedExceptionally();
            if (!accept(failed ? null : next.resultNow(), failed ? next.exceptionNow() : null)) {
                return;
            }
        }
    }

    /** Whether there is a piece to fill in. */
    private boolean accept(@Nullable Optional<ByteBuffer> read, @Nullable Throwable failure) {
        if (read == null) {
            fail(failure == null ? new IllegalStateException("A source gave null") : failure);
            return false;
        }
        if (read.isEmpty()) {
            end();
            return false;
        }
        piece = read.get();
        size += piece.remaining();
        if (size > KvRules.MAX_VALUE) {
            refuse(size);
            return false;
        }
        return true;
    }

    /** Moves bytes from the piece to the chunk; true if the chunk is full and the piece has more. */
    private boolean fill(ByteBuffer from) {
        int count = Math.min(from.remaining(), KvContentTable.CHUNK - filled);
        if (filled + count > chunk.length) {
            chunk = Arrays.copyOf(chunk, Math.min(KvContentTable.CHUNK, Math.max(2 * chunk.length, filled + count)));
        }
        from.get(chunk, filled, count);
        filled += count;
        return from.hasRemaining();
    }

    private void flush() {
        Bytes full = Bytes.wrap(chunk);
        chunk = new byte[KvContentTable.CHUNK];
        filled = 0;
        int n = chunks++;
        CompletableFuture<?> written =
                n == 0 ? contents.begin(full).thenAccept(this::hold) : contents.append(content, n, full);
        written.whenComplete((nothing, failure) -> {
            if (failure != null) {
                fail(failure);
                return;
            }
            try {
                threads.execute(this::proceed);
            } catch (KvException e) {
                fail(e);
            }
        });
    }

    private void hold(long made) {
        content = made;
        pin = contents.held(this, made);
    }

    private void end() {
        Bytes last = Bytes.wrap(filled == chunk.length ? chunk : Arrays.copyOf(chunk, filled));
        CompletableFuture<Void> written = chunks == 0 ? target.whole(last) : target.rest(content, chunks, last, size);
        written.whenComplete((nothing, failure) -> finish(failure));
    }

    private void refuse(long length) {
        try {
            KvRules.checkValue(length);
        } catch (KvException e) {
            fail(e);
        }
    }

    private void fail(Throwable failure) {
        source.cancel("The value was not stored.");
        finish(failure);
    }

    private void finish(@Nullable Throwable failure) {
        if (pin != null) {
            pin.clean();
        }
        if (failure == null) {
            result.complete(null);
        } else {
            result.completeExceptionally(failure);
        }
    }
}
