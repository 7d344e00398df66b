package dev.skerry.ingress;

import dev.skerry.binding.ByteSource;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as it arrives: the connection is read only as the worker asks. Thread-safe: all state is touched on the event loop alone.
 */
final class RequestBody implements ByteSource {
    private final Context context;
    private final HttpServerRequest request;
    private final long length;
    private final long most;
    private long received;
    private boolean ended;
    private @Nullable Throwable failure;
    private @Nullable CompletableFuture<Optional<ByteBuffer>> reader;
    private @Nullable ByteBuffer early;

    /** Called on the event loop, with the request paused or not yet read. */
    RequestBody(Context context, HttpServerRequest request, long length, long most) {
        this.context = context;
        this.request = request;
        this.length = length;
        this.most = most;
        request.pause();
        request.handler(this::arrived);
        request.endHandler(end -> finish(null));
        request.exceptionHandler(this::finish);
        request.connection().closeHandler(closed -> finish(new IOException("The client closed the connection")));
    }

    private void arrived(Buffer chunk) {
        received += chunk.length();
        if (received > most) {
            finish(new IOException("The body of the request is larger than " + most + " bytes (skerry.ingress.body)"));
            request.connection().close();
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(chunk.getBytes());
        CompletableFuture<Optional<ByteBuffer>> waiting = reader;
        if (waiting == null) {
            early = early == null
                    ? bytes
                    : ByteBuffer.allocate(early.remaining() + bytes.remaining())
                            .put(early)
                            .put(bytes)
                            .flip();
            request.pause();
        } else {
            reader = null;
            waiting.complete(Optional.of(bytes));
        }
    }

    private void finish(@Nullable Throwable cause) {
        if (ended) {
            return;
        }
        ended = true;
        failure = cause;
        CompletableFuture<Optional<ByteBuffer>> waiting = reader;
        reader = null;
        if (waiting != null) {
            answer(waiting);
        }
    }

    private void answer(CompletableFuture<Optional<ByteBuffer>> waiting) {
        if (failure == null) {
            waiting.complete(Optional.empty());
        } else {
            waiting.completeExceptionally(failure);
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
                reader = result;
                request.fetch(1);
            }
        });
        return result;
    }

    @Override
    public void cancel(String reason) {
        context.runOnContext(on -> {
            if (!ended) {
                // What still comes is read and dropped, so that the connection can serve the next request.
                ended = true;
                early = null;
                request.handler(null);
                request.resume();
            }
        });
    }

    @Override
    public OptionalLong length() {
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }
}
