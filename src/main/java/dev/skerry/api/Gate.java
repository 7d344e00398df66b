package dev.skerry.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.skerry.model.Origin;
import dev.skerry.model.Token;
import dev.skerry.registry.Registry;
import dev.skerry.registry.Tokens;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets in who has a token, only to this server's account, and only to what the token is for. Thread-safe. */
@ApplicationScoped
class Gate {
    private static final String SCHEME = "bearer ";
    private static final int ADDRESSES = 10_000;
    private static final int ROOT_SEGMENTS = 2;

    /** As whom the administrator's token acts. */
    private static final Token ADMINISTRATOR =
            new Token("admin", "admin", Token.Scope.ADMIN, "*", Instant.EPOCH, Optional.empty());

    private final AdminToken admin;
    private final Tokens tokens;
    private final Needs needs;
    private final Caller caller;
    private final Registry registry;
    private final int mostFailures;
    // An address's wrong tokens, by digest: a client that repeats one wrong token guesses nothing.
    private final Cache<String, Set<String>> failures;

    @Inject
    Gate(AdminToken admin, Tokens tokens, WorkerNames names, Caller caller, Registry registry, ApiConfig config) {
        this.admin = admin;
        this.tokens = tokens;
        this.needs = new Needs(names::resolve);
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
        String text = text(context)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.AUTHENTICATION,
                        "Authentication error: no token; send the header 'Authorization: Bearer TOKEN'"));
        Token token = known(text).orElseThrow(() -> {
            remember(address, text);
            return new ApiException(
                    ErrorCode.AUTHENTICATION, "Authentication error: the token is not one of this server's");
        });
        // Only who has its text hears this.
        if (token.expired(Instant.now())) {
            throw new ApiException(
                    ErrorCode.AUTHENTICATION,
                    "Authentication error: the token '" + token.name() + "' has expired"
                            + token.expiresAt().map(at -> " on " + at).orElse("")
                            + "; an administrator makes a new one: skerry token create");
        }
        caller.is(new Origin(source(context), token.name()), token);
        checkAccount(context);
        caller.require(needs.of(context.getMethod(), segments(context)));
    }

    private Optional<Token> known(String text) {
        return admin.matches(text) ? Optional.of(ADMINISTRATOR) : tokens.find(text);
    }

    /** The path behind {@code /client/v4}, decoded. A slash within a name divides it here, and no name of a service or environment has one. */
    private static List<String> segments(ContainerRequestContext context) {
        return Arrays.stream(context.getUriInfo().getPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .skip(ROOT_SEGMENTS)
                .toList();
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

    private static Optional<String> text(ContainerRequestContext context) {
        String header = context.getHeaderString("Authorization");
        return header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? Optional.empty()
                : Optional.of(header.substring(SCHEME.length()).strip());
    }

    /** Through what the change came, as versions and deployments tell it. */
    private static String source(ContainerRequestContext context) {
        String agent = context.getHeaderString("User-Agent");
        if (agent == null) {
            return "api";
        }
        return agent.startsWith("wrangler/")
                ? "wrangler"
                : agent.startsWith("skerry-dash") ? "dash" : agent.startsWith("skerry-import") ? "import" : "api";
    }
}
