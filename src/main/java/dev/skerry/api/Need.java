package dev.skerry.api;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Token;
import dev.skerry.model.Token.Scope;
import java.util.Locale;

/** What a call needs of the token that makes it. */
public sealed interface Need {
    /** That it is one: what the call tells, or changes, it checks itself. */
    record Anything() implements Need {}

    /** The scope in all environments: for what belongs to none. */
    record Everywhere(Scope scope) implements Need {}

    /** The scope in one environment. */
    record In(Scope scope, EnvironmentRef environment) implements Need {}

    /** The scope in all environments of a service, those of later too. */
    record InAllOf(Scope scope, ServiceName service) implements Need {}

    /** The scope in some environments of a service: which they are, the call checks itself. */
    record InSomeOf(Scope scope, ServiceName service) implements Need {}

    default boolean grantedTo(Token token) {
        return switch (this) {
            case Anything anything -> true;
            case Everywhere need -> token.allows(need.scope());
            case In need -> token.allows(need.scope(), need.environment());
            case InAllOf need -> token.allows(need.scope(), need.service());
            case InSomeOf need -> token.allowsPartOf(need.scope(), need.service());
        };
    }

    /** In words, after "may not". */
    default String words() {
        return switch (this) {
            case Anything anything -> "do anything";
            case Everywhere need -> word(need.scope()) + " everywhere";
            case In need -> word(need.scope()) + " in " + need.environment();
            case InAllOf need -> word(need.scope()) + " in all of " + need.service();
            case InSomeOf need -> word(need.scope()) + " in " + need.service();
        };
    }

    private static String word(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }
}
