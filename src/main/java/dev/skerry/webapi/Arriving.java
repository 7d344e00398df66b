package dev.skerry.webapi;

import dev.skerry.binding.ByteSource;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Bytes as they arrive over a connection, which is read only as somebody asks. Thread-safe: all state is touched on the event loop alone. */
public final class Arriving implements ByteSource {
    /** What the bytes come over. Called on its event loop. */
    public interface Connection {
        /**
         * Bytes have arrived.
         *
         * @return whether the reader gets them
         */
        default boolean heard(int bytes) {
            return true;
        }

        /** The reader waits for bytes. */
        default void asked() {}

        /** There are no more bytes, whatever the reason. */
        default void over() {}

        /** Nobody wants the rest. */
        void unwanted();

        /** What the reader sees when the connection failed. */
        default Throwable seen(Throwable failure) {
            return failure;
        }
    }

    private final Context context;
    private final ReadStream<Buffer> stream;
    private final OptionalLong length;
    private final Connection connection;
    private boolean ended;
    private @Nullable Throwable failure;
    private @Nullable CompletableFuture<Optional<ByteBuffer>> reader;
    private @Nullable ByteBuffer early;

    /** Called on the event loop, before anything was delivered of the stream. */
    public Arriving(Context context, ReadStream<Buffer> stream, OptionalLong length, Connection connection) {
        this.context = context;
        this.stream = stream;
        this.length = length;
        this.connection = connection;
        stream.pause();
        stream.handler(this::arrived);
        stream.endHandler(end -> end(null));
        stream.exceptionHandler(e -> end(connection.seen(e)));
    }

    private void arrived(Buffer chunk) {
        if (ended || !connection.heard(chunk.length())) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(chunk.getBytes());
        CompletableFuture<Optional<ByteBuffer>> waiting = reader;
        if (waiting == null) {
            ByteBuffer before = early;
            early = before == null
                    ? bytes
                    : ByteBuffer.allocate(before.remaining() + bytes.remaining())
                            .put(before)
                            .put(bytes)
                            .flip();
            stream.pause();
        } else {
            reader = null;
            waiting.complete(Optional.of(bytes));
        }
    }

    /** Whether no more will come of it. On the event loop. */
    public boolean over() {
        return ended;
    }

    /** Ends it, with an error that its reader sees or without; what has arrived is read before. On the event loop. */
    public void end(@Nullable Throwable error) {
        if (ended) {
            return;
        }
        ended = true;
        failure = error;
        connection.over();
        CompletableFuture<Optional<ByteBuffer>> waiting = reader;
        reader = null;
        if (waiting != null) {
            answer(waiting);
        }
    }

    /**
     * Ends it with an error that its reader sees next. On the event loop.
     *
     * @return whether it had not ended before
     */
    public boolean abort(Throwable error) {
        if (ended) {
            return false;
        }
        early = null;
        end(error);
        return true;
    }

    private void answer(CompletableFuture<Optional<ByteBuffer>> waiting) {
        Throwable error = failure;
        if (error == null) {
            waiting.complete(Optional.empty());
        } else {
            waiting.completeExceptionally(error);
        }
    }

    @Override
    public CompletionStage<Optional<ByteBuffer>> read() {
        CompletableFuture<Optional<ByteBuffer>> result = new CompletableFuture<>();
        context.runOnContext(on -> {
            ByteBuffer ready = early;
            if (ready != null) {
                early = null;
                result.complete(Optional.of(ready));
            } else if (ended) {
                answer(result);
            } else {
                connection.asked();
                reader = result;
                stream.fetch(1);
            }
        });
        return result;
    }

    @Override
    public void cancel(String reason) {
        context.runOnContext(on -> {
            if (!ended) {
                end(null);
                early = null;
                connection.unwanted();
            }
        });
    }

    @Override
    public OptionalLong length() {
        return length;
    }
}
