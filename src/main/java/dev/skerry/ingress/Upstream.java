package dev.skerry.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.registry.LiveEnvironment;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Where a request goes on when its worker failed after {@code passThroughOnException()}: the {@code upstream} of the environment, else the server's. It goes as it
 * came, with its Host header, and a Via of ours, by which a request that comes round again is known. Thread-safe; each request stays on its event loop.
 */
final class Upstream {
    /** The environment's setting: a JSON text. */
    private static final String SETTING = "upstream";

    private static final String VIA = "via";
    private static final String OURS = "1.1 skerry";

    /** Of a connection, not of a request (RFC 9110, section 7.6.1). */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client;
    private final IngressConfig config;

    Upstream(Vertx vertx, IngressConfig config) {
        this.config = config;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setIdleTimeout(Math.toIntExact(config.idle().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
    }

    /** Where the requests of an environment go on, such as {@code http://127.0.0.1:8080}; empty when nowhere, or when this one was there already. */
    Optional<String> of(LiveEnvironment environment, HttpServerRequest request) {
        if (request.headers().getAll(VIA).stream().anyMatch(via -> via.contains(OURS))) {
            return Optional.empty();
        }
        return Optional.ofNullable(environment.environment().settings().get(SETTING))
                .flatMap(Upstream::text)
                .or(config::upstream);
    }

    private static Optional<String> text(String json) {
        try {
            return Optional.of(MAPPER.readTree(json).asText());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Sends the request on and its answer back. On the request's event loop. */
    void forward(Exchange exchange, String upstream, Buffer body) {
        HttpServerRequest request = exchange.request();
        try {
            client.request(options(request, upstream))
                    .compose(sent -> sent.send(body))
                    .onSuccess(response -> answer(exchange, response))
                    .onFailure(e -> refuse(exchange, e));
        } catch (RuntimeException e) {
            // What the configuration names is no address.
            refuse(exchange, e);
        }
    }

    private static void refuse(Exchange exchange, Throwable why) {
        exchange.refuse(502, "The worker threw an exception, and its upstream does not answer: " + why.getMessage());
    }

    private static RequestOptions options(HttpServerRequest request, String upstream) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setAbsoluteURI(upstream.replaceFirst("/+$", "") + request.uri());
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_THE_CONNECTION.contains(name) && !name.startsWith(":")) {
                options.addHeader(header.getKey(), header.getValue());
            }
        }
        if (request.getHeader(HttpHeaders.HOST) == null && request.authority() != null) {
            options.addHeader(HttpHeaders.HOST, request.authority().toString());
        }
        return options.addHeader(VIA, OURS);
    }

    private static void answer(Exchange exchange, HttpClientResponse from) {
        HttpServerResponse response = exchange.request().response();
        if (response.ended() || response.closed()) {
            from.request().reset();
            return;
        }
        response.setStatusCode(from.statusCode()).setStatusMessage(from.statusMessage());
        for (Map.Entry<String, String> header : from.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_THE_CONNECTION.contains(name)) {
                response.headers().add(header.getKey(), header.getValue());
            }
        }
        String length = from.getHeader("content-length");
        if (length == null) {
            response.setChunked(true);
        } else {
            response.putHeader("content-length", length);
        }
        from.pipe().endOnFailure(false).to(response).onFailure(e -> exchange.breakOff());
    }
}
