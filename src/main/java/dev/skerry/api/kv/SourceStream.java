package dev.skerry.api.kv;

import dev.skerry.binding.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** A source for those who can wait. Confined to its reader. */
final class SourceStream extends InputStream {
    private final ByteSource source;
    private Optional<ByteBuffer> piece = Optional.empty();
    private boolean ended;

    SourceStream(ByteSource source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended && piece.filter(ByteBuffer::hasRemaining).isEmpty()) {
            piece = next();
            ended = piece.isEmpty();
        }
        if (piece.isEmpty()) {
            return -1;
        }
        int count = Math.min(length, piece.get().remaining());
        piece.get().get(target, offset, count);
        return count;
    }

    @Override
    public void close() {
        source.cancel("The client has enough");
    }

    private Optional<ByteBuffer> next() throws IOException {
        try {
            return source.read().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IOException("The value cannot be read", e);
        }
    }
}
