package dev.skerry.webapi;

import dev.skerry.binding.ByteSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A source that gives what the test sends, when it sends it. Confined to the test's thread. */
final class FakeSource implements ByteSource {
    private final Queue<CompletableFuture<Optional<ByteBuffer>>> sent = new ArrayDeque<>();
    private @Nullable CompletableFuture<Optional<ByteBuffer>> reader;
    int reads;

    @Nullable
    String cancelled;

    FakeSource send(String... texts) {
        for (String text : texts) {
            settle(CompletableFuture.completedFuture(
                    Optional.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))));
        }
        return this;
    }

    FakeSource end() {
        settle(CompletableFuture.completedFuture(Optional.empty()));
        return this;
    }

    FakeSource fail(Exception failure) {
        settle(CompletableFuture.failedFuture(failure));
        return this;
    }

    private void settle(CompletableFuture<Optional<ByteBuffer>> next) {
        CompletableFuture<Optional<ByteBuffer>> waiting = reader;
        if (waiting == null) {
            sent.add(next);
            return;
        }
        reader = null;
        next.whenComplete((piece, failure) -> {
            if (failure != null) {
                waiting.completeExceptionally(failure);
            } else {
                waiting.complete(piece);
            }
        });
    }

    @Override
    public CompletionStage<Optional<ByteBuffer>> read() {
        reads++;
        CompletableFuture<Optional<ByteBuffer>> next = sent.poll();
        if (next == null) {
            next = reader = new CompletableFuture<>();
        }
        return next;
    }

    @Override
    public void cancel(String reason) {
        cancelled = reason;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }
}
