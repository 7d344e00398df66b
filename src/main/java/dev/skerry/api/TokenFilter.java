package dev.skerry.api;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Puts the {@link Gate} before all calls of the API. It is made before the configuration is known, the gate when it is first needed. */
final class TokenFilter {
    private final Gate gate;

    @Inject
    TokenFilter(Gate gate) {
        this.gate = gate;
    }

    @ServerRequestFilter
    @Priority(Priorities.AUTHENTICATION)
    public void check(ContainerRequestContext context, HttpServerRequest request) {
        if (context.getUriInfo().getPath().startsWith("/client/v4")) {
            gate.check(context, request);
        }
    }
}
