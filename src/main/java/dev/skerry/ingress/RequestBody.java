package dev.skerry.ingress;

import dev.skerry.binding.GuestError;
import dev.skerry.model.ByteSize;
import dev.skerry.model.LimitKey;
import dev.skerry.webapi.Arriving;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The connection that a request's body comes over. Confined to its event loop. */
final class RequestBody implements Arriving.Connection {
    private final HttpServerRequest request;
    private final ByteSize most;
    private final Runnable tooLarge;
    private final Runnable lost;
    private long received;
    private @Nullable Arriving body;

    private RequestBody(HttpServerRequest request, ByteSize most, Runnable tooLarge, Runnable lost) {
        this.request = request;
        this.most = most;
        this.tooLarge = tooLarge;
        this.lost = lost;
    }

    /**
     * A request's body. Called on the event loop, with the request paused or not yet read.
     *
     * @param length negative if unknown
     * @param most what is taken
     * @param tooLarge tells the client that sends more, and ends the connection
     * @param lost hears that the connection ended before the body did, before the reader does
     */
    static Arriving of(
            Context context, HttpServerRequest request, long length, ByteSize most, Runnable tooLarge, Runnable lost) {
        RequestBody connection = new RequestBody(request, most, tooLarge, lost);
        Arriving body =
                new Arriving(context, request, length < 0 ? OptionalLong.empty() : OptionalLong.of(length), connection);
        connection.body = body;
        request.connection()
                .closeHandler(closed -> body.end(connection.seen(new IOException("The client closed the connection"))));
        return body;
    }

    @Override
    public boolean heard(int bytes) {
        boolean before = received <= most.bytes();
        received += bytes;
        if (before && received > most.bytes()) {
            Arriving arriving = body;
            if (arriving != null) {
                arriving.abort(GuestError.error(
                        "The body of the request is larger than " + most + " (" + LimitKey.BODY + ")."));
            }
            tooLarge.run();
        }
        return received <= most.bytes();
    }

    @Override
    public Throwable seen(Throwable failure) {
        Arriving arriving = body;
        if (arriving != null && !arriving.over()) {
            lost.run();
        }
        return failure;
    }

    /** What still comes is read and dropped, so that the connection can serve the next request. */
    @Override
    public void unwanted() {
        request.handler(null);
        request.resume();
    }
}
