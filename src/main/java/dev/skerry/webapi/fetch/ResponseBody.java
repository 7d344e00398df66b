package dev.skerry.webapi.fetch;

import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestError;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A response's body as it arrives: the connection is read only as somebody asks, and given up when it rests too long. Thread-safe: all state is touched on the event loop alone.
 */
final class ResponseBody implements ByteSource {
    /** What of an unwanted body is read and dropped, so that its connection can serve the next request. */
    private static final long WORTH_DRAINING = 64 * 1024;

    private final Context context;
    private final HttpClientResponse response;
    private final OptionalLong length;
    private final Idle idle;
    private boolean ended;
    private @Nullable GuestError failure;
    private @Nullable CompletableFuture<Optional<ByteBuffer>> reader;
    private @Nullable ByteBuffer early;

    /** Called on the event loop, before anything of the body was delivered. */
    ResponseBody(Context context, HttpClientResponse response, OptionalLong length, Duration rest) {
        this.context = context;
        this.response = response;
        this.length = length;
        this.idle = new Idle(
                context,
                rest,
                () -> abort(GuestError.error("The body of a response rested for more than " + rest.toMillis()
                        + " ms (skerry.egress.idle).")));
        response.pause();
        response.handler(this::arrived);
        response.endHandler(end -> finish(null));
        response.exceptionHandler(e -> finish(GuestError.error("Network connection lost.")));
    }

    private void arrived(Buffer chunk) {
        idle.touch();
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
            response.pause();
        } else {
            reader = null;
            waiting.complete(Optional.of(bytes));
        }
    }

    private void finish(@Nullable GuestError error) {
        if (ended) {
            return;
        }
        ended = true;
        failure = error;
        idle.stop();
        CompletableFuture<Optional<ByteBuffer>> waiting = reader;
        reader = null;
        if (waiting != null) {
            answer(waiting);
        }
    }

    private void answer(CompletableFuture<Optional<ByteBuffer>> waiting) {
        GuestError error = failure;
        if (error == null) {
            waiting.complete(Optional.empty());
        } else {
            waiting.completeExceptionally(error);
        }
    }

    /** Ends it with an error that its reader sees, and the connection with it. On the event loop. */
    void abort(GuestError error) {
        if (!ended) {
            early = null;
            finish(error);
            response.request().reset();
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
                idle.touch();
                reader = result;
                response.fetch(1);
            }
        });
        return result;
    }

    @Override
    public void cancel(String reason) {
        context.runOnContext(on -> {
            if (ended) {
                return;
            }
            finish(null);
            early = null;
            if (length.isPresent() && length.getAsLong() <= WORTH_DRAINING) {
                response.handler(null);
                response.resume();
            } else {
                response.request().reset();
            }
        });
    }

    @Override
    public OptionalLong length() {
        return length;
    }
}
