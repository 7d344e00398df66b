package dev.skerry.cache;

import dev.skerry.binding.ByteSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A part of a kept body, copied piece by piece: the reader may change what it gets. Confined to its reader. */
final class KeptBody implements ByteSource {
    private static final int PIECE = 64 << 10;

    private final byte[] body;
    private final int length;
    private final int to;
    private int at;

    KeptBody(byte[] body, int from, int to) {
        this.body = body;
        this.length = to - from;
        this.to = to;
        this.at = from;
    }

    @Override
    public CompletionStage<Optional<ByteBuffer>> read() {
        if (at >= to) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        int end = Math.min(to, at + PIECE);
        ByteBuffer piece = ByteBuffer.wrap(Arrays.copyOfRange(body, at, end));
        at = end;
        return CompletableFuture.completedStage(Optional.of(piece));
    }

    @Override
    public void cancel(String reason) {
        at = to;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(length);
    }
}
