package dev.skerry.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers bodies that are announced as too large in the API's own form, before Quarkus would in none. What the client sends is read and thrown away first,
 * since a client that still writes does not look for an answer; of much too much, nothing. Thread-safe.
 */
@Singleton
final class BodyLimit {
    /** Before the limit of Quarkus. */
    private static final int PRIORITY = 100;
    /** How many times the limit is read in vain. */
    private static final long PATIENCE = 8;

    private final long limit;
    private final ObjectMapper mapper;

    @Inject
    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, ObjectMapper mapper) {
        this.limit = limit.asLongValue();
        this.mapper = mapper;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !request.path().startsWith("/client/v4") || size(length) <= limit) {
            context.next();
        } else if (size(length) > limit * PATIENCE) {
            refuse(context);
        } else {
            request.handler(thrownAway -> {}).endHandler(end -> refuse(context));
            request.resume();
        }
    }

    private static long size(String length) {
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void refuse(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (context.request().version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        try {
            response.setStatusCode(ErrorCode.BODY_TOO_LARGE.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(mapper.writeValueAsString(Envelope.failure(
                            ErrorCode.BODY_TOO_LARGE,
                            "The body is larger than " + limit + " bytes (quarkus.http.limits.max-body-size)")));
        } catch (JsonProcessingException e) {
            context.fail(e);
        }
    }
}
