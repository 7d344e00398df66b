package dev.skerry.webapi;

import dev.skerry.binding.ByteSource;
import dev.skerry.binding.HeldMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads a source to its end, no further than a bound. Runs on the threads on which the source's pieces come, one after the other. */
public final class Whole {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteSource source;
    private final int limit;
    private final String reason;
    private final HeldMemory memory;
    private final List<ByteBuffer> pieces = new ArrayList<>();
    private final CompletableFuture<Optional<ByteBuffer>> result = new CompletableFuture<>();
    private long size;
    private long held;

    private Whole(ByteSource source, int limit, String reason, HeldMemory memory) {
        this.source = source;
        this.limit = limit;
        this.reason = reason;
        this.memory = memory;
    }

    /**
     * All bytes of a source in one heap buffer; empty, with the source cancelled, when they are more than {@code limit}. Fails when the source does.
     *
     * @param reason what the source is told when it is cancelled
     * @param memory where the bytes are counted until the result is there; where they have no room the source is cancelled, and the result never comes: nobody is left to hear of it
     */
    public static CompletionStage<Optional<ByteBuffer>> read(
            ByteSource source, int limit, String reason, HeldMemory memory) {
        Whole whole = new Whole(source, limit, reason, memory);
        if (source.length().orElse(0) > limit) {
            whole.refuse();
        } else {
            whole.proceed();
        }
        return whole.result;
    }

    /** Loops over the pieces that are there, so that many small ones do not pile up on the stack, and comes back for the others. */
    private void proceed() {
        while (true) {
            CompletableFuture<Optional<ByteBuffer>> next = source.read().toCompletableFuture();
            if (!next.isDone()) {
                next.whenComplete((piece, failure) -> {
                    if (accept(piece, failure)) {
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

    /** Whether there is more to read. */
    private boolean accept(@Nullable Optional<ByteBuffer> piece, @Nullable Throwable failure) {
        if (piece == null) {
            memory.letGo(held);
            result.completeExceptionally(failure == null ? new IllegalStateException("A source gave null") : failure);
            return false;
        }
        if (piece.isEmpty()) {
            ByteBuffer all = join();
            memory.letGo(held);
            result.complete(Optional.of(all));
            return false;
        }
        int more = piece.get().remaining();
        size += more;
        if (size > limit) {
            pieces.clear();
            memory.letGo(held);
            refuse();
            return false;
        }
        held += more;
        if (!memory.hold(more)) {
            pieces.clear();
            memory.letGo(held);
            // Nobody will hear of a result: the event has ended, or its isolate is being closed.
            source.cancel(reason);
            return false;
        }
        pieces.add(piece.get());
        return true;
    }

    private void refuse() {
        result.complete(Optional.empty());
        source.cancel(reason);
    }

    private ByteBuffer join() {
        if (pieces.size() == 1) {
            return pieces.getFirst().slice();
        }
        ByteBuffer all = ByteBuffer.allocate((int) size);
        for (int i = 0; i < pieces.size(); i++) {
            // Each goes as soon as it is copied.
            all.put(pieces.set(i, NOTHING));
        }
        return all.flip();
    }
}
