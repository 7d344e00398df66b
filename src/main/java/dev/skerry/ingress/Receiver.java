package dev.skerry.ingress;

import dev.skerry.binding.Body;
import dev.skerry.model.ByteSize;
import dev.skerry.model.LimitKey;
import dev.skerry.model.Version;
import dev.skerry.registry.Registry;
import dev.skerry.registry.Route;
import dev.skerry.runtime.FetchEvent;
import dev.skerry.runtime.WorkerRuntime;
import dev.skerry.webapi.Arriving;
import dev.skerry.webapi.websocket.MessageLimit;
import dev.skerry.webapi.websocket.Share;
import dev.skerry.webapi.websocket.WebSocketConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Takes requests to the workers they are for. Stateless but for what it asks; each call on its connection's event loop. */
final class Receiver {
    private static final CharSequence VERSION_KEY = HttpHeaders.createOptimized("cloudflare-workers-version-key");
    private static final CharSequence VERSION_OVERRIDES =
            HttpHeaders.createOptimized("cloudflare-workers-version-overrides");
    private static final String CLIENT_ADDRESS = "cf-connecting-ip";

    private final Vertx vertx;
    private final IngressConfig config;
    private final boolean dev;
    private final Registry registry;
    private final WorkerRuntime runtime;
    private final Upstream upstream;
    private final WebSocketConfig sockets;
    private final Share compressed;
    private final ContentCoding coding;

    Receiver(
            Vertx vertx,
            IngressConfig config,
            DevConfig dev,
            WebSocketConfig sockets,
            Registry registry,
            WorkerRuntime runtime) {
        this.vertx = vertx;
        this.config = config;
        this.dev = dev.dev();
        this.sockets = sockets;
        this.compressed = new Share(config.deflate());
        this.coding = new ContentCoding(new Share(config.gzip()));
        this.registry = registry;
        this.runtime = runtime;
        this.upstream = new Upstream(vertx, config);
    }

    void receive(HttpServerRequest request) {
        Exchange exchange = new Exchange(vertx.getOrCreateContext(), request, dev, config.idle(), coding);
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null) {
            host = request.authority() == null ? "" : request.authority().toString();
        }
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            // RFC 9112, 3.2: whoever stands before us may have taken another one for the right one.
            exchange.refuse(400, "A request has one Host header, and this one has several");
            return;
        }
        Optional<Route> route = registry.routes().match(request.isSSL(), host, request.uri());
        if (route.isEmpty()) {
            exchange.refuse(404, "No worker answers at " + host);
            return;
        }
        switch (route.get()) {
            case Route.Live live ->
                deliver(
                        exchange,
                        host,
                        live.environment()
                                .choose(
                                        request.getHeader(VERSION_KEY),
                                        request.getHeader(VERSION_OVERRIDES),
                                        ThreadLocalRandom.current()),
                        live);
            case Route.Moved moved -> {
                int port = host.lastIndexOf(':');
                exchange.redirect((request.isSSL() ? "https://" : "http://")
                        + moved.hostname()
                        + (port < 0 ? "" : host.substring(port))
                        + request.uri());
            }
            case Route.Preview preview -> {
                String authority = host;
                request.pause();
                vertx.executeBlocking(() -> registry.preview(preview), false)
                        .onSuccess(version -> deliver(exchange, authority, version, preview))
                        .onFailure(e -> exchange.refuse(500, "The version could not be read"));
            }
        }
    }

    private void deliver(Exchange exchange, String host, Optional<Version> version, Route route) {
        if (version.isEmpty()) {
            exchange.refuse(404, "Nothing is deployed in " + route.environment().ref());
            return;
        }
        exchange.mayGoOn(upstream, route.environment());
        HttpServerRequest request = exchange.request();
        String url = (request.isSSL() ? "https://" : "http://") + host + request.uri();
        String headers = headers(request);
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null && !hasBody(request)) {
            if (exchange.asksForWebSocket()) {
                Version limited = version.get();
                exchange.limit(
                        MessageLimit.of(
                                sockets,
                                limited.spec().limits(),
                                (limit, detail) -> runtime.reached(limited, limit, detail)),
                        compressed);
                // Read only when the worker has answered: what follows is no HTTP then.
                request.pause();
            } else {
                request.resume();
            }
            send(version.get(), request, url, headers, Body.EMPTY, exchange);
            return;
        }
        long size = length == null ? -1 : size(length);
        ByteSize most = runtime.mostBody(version.get());
        if (size > most.bytes()) {
            tooLarge(exchange, version.get(), most);
        } else if (size == 0) {
            request.resume();
            send(version.get(), request, url, headers, Body.EMPTY, exchange);
        } else if (size > 0 && size <= config.collect().bytes()) {
            long late = vertx.setTimer(
                    Math.max(1, config.bodyTime().toMillis()),
                    timer -> exchange.cut(
                            408,
                            "The body of the request did not arrive within "
                                    + config.bodyTime().toMillis() + " ms (skerry.ingress.body-time)"));
            request.body().onComplete(collected -> vertx.cancelTimer(late)).onSuccess(body -> {
                if (!exchange.answered()) {
                    exchange.keep(body);
                    Body whole = new Body.Bytes(ByteBuffer.wrap(body.getBytes()));
                    send(version.get(), request, url, headers, whole, exchange);
                }
            });
            request.resume();
        } else {
            exchange.keep(null);
            Arriving body = RequestBody.of(
                    exchange.context(),
                    request,
                    size,
                    most,
                    () -> tooLarge(exchange, version.get(), most),
                    exchange::lost);
            send(version.get(), request, url, headers, new Body.Streamed(body), exchange);
        }
    }

    private void tooLarge(Exchange exchange, Version version, ByteSize most) {
        String detail = "The body of the request is larger than " + most + " (" + LimitKey.BODY + ")";
        runtime.reached(version, LimitKey.BODY, detail + ".");
        exchange.cut(413, detail);
    }

    private static boolean hasBody(HttpServerRequest request) {
        return switch (request.version()) {
            case HTTP_1_0, HTTP_1_1 -> false;
            case HTTP_2 -> !request.isEnded();
        };
    }

    private static long size(String length) {
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void send(
            Version version, HttpServerRequest request, String url, String headers, Body body, Exchange exchange) {
        exchange.sent(runtime.fetch(version, FetchEvent.of(request.method().name(), url, headers, body), exchange));
    }

    /** All headers as the worker sees them: the client's address is ours to say, whatever the client says. */
    private static String headers(HttpServerRequest request) {
        StringBuilder lines = new StringBuilder(256);
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!name.equals(CLIENT_ADDRESS) && !name.startsWith(":")) {
                lines.append('\n').append(name).append(':').append(header.getValue());
            }
        }
        SocketAddress client = request.remoteAddress();
        if (client != null && client.hostAddress() != null) {
            lines.append('\n').append(CLIENT_ADDRESS).append(':').append(client.hostAddress());
        }
        return lines.toString();
    }
}
