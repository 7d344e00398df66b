package dev.skerry.ingress;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.HeaderLines;
import dev.skerry.webapi.Room;
import dev.skerry.webapi.compression.Coded;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes a worker's response to its client, as fast as that reads. Stateless; on the connection's event loop. */
final class ResponseWriter {
    private ResponseWriter() {}

    /** @param headers in the form of {@link HeaderLines} */
    static void write(Exchange exchange, int status, String statusText, String headers, Body body) {
        HttpServerResponse response = exchange.request().response();
        if (response.closed()) {
            discard(body, Exchange.CLIENT_LEFT);
            return;
        }
        if (exchange.asksForWebSocket()) {
            exchange.request().resume();
        }
        response.setStatusCode(status);
        // A status with words of its own is no 304 to Vert.x, which then gives it the length of its body, none.
        if (!statusText.isEmpty() && !statusText.equals(response.getStatusMessage())) {
            response.setStatusMessage(statusText);
        }
        boolean head = exchange.request().method().equals(HttpMethod.HEAD);
        String coding;
        try {
            coding = copy(headers, response.headers(), head);
        } catch (GuestError e) {
            discard(body, e.message());
            response.headers().clear();
            exchange.refuse(500, e.message());
            return;
        }
        Body sent = coding == null ? body : coded(exchange, coding, body);
        switch (sent) {
            case Body.Empty empty -> response.end();
            case Body.Text text -> end(response, Buffer.buffer(text.text()), head);
            case Body.Bytes bytes -> end(response, BufferImpl.buffer(Unpooled.wrappedBuffer(bytes.bytes())), head);
            case Body.Streamed streamed -> stream(exchange, response, streamed.source(), head);
        }
    }

    private static Body coded(Exchange exchange, String coding, Body body) {
        HttpServerRequest request = exchange.request();
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        return exchange.coding().apply(coding, accepted, request.response().headers(), body);
    }

    /** Nobody will read the body. */
    static void discard(Body body, String reason) {
        if (body instanceof Body.Streamed streamed) {
            streamed.source().cancel(reason);
        }
    }

    private static void end(HttpServerResponse response, Buffer body, boolean head) {
        if (head) {
            response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            response.end();
        } else {
            response.end(body);
        }
    }

    /**
     * Headers of the connection are ours; the length is the worker's to say only where no body is sent.
     *
     * @return the content coding, if one is named
     * @throws GuestError as {@link HeaderLines#forEach}
     */
    static @Nullable String copy(String lines, MultiMap target, boolean head) {
        HeaderLines.forEach(lines, (name, value) -> {
            switch (name) {
                case "connection", "transfer-encoding", "keep-alive", "upgrade", "proxy-connection" -> {}
                case "content-length" -> {
                    if (head) {
                        target.set(name, value);
                    }
                }
                default -> target.add(name, value);
            }
        });
        return target.contains(HttpHeaders.CONTENT_ENCODING)
                ? String.join(", ", target.getAll(HttpHeaders.CONTENT_ENCODING))
                : null;
    }

    private static void stream(Exchange exchange, HttpServerResponse response, ByteSource source, boolean head) {
        OptionalLong length = source.length();
        if (length.isPresent()) {
            response.headers().set(HttpHeaders.CONTENT_LENGTH, Long.toString(length.getAsLong()));
        } else if (!head) {
            response.setChunked(true);
        } else if (source instanceof Coded) {
            // The worker speaks of what is coded, and this is what it stands for.
            response.headers().remove(HttpHeaders.CONTENT_LENGTH);
        }
        if (head) {
            source.cancel("A HEAD request has no body");
            response.end();
            return;
        }
        response.exceptionHandler(e -> source.cancel(Exchange.CLIENT_LEFT));
        response.closeHandler(closed -> source.cancel(Exchange.CLIENT_LEFT));
        pump(exchange, response, source);
    }

    private static void pump(Exchange exchange, HttpServerResponse response, ByteSource source) {
        source.read()
                .whenComplete((chunk, failure) -> exchange.context().runOnContext(on -> {
                    if (response.closed() || response.ended()) {
                        source.cancel(Exchange.CLIENT_LEFT);
                    } else if (failure != null) {
                        exchange.breakOff();
                    } else if (chunk.isEmpty()) {
                        response.end();
                    } else {
                        if (chunk.get().hasRemaining()) {
                            response.write(BufferImpl.buffer(Unpooled.wrappedBuffer(chunk.get())));
                        }
                        if (response.writeQueueFull()) {
                            Room.whenThereIs(response, () -> pump(exchange, response, source));
                        } else {
                            pump(exchange, response, source);
                        }
                    }
                }));
    }
}
