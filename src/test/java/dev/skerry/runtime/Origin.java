package dev.skerry.runtime;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/** A real HTTP server on the loopback that workers fetch from. Thread-safe. */
final class Origin implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicInteger mostWaiting = new AtomicInteger();
    final AtomicLong streamed = new AtomicLong();
    final CountDownLatch disconnected = new CountDownLatch(1);
    private final Queue<HttpServerResponse> held = new ConcurrentLinkedQueue<>();

    Origin(HttpServerOptions options) {
        server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                .requestHandler(this::answer)
                .connectionHandler(connection -> connections.incrementAndGet());
        try {
            server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        switch (request.path()) {
            case "/echo" ->
                request.body()
                        .onSuccess(body -> response.putHeader(
                                        "x-method", request.method().name())
                                .putHeader("set-cookie", (Iterable<String>) java.util.List.of("a=1", "b=2"))
                                .end(echo(request, body)));
            case "/mirror" -> {
                response.setChunked(true);
                request.pipeTo(response);
            }
            case "/redirect" ->
                response.setStatusCode(Integer.parseInt(request.getParam("status")))
                        .putHeader("location", request.getParam("to"))
                        .end("moved");
            case "/gzip" -> response.putHeader("content-encoding", "gzip").end(gzip("compressed ".repeat(10_000)));
            case "/not-gzip" -> response.putHeader("content-encoding", "gzip").end("plain");
            case "/cut" -> {
                response.putHeader("content-length", "100").write("half");
                request.connection().close();
            }
            case "/close" -> request.connection().close();
            case "/never" -> request.connection().closeHandler(closed -> disconnected.countDown());
            case "/hold" -> hold(response);
            case "/endless" -> {
                response.setChunked(true);
                response.closeHandler(closed -> disconnected.countDown());
                pour(response);
            }
            case "/first" -> response.setChunked(true).write("first");
            default -> response.setStatusCode(404).end("no " + request.path());
        }
    }

    private static String echo(HttpServerRequest request, Buffer body) {
        JsonObject headers = new JsonObject();
        request.headers()
                .forEach(header -> headers.put(header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue()));
        return new JsonObject()
                .put("method", request.method().name())
                .put("uri", request.uri())
                .put("version", request.version().name())
                .put("headers", headers)
                .put("body", body.toString())
                .encode();
    }

    /** Answers when no more come for a while: by then all that were let through wait. */
    private void hold(HttpServerResponse response) {
        mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
        held.add(response);
        int seen = waiting.get();
        vertx.setTimer(200, fired -> {
            if (waiting.get() == seen) {
                for (HttpServerResponse next = held.poll(); next != null; next = held.poll()) {
                    waiting.decrementAndGet();
                    next.end("held");
                }
            }
        });
    }

    private void pour(HttpServerResponse response) {
        while (!response.closed() && !response.writeQueueFull()) {
            streamed.addAndGet(16_384);
            response.write(Buffer.buffer(new byte[16_384]));
        }
        if (!response.closed()) {
            response.drainHandler(drained -> pour(response));
        }
    }

    private static Buffer gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    @Override
    public void close() {
        vertx.close();
    }
}
