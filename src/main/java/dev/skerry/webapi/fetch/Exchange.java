package dev.skerry.webapi.fetch;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.HeaderLines;
import dev.skerry.binding.Operation;
import dev.skerry.webapi.Arriving;
import dev.skerry.webapi.Room;
import dev.skerry.webapi.compression.Coded;
import dev.skerry.webapi.egress.EgressConfig;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One request and its response. Begun and aborted from any thread; all state is touched on its event loop alone. */
final class Exchange {
    /** Headers that are the connection's, or follow from the URL and the body. */
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Reset Content, of which an answer should have none; where one has, it is dropped. */
    private static final int NO_BODY = 205;

    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    private static final CharSequence RANGE = HttpHeaders.createOptimized("range");

    private final Egress egress;
    private final EgressConfig config;
    private final Context context;
    private final Target target;
    private final HttpMethod method;
    private final String headers;
    private final Body body;
    private final boolean wire;
    private final Operation operation;
    private final Runnable answered;
    private boolean done;
    private boolean again;
    /** Whether no worker and no client said which codings are wanted. */
    private boolean unasked;

    private @Nullable Idle waiting;
    private @Nullable HttpClientRequest request;
    private @Nullable Arriving response;

    /**
     * @param headers in the form of {@link HeaderLines}
     * @param wire whether the body of the response is read as it came, in whatever coding
     * @param operation ends with a {@link Fetched}
     * @param answered run once, when the headers are there or will not come
     */
    Exchange(
            Egress egress,
            EgressConfig config,
            Context context,
            Target target,
            String method,
            String headers,
            Body body,
            boolean wire,
            Operation operation,
            Runnable answered) {
        this.egress = egress;
        this.config = config;
        this.context = context;
        this.target = target;
        this.method = HttpMethod.valueOf(method);
        this.headers = headers;
        this.body = body;
        this.wire = wire;
        this.operation = operation;
        this.answered = answered;
    }

    int id() {
        return operation.id();
    }

    void start() {
        context.runOnContext(on -> {
            if (!done) {
                egress.connect(target, method).onComplete(connected -> {
                    if (connected.failed()) {
                        fail(connected.cause());
                    } else {
                        send(connected.result());
                    }
                });
            }
        });
    }

    /** Gives up: the response if there is none yet, else what is left of its body. */
    void abort(GuestError error) {
        context.runOnContext(on -> {
            Arriving arriving = response;
            if (!done) {
                fail(error);
            } else if (arriving != null && arriving.abort(error)) {
                reset();
            }
        });
    }

    private void fail(Throwable failure) {
        if (done) {
            return;
        }
        end();
        if (body instanceof Body.Streamed(ByteSource source)) {
            source.cancel("The request failed.");
        }
        reset();
        operation.reject(
                failure instanceof GuestError error
                        ? error
                        : GuestError.type(
                                "Network connection lost: " + target + " closed the connection before it answered."));
    }

    private void reset() {
        HttpClientRequest sent = request;
        if (sent != null) {
            sent.reset();
        }
    }

    private void end() {
        done = true;
        Idle timer = waiting;
        if (timer != null) {
            timer.stop();
        }
        answered.run();
    }

    /**
     * The connection went before there was an answer: one that the server closed as it rested, perhaps. What may be sent twice is, once more on another
     * (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2">RFC 9110</a>).
     */
    private void lost(HttpClientRequest connected, Throwable failure) {
        if (connected != request) {
            return;
        }
        boolean gone = failure instanceof HttpClosedException || failure instanceof IOException;
        if (done || again || !gone || !IDEMPOTENT.contains(method) || body instanceof Body.Streamed) {
            fail(failure);
            return;
        }
        again = true;
        request = null;
        Idle timer = waiting;
        if (timer != null) {
            timer.stop();
        }
        start();
    }

    private void send(HttpClientRequest connected) {
        if (done) {
            connected.reset();
            return;
        }
        request = connected;
        Idle timer = new Idle(
                context,
                config.headers(),
                () -> fail(GuestError.type("fetch() failed: " + target + " sent no headers within "
                        + config.headers().toMillis() + " ms (skerry.egress.headers).")));
        waiting = timer;
        connected.exceptionHandler(failure -> lost(connected, failure));
        connected.response().onComplete(answer -> {
            if (answer.failed()) {
                lost(connected, answer.cause());
            } else {
                accept(answer.result());
            }
        });
        try {
            HeaderLines.forEach(headers, (name, value) -> {
                if (!OURS.contains(name)) {
                    connected.headers().add(name, value);
                }
            });
        } catch (GuestError e) {
            fail(e);
            return;
        }
        if (!wire && !connected.headers().contains(HttpHeaders.ACCEPT_ENCODING)) {
            unasked = true;
            // A part of what is coded cannot be read.
            connected.putHeader(HttpHeaders.ACCEPT_ENCODING, connected.headers().contains(RANGE) ? "identity" : "gzip");
        }
        switch (body) {
            case Body.Empty empty -> {
                if (method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT)) {
                    connected.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
                }
                connected.end();
            }
            case Body.Text(String text) -> connected.end(Buffer.buffer(text));
            case Body.Bytes bytes -> connected.end(BufferImpl.buffer(Unpooled.wrappedBuffer(bytes.bytes())));
            case Body.Streamed(ByteSource source) -> {
                if (source.length().isPresent()) {
                    connected.putHeader(
                            HttpHeaders.CONTENT_LENGTH,
                            Long.toString(source.length().getAsLong()));
                } else {
                    connected.setChunked(true);
                }
                pump(connected, source, timer);
            }
        }
    }

    /** Writes as fast as the server reads. */
    private void pump(HttpClientRequest connected, ByteSource source, Idle timer) {
        source.read()
                .whenComplete((chunk, failure) -> context.runOnContext(on -> {
                    timer.touch();
                    if (failure != null) {
                        fail(
                                failure instanceof CompletionException && failure.getCause() != null
                                        ? failure.getCause()
                                        : failure);
                        // Also after the response: the server must see that the body is not whole.
                        connected.reset();
                    } else if (chunk.isEmpty()) {
                        connected.end();
                    } else {
                        connected
                                .write(BufferImpl.buffer(Unpooled.wrappedBuffer(chunk.get())))
                                .onFailure(e -> source.cancel("The server wants no more."));
                        if (connected.writeQueueFull()) {
                            Room.whenThereIs(connected, () -> pump(connected, source, timer));
                        } else {
                            pump(connected, source, timer);
                        }
                    }
                }));
    }

    private void accept(HttpClientResponse answer) {
        if (done) {
            answer.request().reset();
            return;
        }
        end();
        boolean bare = method.equals(HttpMethod.HEAD) || answer.statusCode() == 204 || answer.statusCode() == 304;
        OptionalLong length = length(answer.getHeader(HttpHeaders.CONTENT_LENGTH));
        Body content = Body.EMPTY;
        if (!bare) {
            Arriving arriving = ResponseBody.of(context, answer, length, config.idle());
            response = arriving;
            if (answer.statusCode() == NO_BODY) {
                arriving.cancel("A response of this status has no body");
            } else {
                content = new Body.Streamed(wire ? arriving : coded(answer, arriving));
            }
        }
        String reason = answer.version() == HttpVersion.HTTP_2 ? "" : answer.statusMessage();
        operation.resolve(new Fetched(answer.statusCode(), reason, headers(answer), content));
    }

    /** A body that is in a coding stays so until somebody reads it. */
    private ByteSource coded(HttpClientResponse answer, ByteSource body) {
        String codings = String.join(", ", answer.headers().getAll(HttpHeaders.CONTENT_ENCODING));
        return Coded.named(codings)
                .<ByteSource>map(coding -> Coded.of(
                        body,
                        coding,
                        unasked ? Coded.Clients.ACCEPTING : Coded.Clients.NOT_REFUSING,
                        Math.toIntExact(config.packed().bytes()),
                        "skerry.egress.packed"))
                .orElse(body);
    }

    private static OptionalLong length(@Nullable String header) {
        try {
            return header == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(header));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static String headers(HttpClientResponse answer) {
        StringBuilder lines = new StringBuilder(512);
        for (Map.Entry<String, String> header : answer.headers()) {
            String name = header.getKey();
            if (!name.startsWith(":")) {
                HeaderLines.append(lines, name, header.getValue().replace('\n', ' '));
            }
        }
        return lines.toString();
    }
}
