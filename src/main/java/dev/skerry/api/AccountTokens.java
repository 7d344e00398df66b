package dev.skerry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.model.Token;
import dev.skerry.registry.Tokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The keys to this API: made, listed, revoked. For administrators. */
@Path("/client/v4")
@Singleton
@Consumes(MediaType.WILDCARD)
public final class AccountTokens {
    private static final String PATH = "/accounts/{account}/tokens";

    private final Tokens tokens;
    private final Caller caller;

    @Inject
    AccountTokens(Tokens tokens, Caller caller) {
        this.tokens = tokens;
        this.caller = caller;
    }

    /**
     * What a token is to be.
     *
     * @param name who acts with it, as histories tell
     * @param scope {@code read}, {@code deploy} or {@code admin}; each includes those before it
     * @param pattern which environments it is for: {@code *}, {@code SERVICE} or {@code SERVICE/ENVIRONMENT}, with {@code *} for any characters; without, all
     * @param expiresOn the moment from which it opens nothing, such as 2026-01-31T12:00:00Z; without, never
     */
    public record NewToken(
            @Nullable String name,
            @Nullable String scope,
            @Nullable String pattern,
            @JsonProperty("expires_on") @Nullable Instant expiresOn) {}

    /**
     * A token.
     *
     * @param status {@code active} or {@code expired}
     * @param value its text, told when it is made and never again
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record TokenItem(
            String id,
            String name,
            String scope,
            String pattern,
            String status,
            Instant issuedOn,
            @Nullable Instant expiresOn,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String value) {
        static TokenItem of(Token token, @Nullable String value) {
            return new TokenItem(
                    token.id(),
                    token.name(),
                    token.scope().name().toLowerCase(Locale.ROOT),
                    token.pattern(),
                    token.expired(Instant.now()) ? "expired" : "active",
                    token.createdAt(),
                    token.expiresAt().orElse(null),
                    value);
        }

        /** Without the value: records are printed. */
        @Override
        public String toString() {
            return "TokenItem[id=" + id + ", name=" + name + "]";
        }
    }

    /** All, expired ones too, by name. */
    @GET
    @Path(PATH)
    public Envelope<List<TokenItem>> list() {
        return Envelope.of(
                tokens.list().stream().map(token -> TokenItem.of(token, null)).toList());
    }

    @POST
    @Path(PATH)
    public RestResponse<Envelope<TokenItem>> create(NewToken body) {
        if (body.name() == null) {
            throw new ApiException(ErrorCode.INVALID, "The body has no 'name', a string");
        }
        if (body.expiresOn() != null && !body.expiresOn().isAfter(Instant.now())) {
            throw new ApiException(ErrorCode.INVALID, "'expires_on' has passed already: " + body.expiresOn());
        }
        Tokens.Created created = tokens.create(
                body.name(),
                scope(body.scope()),
                body.pattern() == null ? "*" : body.pattern(),
                Optional.ofNullable(body.expiresOn()),
                caller.origin());
        return RestResponse.status(
                RestResponse.Status.CREATED, Envelope.of(TokenItem.of(created.token(), created.text())));
    }

    /** From when this is answered the token opens nothing. */
    @DELETE
    @Path(PATH + "/{token}")
    public Envelope<TokenItem> revoke(@PathParam("token") String id) {
        return Envelope.of(TokenItem.of(tokens.revoke(id, caller.origin()), null));
    }

    private static Token.Scope scope(@Nullable String name) {
        return Arrays.stream(Token.Scope.values())
                .filter(scope -> scope.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        ErrorCode.INVALID, "A token's 'scope' is read, deploy or admin, not '" + name + "'"));
    }
}
