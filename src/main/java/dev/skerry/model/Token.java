package dev.skerry.model;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key to the admin API, without its text. Immutable.
 *
 * @param name unique; the author of what is done with it
 * @param pattern which environments it is for: {@code SERVICE/ENVIRONMENT}, each a name or one with {@code *} for any characters; {@code *} alone is
 *     all, a service alone is all of its environments
 */
public record Token(
        String id, String name, Scope scope, String pattern, Instant createdAt, Optional<Instant> expiresAt) {
    private static final Pattern PATTERN = Pattern.compile("[a-z0-9_*-]{1,63}(/[a-z0-9_*-]{1,63})?");
    private static final int MAX_NAME = 100;

    /** What a token may do; each includes those before it. */
    public enum Scope {
        /** Ask for anything but secrets. */
        READ,
        /** Change the code, variables, secrets, bindings and addresses of environments. */
        DEPLOY,
        /** Anything, tokens and the audit log too. */
        ADMIN
    }

    public Token {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("A token's name has 1 to " + MAX_NAME + " characters");
        }
        if (!PATTERN.matcher(pattern).matches()) {
            throw new IllegalArgumentException(
                    "'" + pattern
                            + "' does not say which environments; write *, SERVICE or SERVICE/ENVIRONMENT, with * for any characters");
        }
    }

    /** Whether it may do this with what belongs to no environment. */
    public boolean allows(Scope wanted) {
        return scope.compareTo(wanted) >= 0 && pattern.matches("\\*(/\\*)?");
    }

    /** Whether it may do this with the environment. */
    public boolean allows(Scope wanted, EnvironmentRef ref) {
        int slash = pattern.indexOf('/');
        String service = slash < 0 ? pattern : pattern.substring(0, slash);
        String environment = slash < 0 ? "*" : pattern.substring(slash + 1);
        return scope.compareTo(wanted) >= 0
                && matches(service, ref.service().value())
                && matches(environment, ref.environment().value());
    }

    private static boolean matches(String glob, String name) {
        return name.matches(glob.replace("*", ".*"));
    }
}
