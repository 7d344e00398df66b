package dev.skerry.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.skerry.model.Origin;
import dev.skerry.registry.Registry;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets in who has a token, and only to this server's account. Thread-safe. */
@ApplicationScoped
class Gate {
    private static final String SCHEME = "bearer ";
    private static final int ADDRESSES = 10_000;

    private final AdminToken admin;
    private final Caller caller;
    private final Registry registry;
    private final int mostFailures;
    // An address's wrong tokens, by digest: a client that repeats one wrong token guesses nothing.
    private final Cache<String, Set<String>> failures;

    @Inject
    Gate(AdminToken admin, Caller caller, Registry registry, ApiConfig config) {
        this.admin = admin;
        this.caller = caller;
        this.registry = registry;
        this.mostFailures = config.tuning().failures();
        this.failures = Caffeine.newBuilder()
                .maximumSize(ADDRESSES)
                .expireAfterWrite(config.tuning().failureWindow())
                .build();
    }

    /** @throws ApiException when the caller may not come in */
    void check(ContainerRequestContext context, HttpServerRequest request) {
        String address = request.remoteAddress() == null
                ? ""
                : String.valueOf(request.remoteAddress().hostAddress());
        Set<String> wrong = failures.getIfPresent(address);
        if (wrong != null && wrong.size() >= mostFailures) {
            throw new ApiException(
                    ErrorCode.TOO_MANY_FAILURES,
                    "Too many wrong tokens came from " + address
                            + "; try again in a minute (skerry.api.failure-window)");
        }
        String token = token(context)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.AUTHENTICATION,
                        "Authentication error: no token; send the header 'Authorization: Bearer TOKEN'"));
        if (!admin.matches(token)) {
            remember(address, token);
            throw new ApiException(
                    ErrorCode.AUTHENTICATION, "Authentication error: the token is not one of this server's");
        }
        caller.is(new Origin(source(context), "admin"));
        checkAccount(context);
    }

    private void checkAccount(ContainerRequestContext context) {
        String account = context.getUriInfo().getPathParameters().getFirst("account");
        if (account != null && !account.equals(registry.accountId())) {
            throw new ApiException(
                    ErrorCode.NO_ROUTE,
                    "There is no account '" + account + "' here; this server's is " + registry.accountId());
        }
    }

    private void remember(String address, String token) {
        Set<String> wrong = failures.get(address, key -> ConcurrentHashMap.newKeySet());
        if (wrong.size() < mostFailures) {
            wrong.add(HexFormat.of().formatHex(AdminToken.sha256(token)));
        }
    }

    private static Optional<String> token(ContainerRequestContext context) {
        String header = context.getHeaderString("Authorization");
        return header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? Optional.empty()
                : Optional.of(header.substring(SCHEME.length()).strip());
    }

    /** Through what the change came, as versions and deployments tell it. */
    private static String source(ContainerRequestContext context) {
        String agent = context.getHeaderString("User-Agent");
        return agent == null
                ? "api"
                : agent.startsWith("wrangler/") ? "wrangler" : agent.startsWith("skerry-dash") ? "dash" : "api";
    }
}
