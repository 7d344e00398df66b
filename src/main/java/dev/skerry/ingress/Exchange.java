package dev.skerry.ingress;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.SocketEnd;
import dev.skerry.model.Outcome;
import dev.skerry.registry.LiveEnvironment;
import dev.skerry.runtime.EventHandler;
import dev.skerry.runtime.PostedEvent;
import dev.skerry.webapi.websocket.Bridge;
import dev.skerry.webapi.websocket.MessageLimit;
import dev.skerry.webapi.websocket.Share;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its response. What the runtime calls from its threads is carried over to the connection's event loop. */
final class Exchange implements EventHandler {
    private static final CharSequence SEC_WEBSOCKET_ACCEPT = HttpHeaders.createOptimized("sec-websocket-accept");
    private static final CharSequence SEC_WEBSOCKET_PROTOCOL = HttpHeaders.createOptimized("sec-websocket-protocol");
    private static final CharSequence SEC_WEBSOCKET_EXTENSIONS =
            HttpHeaders.createOptimized("sec-websocket-extensions");

    private static final long LINGER_MILLIS = 2_000;
    static final String CLIENT_LEFT = "The client closed the connection";

    private final Context context;
    private final HttpServerRequest request;
    private final boolean dev;
    private volatile boolean passThrough;
    private final Duration silence;
    private final ContentCoding coding;
    private volatile @Nullable SocketEnd upgraded;
    private volatile boolean left;
    // Confined to the event loop.
    private boolean responded;
    private boolean cut;
    private @Nullable PostedEvent posted;
    private @Nullable MessageLimit messages;
    private @Nullable Share compressed;
    private @Nullable Upstream upstream;
    private @Nullable LiveEnvironment environment;
    private boolean bodyKept = true;
    private @Nullable Buffer body;

    /**
     * @param dev whether the client is told what a worker threw
     * @param silence how long a WebSocket may be silent
     */
    Exchange(Context context, HttpServerRequest request, boolean dev, Duration silence, ContentCoding coding) {
        this.context = context;
        this.request = request;
        this.dev = dev;
        this.silence = silence;
        this.coding = coding;
    }

    Context context() {
        return context;
    }

    HttpServerRequest request() {
        return request;
    }

    ContentCoding coding() {
        return coding;
    }

    boolean asksForWebSocket() {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    /** The event is on its way to the worker, which is told when the client goes away. On the event loop. */
    void sent(PostedEvent event) {
        posted = event;
        HttpServerResponse response = request.response();
        if (!response.ended()) {
            response.closeHandler(closed -> disconnect());
        }
    }

    /** The connection ended while the client sent its body. The worker hears of that before it hears that the body is lost. On the event loop. */
    void lost() {
        if (cut) {
            return;
        }
        left = true;
        if (!responded) {
            disconnect();
        }
    }

    private void disconnect() {
        // The worker hears of a WebSocket's end by its close event.
        if (posted != null && upgraded == null) {
            posted.disconnect(CLIENT_LEFT);
        }
    }

    @Override
    public Optional<String> gone() {
        return left ? Optional.of(CLIENT_LEFT) : Optional.empty();
    }

    /** How large messages may be, and whether they may be compressed, should this become a WebSocket. On the event loop. */
    void limit(MessageLimit most, Share mayBeCompressed) {
        messages = most;
        compressed = mayBeCompressed;
    }

    /** Whether the client was told something already. On the event loop. */
    boolean answered() {
        return responded;
    }

    /** Where the request may go on, should its worker fail. On the event loop. */
    void mayGoOn(Upstream to, LiveEnvironment from) {
        upstream = to;
        environment = from;
    }

    /** What the request's body was; null when it is not kept, and the request cannot go on. On the event loop. */
    void keep(@Nullable Buffer whole) {
        bodyKept = whole != null;
        body = whole;
    }

    @Override
    public void passThrough() {
        passThrough = true;
    }

    /** Sends the request on to where its environment says, if it says; whether it did. On the event loop. */
    private boolean goOn(Outcome outcome) {
        boolean failed = outcome instanceof Outcome.Threw || outcome instanceof Outcome.Exceeded;
        if (!passThrough || !failed || upstream == null || environment == null || !bodyKept) {
            return false;
        }
        Optional<String> to = upstream.of(environment, request);
        if (to.isPresent()) {
            responded = true;
            upstream.forward(this, to.get(), body == null ? Buffer.buffer() : body);
        }
        return to.isPresent();
    }

    /** Answers without a worker. On the event loop. */
    void refuse(int status, String sentence) {
        refuse(ErrorAnswer.of(status, sentence));
    }

    private void refuse(ErrorAnswer answer) {
        responded = true;
        request.resume();
        HttpServerResponse response = request.response();
        if (!response.ended() && !response.closed()) {
            String type = answer.contentType(request.getHeader(HttpHeaders.ACCEPT));
            response.setStatusCode(answer.status()).putHeader(HttpHeaders.CONTENT_TYPE, type);
            if ((answer.status() == 413 || answer.status() == 408) && request.version() != HttpVersion.HTTP_2) {
                response.putHeader(HttpHeaders.CONNECTION, "close");
            }
            response.end(answer.body(type));
        }
    }

    /** Answers a client that goes on sending, or would, and ends the connection; one that has an answer sees that alone. On the event loop. */
    void cut(int status, String sentence) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        if (!responded) {
            cut = true;
            refuse(status, sentence);
            if (request.version() != HttpVersion.HTTP_2) {
                // Not at once: a client that is still sending would lose the answer.
                context.owner()
                        .setTimer(LINGER_MILLIS, late -> request.connection().close());
            }
        } else {
            breakOff();
        }
    }

    /** The client must see that the answer which it has a part of is not whole. On the event loop. */
    void breakOff() {
        cut = true;
        if (request.version() == HttpVersion.HTTP_2) {
            // An end without an error would pass for that of the body.
            request.response().reset(Http2Error.INTERNAL_ERROR.code());
        } else {
            request.connection().close();
        }
    }

    /** Sends the client elsewhere for now, with the same method and body. On the event loop. */
    void redirect(String location) {
        request.response().putHeader(HttpHeaders.LOCATION, location);
        refuse(307, "This worker is at " + location);
    }

    @Override
    public void respond(int status, String statusText, String headers, Body body) {
        context.runOnContext(on -> {
            if (responded) {
                // The client was told something else meanwhile.
                ResponseWriter.discard(body, "The client has had its answer");
                return;
            }
            responded = true;
            ResponseWriter.write(this, status, statusText, headers, body);
        });
    }

    @Override
    public void upgrade(String headers, SocketEnd socket) {
        boolean asked = asksForWebSocket();
        if (asked) {
            upgraded = socket;
        }
        context.runOnContext(on -> {
            responded = true;
            if (request.response().closed()) {
                socket.lose(1001, CLIENT_LEFT);
            } else if (asked) {
                upgrade(request.response().headers(), headers, socket);
            } else {
                socket.lose(1011, EventHandler.NOT_ASKED);
                refuse(500, EventHandler.NOT_ASKED);
            }
        });
    }

    /** The handshake takes the first subprotocol that the client asked for, so that becomes the one that the worker chose. */
    private void upgrade(MultiMap answer, String headers, SocketEnd socket) {
        try {
            ResponseWriter.copy(headers, answer, false);
        } catch (GuestError e) {
            answer.clear();
            socket.lose(1011, e.message());
            refuse(500, e.message());
            return;
        }
        String protocol = answer.get(SEC_WEBSOCKET_PROTOCOL);
        answer.remove(SEC_WEBSOCKET_PROTOCOL);
        answer.remove(SEC_WEBSOCKET_ACCEPT);
        answer.remove(SEC_WEBSOCKET_EXTENSIONS);
        MessageLimit limit = Objects.requireNonNull(messages);
        Frames agreed = Frames.agree(
                limit.mostFrame(), request.getHeader(SEC_WEBSOCKET_EXTENSIONS), Objects.requireNonNull(compressed));
        String extensions = agreed.answer();
        if (extensions != null) {
            answer.set(SEC_WEBSOCKET_EXTENSIONS, extensions);
        }
        if (protocol == null) {
            request.headers().remove(SEC_WEBSOCKET_PROTOCOL);
        } else {
            request.headers().set(SEC_WEBSOCKET_PROTOCOL, protocol);
        }
        HeaderTime.forget(request.connection());
        request.toWebSocket()
                .onSuccess(opened -> {
                    Bridge bridge = Bridge.carry(context, opened, socket, limit, silence);
                    agreed.install(request.connection(), bridge::tooBig);
                })
                .onFailure(e -> {
                    agreed.drop();
                    socket.lose(1001, "The client's request is no handshake of a WebSocket");
                });
    }

    @Override
    public void end(Outcome outcome) {
        if (outcome instanceof Outcome.Ok) {
            return;
        }
        SocketEnd open = upgraded;
        if (open != null) {
            // At once, before the worker's end is let go of without a reason.
            open.lose(outcome instanceof Outcome.Canceled ? 1001 : 1011, "The worker ended: " + outcome.wireName());
            return;
        }
        context.runOnContext(on -> {
            if (!responded && !goOn(outcome)) {
                refuse(ErrorAnswer.of(outcome, dev));
            }
        });
    }
}
