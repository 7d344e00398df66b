package dev.skerry.model;

import java.util.regex.Pattern;

/** An environment's name within its service, also a label of its hostname: as {@link ServiceName}. */
public record EnvironmentName(String value) implements Comparable<EnvironmentName> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9_])?");

    /** The environment that every service has. */
    public static final EnvironmentName PRODUCTION = new EnvironmentName("production");

    public EnvironmentName {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value
                            + "' is not a name for an environment: use 1 to 63 lower-case letters, digits, hyphens and underscores, beginning with a letter or digit");
        }
    }

    public boolean isProduction() {
        return equals(PRODUCTION);
    }

    @Override
    public int compareTo(EnvironmentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
