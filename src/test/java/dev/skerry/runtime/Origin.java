package dev.skerry.runtime;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** A real HTTP server on the loopback that workers fetch from. Thread-safe. */
final class Origin implements AutoCloseable {
    /** Zeros, in br. */
    private static final String TWO_HUNDRED_MEGABYTES =
            "y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v0f////4J8AiMMCAN37P/7//8E/ARCHBQC693/8//+DfwIgDgsAdO//+P//B/8EQBwW"
                    + "AOje//H//w/+CYA4LADQvf/j//8f/BMAcVgAoHv/x///P/gnAOKwAED3/o///3/wTwDEYQGA7v0f////4J8AiMMCAN37P/7//8E/"
                    + "ARCHBQC693/8//+DfwIgDgsAdO//+P//B/8EQBwWAOje//H//w/+CYA4LADQvf/j//8f/BMAcVgAoHv/x///P/gnAOKwAED3/o//"
                    + "/3/wTwDEYQGA7v0f////4J8AiMMCAN37P/7//8E/ARCHBQC693/8//+DfwIgDgsAdO//+P//B/8EQBwWAOje//H//w/+CYA4LADQ"
                    + "vf/j//8f/BMAcVgAoHv/l///f/gnAOKwAED3/g8=";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicInteger mostWaiting = new AtomicInteger();
    final AtomicLong streamed = new AtomicLong();
    final Queue<String> closes = new ConcurrentLinkedQueue<>();
    final CountDownLatch disconnected = new CountDownLatch(1);
    private final Queue<HttpServerResponse> held = new ConcurrentLinkedQueue<>();

    Origin(HttpServerOptions options) {
        server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                .requestHandler(this::answer)
                .connectionHandler(connection -> connections.incrementAndGet());
        try {
            server.listen().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
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
            case "/large-gzip" ->
                response.putHeader("content-encoding", "gzip")
                        .end(gzip(new Random(1)
                                .longs(60_000)
                                .mapToObj(Long::toString)
                                .collect(Collectors.joining("\n"))));
            case "/br" -> response.putHeader("content-encoding", "br").end(base64("W6+tgV9yrO2tOjmsAoiH2/lVGgA="));
            case "/br-bomb" -> response.putHeader("content-encoding", "br").end(base64(TWO_HUNDRED_MEGABYTES));
            case "/zstd" -> response.putHeader("content-encoding", "zstd").end(zstd("compressed ".repeat(10_000)));
            case "/not-br" -> response.putHeader("content-encoding", "br").end("plain");
            case "/not-gzip" -> response.putHeader("content-encoding", "gzip").end("plain");
            case "/cut" -> {
                response.putHeader("content-length", "100").write("half");
                request.connection().close();
            }
            case "/chunks" -> {
                response.setStatusCode(302).putHeader("location", "/echo").setChunked(true);
                response.write("moved");
                response.end();
            }
            case "/every-other" -> {
                if (asked.incrementAndGet() % 2 == 1) {
                    request.connection().close();
                } else {
                    response.end("answered");
                }
            }
            case "/close" -> request.connection().close();
            case "/never" -> request.connection().closeHandler(closed -> disconnected.countDown());
            case "/hold" -> hold(response, Integer.parseInt(request.getParam("of")));
            case "/endless" -> {
                response.setChunked(true);
                response.closeHandler(closed -> disconnected.countDown());
                pour(response);
            }
            case "/socket" -> request.toWebSocket().onSuccess(this::talk);
            case "/deflating" -> deflate(request, "; server_no_context_takeover");
            case "/remembering" -> deflate(request, "");
            case "/204", "/304" ->
                response.setStatusCode(Integer.parseInt(request.path().substring(1)))
                        .end();
            case "/205" -> response.setStatusCode(205).end("not for you");
            case "/first" -> response.setChunked(true).write("first");
            default -> response.setStatusCode(404).end("no " + request.path());
        }
    }

    /** A WebSocket whose messages are compressed; Vert.x has that for all of a server, and not where Quarkus has run before. */
    private void deflate(HttpServerRequest request, String parameters) {
        PerMessageDeflateServerExtensionHandshaker handshaker =
                new PerMessageDeflateServerExtensionHandshaker(6, false, 15, true, true, 1_000_000);
        WebSocketServerExtension deflate =
                WebSocketExtensionUtil.extractExtensions(request.getHeader("sec-websocket-extensions")).stream()
                        .filter(offer ->
                                offer.parameters().containsKey("server_no_context_takeover") != parameters.isEmpty())
                        .map(handshaker::handshakeExtension)
                        .findFirst()
                        .orElseThrow();
        request.response().putHeader("sec-websocket-extensions", "permessage-deflate" + parameters);
        request.toWebSocket().onSuccess(socket -> {
            ChannelPipeline pipeline =
                    ((WebSocketInternal) socket).channelHandlerContext().pipeline();
            WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                    .allowExtensions(true)
                    .maxFramePayloadLength(1_000_000)
                    .build();
            pipeline.replace("wsdecoder", "wsdecoder", new WebSocket13FrameDecoder(config));
            pipeline.addBefore("handler", "inflate", deflate.newExtensionDecoder());
            pipeline.addBefore("handler", "deflate", deflate.newExtensionEncoder());
            talk(socket);
        });
    }

    /** Sends back what it gets, but for some words that it does as told. */
    private void talk(ServerWebSocket socket) {
        socket.closeHandler(closed -> {
            closes.add(socket.closeStatusCode() + " " + socket.closeReason());
            disconnected.countDown();
        });
        socket.pongHandler(pong -> socket.writeTextMessage("pong " + pong));
        socket.binaryMessageHandler(socket::writeBinaryMessage);
        socket.textMessageHandler(text -> {
            switch (text) {
                case "headers" ->
                    socket.writeTextMessage(socket.headers().get("host") + " "
                            + socket.headers().get("x-a"));
                case "ping" -> socket.writePing(Buffer.buffer("data"));
                case "zeros" -> socket.writeFinalBinaryFrame(Buffer.buffer(new byte[40_000]));
                case "big" -> socket.writeBinaryMessage(Buffer.buffer(new byte[300_000]));
                case "close" -> socket.close((short) 3001, "as told");
                case "drop" ->
                    ((WebSocketInternal) socket).channelHandlerContext().close();
                default -> socket.writeTextMessage(text);
            }
        });
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

    /** Answers when six wait and no more have come for a while, for no more should then; or when all have come that will. */
    private void hold(HttpServerResponse response, int all) {
        int seen = waiting.incrementAndGet();
        mostWaiting.accumulateAndGet(seen, Math::max);
        held.add(response);
        if (asked.incrementAndGet() == all) {
            letGo();
        } else if (seen >= 6) {
            vertx.setTimer(200, fired -> {
                if (waiting.get() == seen) {
                    letGo();
                }
            });
        }
    }

    private void letGo() {
        for (HttpServerResponse next = held.poll(); next != null; next = held.poll()) {
            waiting.decrementAndGet();
            next.end("held");
        }
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

    private static Buffer base64(String text) {
        return Buffer.buffer(Base64.getDecoder().decode(text));
    }

    private static Buffer zstd(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(bytes)) {
            zstd.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
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
