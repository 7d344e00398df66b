package dev.skerry.webapi.fetch;

import dev.skerry.binding.GuestError;
import dev.skerry.webapi.Arriving;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The connection that a response's body comes over; given up when it rests too long. Confined to its event loop. */
final class ResponseBody implements Arriving.Connection {
    /** What of an unwanted body is read and dropped, so that its connection can serve the next request. */
    private static final long WORTH_DRAINING = 64 * 1024;

    private static final Duration DRAINING = Duration.ofMillis(200);

    private final Context context;
    private final HttpClientResponse response;
    private final OptionalLong length;
    private @Nullable Idle idle;
    private long drained;

    private ResponseBody(Context context, HttpClientResponse response, OptionalLong length) {
        this.context = context;
        this.response = response;
        this.length = length;
    }

    /** A response's body. Called on the event loop, before anything of it was delivered. */
    static Arriving of(Context context, HttpClientResponse response, OptionalLong length, Duration rest) {
        ResponseBody connection = new ResponseBody(context, response, length);
        Arriving body = new Arriving(context, response, length, connection);
        connection.idle = new Idle(context, rest, () -> {
            if (body.abort(GuestError.error(
                    "The body of a response rested for more than " + rest.toMillis() + " ms (skerry.egress.idle)."))) {
                response.request().reset();
            }
        });
        return body;
    }

    @Override
    public boolean heard(int bytes) {
        asked();
        return true;
    }

    @Override
    public void asked() {
        Idle timer = idle;
        if (timer != null) {
            timer.touch();
        }
    }

    @Override
    public void over() {
        Idle timer = idle;
        if (timer != null) {
            timer.stop();
        }
    }

    @Override
    public void unwanted() {
        if (length.isPresent() && length.getAsLong() > WORTH_DRAINING) {
            response.request().reset();
            return;
        }
        long late = context.owner()
                .setTimer(DRAINING.toMillis(), timer -> response.request().reset());
        response.endHandler(end -> context.owner().cancelTimer(late));
        response.handler(dropped -> {
            drained += dropped.length();
            if (drained > WORTH_DRAINING) {
                context.owner().cancelTimer(late);
                response.request().reset();
            }
        });
        response.resume();
    }

    @Override
    public Throwable seen(Throwable failure) {
        return GuestError.error("Network connection lost.");
    }
}
