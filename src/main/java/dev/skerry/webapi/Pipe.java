package dev.skerry.webapi;

import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.HeldMemory;
import dev.skerry.binding.Operation;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From a stream of a worker to a reader in Java, with a bound on the bytes in between: the writer writes one piece at a time and waits while
 * they are more. Thread-safe; the promises of both sides are kept outside of the lock.
 */
final class Pipe implements ByteSource {
    private final int bound;
    private final long length;
    private final HeldMemory memory;
    private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
    private int waiting;
    private boolean ended;
    private @Nullable GuestError failure;
    private @Nullable CompletableFuture<Optional<ByteBuffer>> reader;
    private @Nullable Operation writer;
    private @Nullable Operation leaving;
    private @Nullable String cancelled;

    /** @param length the number of bytes that will be written, negative if unknown */
    Pipe(int bound, long length, HeldMemory memory) {
        this.bound = bound;
        this.length = length;
        this.memory = memory;
    }

    /** 0 when there is room for more, else the number of an operation that ends when there is; -1 when the reader wants no more. */
    int write(ByteBuffer piece, Supplier<Operation> begin) {
        CompletableFuture<Optional<ByteBuffer>> waitingReader;
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            if (cancelled != null) {
                return -1;
            }
            if (!piece.hasRemaining()) {
                return 0;
            }
            waitingReader = reader;
            reader = null;
            if (waitingReader == null) {
                pieces.add(piece);
                waiting += piece.remaining();
                memory.hold(piece.remaining());
                if (waiting < bound) {
                    return 0;
                }
                writer = begin.get();
                return writer.id();
            }
        }
        waitingReader.complete(Optional.of(piece));
        return 0;
    }

    /** The number of an operation that ends with the reader's reason when it wants no more, with null when all was written. */
    int gone(Supplier<Operation> begin) {
        Operation operation = begin.get();
        String reason;
        synchronized (this) {
            if (cancelled == null && !ended && failure == null) {
                leaving = operation;
                return operation.id();
            }
            reason = cancelled;
        }
        operation.resolve(reason);
        return operation.id();
    }

    void end() {
        CompletableFuture<Optional<ByteBuffer>> waitingReader;
        Operation told;
        synchronized (this) {
            ended = true;
            waitingReader = reader;
            reader = null;
            told = leaving;
            leaving = null;
        }
        if (told != null) {
            told.resolve(null);
        }
        if (waitingReader != null) {
            waitingReader.complete(Optional.empty());
        }
    }

    void abort(GuestError error) {
        CompletableFuture<Optional<ByteBuffer>> waitingReader;
        Operation told;
        synchronized (this) {
            if (ended || failure != null) {
                return;
            }
            failure = error;
            clear();
            waitingReader = reader;
            reader = null;
            told = leaving;
            leaving = null;
        }
        if (told != null) {
            told.resolve(null);
        }
        if (waitingReader != null) {
            waitingReader.completeExceptionally(error);
        }
    }

    @Override
    public CompletionStage<Optional<ByteBuffer>> read() {
        ByteBuffer piece;
        Operation waitingWriter;
        synchronized (this) {
            if (failure != null) {
                return CompletableFuture.failedStage(failure);
            }
            piece = pieces.poll();
            if (piece == null) {
                if (ended || cancelled != null) {
                    return CompletableFuture.completedStage(Optional.empty());
                }
                reader = new CompletableFuture<>();
                return reader;
            }
            waiting -= piece.remaining();
            memory.letGo(piece.remaining());
            waitingWriter = waiting < bound ? writer : null;
            if (waitingWriter != null) {
                writer = null;
            }
        }
        if (waitingWriter != null) {
            waitingWriter.resolve(null);
        }
        return CompletableFuture.completedStage(Optional.of(piece));
    }

    @Override
    public void cancel(String reason) {
        CompletableFuture<Optional<ByteBuffer>> waitingReader;
        Operation waitingWriter;
        Operation told;
        synchronized (this) {
            if (failure != null || cancelled != null) {
                return;
            }
            cancelled = reason;
            clear();
            waitingReader = reader;
            reader = null;
            waitingWriter = writer;
            writer = null;
            told = leaving;
            leaving = null;
        }
        if (waitingReader != null) {
            waitingReader.complete(Optional.empty());
        }
        if (told != null) {
            told.resolve(reason);
        }
        if (waitingWriter != null) {
            waitingWriter.resolve(null);
        }
    }

    private void clear() {
        memory.letGo(waiting);
        waiting = 0;
        pieces.clear();
    }

    @Override
    public OptionalLong length() {
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }
}
