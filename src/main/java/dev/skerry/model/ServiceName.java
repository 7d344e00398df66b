package dev.skerry.model;

import java.util.regex.Pattern;

/** A service's name, which is also a label of its hostname (RFC 1123): lower-case letters, digits and hyphens, at most 63. Underscores are taken too, as Cloudflare takes them. */
public record ServiceName(String value) implements Comparable<ServiceName> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9_])?");

    public ServiceName {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value
                            + "' is not a name for a service: use 1 to 63 lower-case letters, digits, hyphens and underscores, beginning with a letter or digit");
        }
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
