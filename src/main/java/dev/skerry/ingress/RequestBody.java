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
    private long received;
    private @Nullable Arriving body;

    private RequestBody(HttpServerRequest request, ByteSize most, Runnable tooLarge) {
        this.request = request;
        this.most = most;
        this.tooLarge = tooLarge;
    }

    /**
     * A request's body. Called on the event loop, with the request paused or not yet read.
     *
     * @param length negative if unknown
     * @param most what is taken
     * @param tooLarge tells the client that sends more, and ends the connection
     */
    static Arriving of(Context context, HttpServerRequest request, long length, ByteSize most, Runnable tooLarge) {
        RequestBody connection = new RequestBody(request, most, tooLarge);
        Arriving body =
                new Arriving(context, request, length < 0 ? OptionalLong.empty() : OptionalLong.of(length), connection);
        connection.body = body;
        request.connection().closeHandler(closed -> body.end(new IOException("The client closed the connection")));
        return body;
    }

    @Override
    public boolean heard(int bytes) {
        boolean before = received <= most.bytes();
        received += bytes;
        if (before && received > most.bytes()) {
            tooLarge.run();
            Arriving arriving = body;
            if (arriving != null) {
                arriving.abort(GuestError.error(
                        "The body of the request is larger than " + most + " (" + LimitKey.BODY + ")."));
            }
        }
        return received <= most.bytes();
    }

    /** What still comes is read and dropped, so that the connection can serve the next request. */
    @Override
    public void unwanted() {
        request.handler(null);
        request.resume();
    }
}
