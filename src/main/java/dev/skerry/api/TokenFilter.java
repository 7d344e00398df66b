package dev.skerry.api;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Puts the {@link Gate} before all calls of the API but the upload of static files, which has a token of its own. It is made before the configuration is known, the gate when it is first needed. */
final class TokenFilter {
    private static final String UPLOADS = "/client/v4/accounts/[^/]+/workers/assets/upload";

    private final Gate gate;

    @Inject
    TokenFilter(Gate gate) {
        this.gate = gate;
    }

    @ServerRequestFilter
    @Priority(Priorities.AUTHENTICATION)
    public void check(ContainerRequestContext context, HttpServerRequest request) {
        String path = context.getUriInfo().getPath();
        // The path is decoded: what else is spelled like the upload is asked for by other methods.
        boolean upload = context.getMethod().equals(HttpMethod.POST) && path.matches(UPLOADS);
        if (path.startsWith("/client/v4") && !upload) {
            gate.check(context, request);
        }
    }
}
