package dev.skerry.webapi;

import dev.skerry.binding.ByteSource;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Bytes that are all there, as a source. Confined to its reader. */
public final class Once implements ByteSource {
    private Optional<ByteBuffer> bytes;
    private final int length;

    /** @param bytes nobody else changes or reads the buffer */
    public Once(ByteBuffer bytes) {
        this.length = bytes.remaining();
        this.bytes = length == 0 ? Optional.empty() : Optional.of(bytes);
    }

    @Override
    public CompletionStage<Optional<ByteBuffer>> read() {
        Optional<ByteBuffer> next = bytes;
        bytes = Optional.empty();
        return CompletableFuture.completedStage(next);
    }

    @Override
    public void cancel(String reason) {
        bytes = Optional.empty();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(length);
    }
}
