package dev.skerry.api;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Origin;
import dev.skerry.model.Token;
import dev.skerry.model.Token.Scope;
import jakarta.enterprise.context.RequestScoped;
import java.util.Locale;
import java.util.Optional;

/** Who makes this call, once {@link Gate} knows, and what they may. Confined to the request. */
@RequestScoped
public class Caller {
    private Origin origin = new Origin("api", "nobody");
    private Optional<Token> token = Optional.empty();

    /** For changes of the registry. */
    public Origin origin() {
        return origin;
    }

    /** The token that it came with; the administrator's too is one. */
    public Token token() {
        return token.orElseThrow();
    }

    /** Whether the caller may do this there. */
    public boolean may(Scope scope, EnvironmentRef ref) {
        return may(new Need.In(scope, ref));
    }

    /** Whether it is granted to the caller. */
    public boolean may(Need need) {
        return token.filter(need::grantedTo).isPresent();
    }

    /** @throws ApiException when the caller may not do this there */
    public void require(Scope scope, EnvironmentRef ref) {
        require(new Need.In(scope, ref));
    }

    /** @throws ApiException when it is not granted to the caller */
    public void require(Need need) {
        if (!may(need)) {
            throw new ApiException(
                    ErrorCode.FORBIDDEN,
                    token.map(known -> "The token '" + known.name() + "' may "
                                            + known.scope().name().toLowerCase(Locale.ROOT) + " in '" + known.pattern()
                                            + "'")
                                    .orElse("Nobody may do this")
                            + "; it may not " + need.words()
                            + ". An administrator makes tokens: skerry token create");
        }
    }

    void is(Origin origin, Token token) {
        this.origin = origin;
        this.token = Optional.of(token);
    }
}
