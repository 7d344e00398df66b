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
        return allowsPartOf(wanted, ref.service())
                && matches(environmentPattern(), ref.environment().value());
    }

    /** Whether it may do this with the service as a whole: with each of its environments, those of later too. */
    public boolean allows(Scope wanted, ServiceName service) {
        return allowsPartOf(wanted, service) && environmentPattern().matches("\\*+");
    }

    /** Whether it may do this with some environments of the service, which need not be there. */
    public boolean allowsPartOf(Scope wanted, ServiceName service) {
        int slash = pattern.indexOf('/');
        return scope.compareTo(wanted) >= 0
                && matches(slash < 0 ? pattern : pattern.substring(0, slash), service.value());
    }

    public boolean expired(Instant now) {
        return expiresAt.map(end -> !now.isBefore(end)).orElse(false);
    }

    private String environmentPattern() {
        int slash = pattern.indexOf('/');
        return slash < 0 ? "*" : pattern.substring(slash + 1);
    }

    /** In a time that many stars do not multiply: what is between them is found as early as it can be. */
    private static boolean matches(String glob, String name) {
        String[] parts = glob.split("\\*", -1);
        String last = parts[parts.length - 1];
        if (parts.length == 1) {
            return name.equals(last);
        }
        if (!name.startsWith(parts[0])) {
            return false;
        }
        int position = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = name.indexOf(parts[i], position);
            if (found < 0) {
                return false;
            }
            position = found + parts[i].length();
        }
        return name.length() - last.length() >= position && name.endsWith(last);
    }
}
