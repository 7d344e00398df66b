package dev.skerry.cache;

import dev.skerry.binding.ByteSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads a body that is to be kept, no further than its bound. Runs on the threads on which the pieces come, one after the other. */
final class Gathering {
    private final ByteSource source;
    private final long most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Optional<byte[]>> result = new CompletableFuture<>();

    private Gathering(ByteSource source, long most) {
        this.source = source;
        this.most = most;
    }

    /** All bytes; empty, with the source cancelled, when they are more than {@code most}. Fails when the source does. */
    static CompletionStage<Optional<byte[]>> read(ByteSource source, long most) {
        Gathering gathering = new Gathering(source, most);
        if (source.length().orElse(0) > most) {
            gathering.refuse();
        } else {
            gathering.proceed();
        }
        return gathering.result;
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
            result.completeExceptionally(failure == null ? new IllegalStateException("A source gave null") : failure);
            return false;
        }
        if (piece.isEmpty()) {
            result.complete(Optional.of(bytes.toByteArray()));
            return false;
        }
        ByteBuffer buffer = piece.get();
        if (bytes.size() + buffer.remaining() > most) {
            refuse();
            return false;
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        bytes.writeBytes(copy);
        return true;
    }

    private void refuse() {
        source.cancel("The response is too large to be cached.");
        result.complete(Optional.empty());
    }
}
