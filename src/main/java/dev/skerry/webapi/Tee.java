package dev.skerry.webapi;

import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.HeldMemory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One source read by two, each at its own pace: what one has read waits in memory for the other, up to a bound. Each gets its own copy of
 * the bytes. The source is cancelled when both are. Thread-safe.
 */
final class Tee {
    private final ByteSource source;
    private final int bound;
    private final HeldMemory memory;
    private final Branch one = new Branch(this);
    private final Branch two = new Branch(this);
    private boolean reading;
    private boolean ended;
    private @Nullable Throwable failure;

    Tee(ByteSource source, int bound, HeldMemory memory) {
        this.source = source;
        this.bound = bound;
        this.memory = memory;
    }

    Branch branch() {
        return one;
    }

    private CompletionStage<Optional<ByteBuffer>> read(Branch branch) {
        CompletableFuture<Optional<ByteBuffer>> result;
        synchronized (this) {
            ByteBuffer piece = branch.pieces.poll();
            if (piece != null) {
                branch.waiting -= piece.remaining();
                memory.letGo(piece.remaining());
                return CompletableFuture.completedStage(Optional.of(piece));
            }
            if (failure != null) {
                return CompletableFuture.failedStage(failure);
            }
            if (ended || branch.cancelled) {
                return CompletableFuture.completedStage(Optional.empty());
            }
            result = new CompletableFuture<>();
            branch.reader = result;
            if (reading) {
                return result;
            }
            reading = true;
        }
        source.read().whenComplete(this::accept);
        return result;
    }

    private void accept(@Nullable Optional<ByteBuffer> piece, @Nullable Throwable error) {
        CompletableFuture<Optional<ByteBuffer>> first;
        CompletableFuture<Optional<ByteBuffer>> second;
        Optional<ByteBuffer> firstPiece = Optional.empty();
        Optional<ByteBuffer> secondPiece = Optional.empty();
        synchronized (this) {
            reading = false;
            first = one.takeReader();
            second = two.takeReader();
            if (piece == null) {
                failure = error == null ? new IllegalStateException("A source gave null") : error;
            } else if (piece.isEmpty()) {
                ended = true;
            } else {
                firstPiece = piece;
                secondPiece = piece.map(Tee::copyOf);
                if (first == null) {
                    one.keep(firstPiece.get());
                }
                if (second == null) {
                    two.keep(secondPiece.get());
                }
            }
        }
        settle(first, firstPiece);
        settle(second, secondPiece);
    }

    private void settle(@Nullable CompletableFuture<Optional<ByteBuffer>> reader, Optional<ByteBuffer> piece) {
        if (reader == null) {
            return;
        }
        Throwable error;
        synchronized (this) {
            error = failure;
        }
        if (error != null) {
            reader.completeExceptionally(error);
        } else {
            reader.complete(piece);
        }
    }

    private void cancel(Branch branch, String reason) {
        CompletableFuture<Optional<ByteBuffer>> reader;
        boolean last;
        synchronized (this) {
            if (branch.cancelled) {
                return;
            }
            branch.cancelled = true;
            branch.pieces.clear();
            memory.letGo(branch.waiting);
            branch.waiting = 0;
            reader = branch.takeReader();
            last = one.cancelled && two.cancelled;
        }
        if (reader != null) {
            reader.complete(Optional.empty());
        }
        if (last) {
            source.cancel(reason);
        }
    }

    private static ByteBuffer copyOf(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    /** One of the two. Its fields are guarded by its {@link Tee}. */
    static final class Branch implements ByteSource {
        private final Tee tee;
        private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
        private long waiting;
        private boolean cancelled;
        private @Nullable CompletableFuture<Optional<ByteBuffer>> reader;

        private Branch(Tee tee) {
            this.tee = tee;
        }

        Branch other() {
            return this == tee.one ? tee.two : tee.one;
        }

        @Override
        public CompletionStage<Optional<ByteBuffer>> read() {
            return tee.read(this);
        }

        @Override
        public void cancel(String reason) {
            tee.cancel(this, reason);
        }

        @Override
        public OptionalLong length() {
            return tee.source.length();
        }

        private @Nullable CompletableFuture<Optional<ByteBuffer>> takeReader() {
            CompletableFuture<Optional<ByteBuffer>> taken = reader;
            reader = null;
            return taken;
        }

        private void keep(ByteBuffer piece) {
            if (cancelled) {
                return;
            }
            waiting += piece.remaining();
            pieces.add(piece);
            if (!tee.memory.hold(piece.remaining())) {
                // Nobody will read them: the event has ended, or its isolate is being closed.
                pieces.clear();
            } else if (waiting > tee.bound) {
                tee.failure = GuestError.type(
                        "One side of a cloned body is " + waiting
                                + " bytes behind the other, more than the limit (skerry.body.whole); read both, or cancel one.");
            }
        }
    }
}
