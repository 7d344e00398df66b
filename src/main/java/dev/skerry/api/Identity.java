package dev.skerry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the caller is: what {@code wrangler whoami} asks. There is one account, the server. */
@Path("/client/v4")
@Singleton
public final class Identity {
    private static final String ACCOUNT_NAME = "Skerry";
    private static final int PER_PAGE = 20;

    private final Registry registry;
    private final Caller caller;

    @Inject
    Identity(Registry registry, Caller caller) {
        this.registry = registry;
        this.caller = caller;
    }

    /** @param expiresOn null for never */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Token(String id, String status, @Nullable Instant expiresOn) {}

    public record User(String id, String email) {}

    public record Account(String id, String name) {}

    public record Membership(String id, Account account, List<String> roles) {}

    @GET
    @Path("/user/tokens/verify")
    public Envelope<Token> verify() {
        return Envelope.of(new Token(
                caller.token().id(), "active", caller.token().expiresAt().orElse(null)));
    }

    @GET
    @Path("/user")
    public Envelope<User> user() {
        String name = caller.origin().author();
        return Envelope.of(new User(name, email(name)));
    }

    @GET
    @Path("/accounts")
    public Envelope<List<Account>> accounts(@QueryParam("page") @DefaultValue("1") int page) {
        return Envelope.page(List.of(account()), page, PER_PAGE);
    }

    @GET
    @Path("/accounts/{account}")
    public Envelope<Account> account(@PathParam("account") String id) {
        return Envelope.of(account());
    }

    @GET
    @Path("/memberships")
    public Envelope<List<Membership>> memberships(@QueryParam("page") @DefaultValue("1") int page) {
        return Envelope.page(
                List.of(new Membership(registry.accountId(), account(), List.of("Administrator"))), page, PER_PAGE);
    }

    /** People are tokens' names here; clients want an address. */
    static String email(String author) {
        return author.indexOf('@') >= 0 ? author : author + "@skerry";
    }

    private Account account() {
        return new Account(registry.accountId(), ACCOUNT_NAME);
    }
}
