package dev.skerry.registry;

import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A route such as {@code example.com/shop*}, as Cloudflare reads it. Immutable.
 *
 * <p>A scheme in front ({@code https://}) narrows it to that scheme. A host that begins with {@code *.} stands for all hosts below, one that begins with
 * {@code *} for those and the host itself. A path that ends with {@code *} stands for all that begin so; without, the path is the whole of it, and a
 * request with a query does not match. Of several that match the most specific wins: a whole host before a wildcard, the longer wildcard before the
 * shorter; then the longer path, a whole path before a wildcard, a scheme before none.
 *
 * @param hosts which hosts around {@code host} match
 * @param host lower-case, without port and wildcard
 * @param path begins with a slash, without the wildcard
 * @param prefix whether {@code path} stood before a {@code *}
 */
record RoutePattern(Optional<Scheme> scheme, Hosts hosts, String host, String path, boolean prefix) {
    /** The most specific first, among patterns whose host and {@link Hosts} are equal. */
    static final Comparator<RoutePattern> BY_PATH = Comparator.comparing(
                    (RoutePattern pattern) -> -pattern.path.length())
            .thenComparing(RoutePattern::prefix)
            .thenComparing(pattern -> pattern.scheme.isEmpty());

    private static final Pattern HOST =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    enum Scheme {
        HTTP,
        HTTPS
    }

    enum Hosts {
        EXACT,
        /** {@code *.host} */
        BELOW,
        /** {@code *host} */
        AT_AND_BELOW
    }

    /** @throws RefusedException when the text is no pattern */
    static RoutePattern parse(String text) {
        Optional<Scheme> scheme = Optional.empty();
        String rest = text;
        for (Scheme candidate : Scheme.values()) {
            String prefix = candidate.name().toLowerCase(Locale.ROOT) + "://";
            if (text.regionMatches(true, 0, prefix, 0, prefix.length())) {
                scheme = Optional.of(candidate);
                rest = text.substring(prefix.length());
            }
        }
        int slash = rest.indexOf('/');
        String host = (slash < 0 ? rest : rest.substring(0, slash)).toLowerCase(Locale.ROOT);
        String path = slash < 0 ? "/" : rest.substring(slash);
        Hosts hosts = Hosts.EXACT;
        if (host.startsWith("*.")) {
            hosts = Hosts.BELOW;
            host = host.substring(2);
        } else if (host.startsWith("*")) {
            hosts = Hosts.AT_AND_BELOW;
            host = host.substring(1);
        }
        boolean prefix = path.endsWith("*");
        if (prefix) {
            path = path.substring(0, path.length() - 1);
        }
        if (!isHost(host)) {
            throw invalid(text, "its host is not a hostname; a * may stand at its beginning alone");
        }
        if (path.indexOf('*') >= 0) {
            throw invalid(text, "a * may stand at the end of its path alone");
        }
        if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw invalid(text, "a pattern has no query; end the path with * to match any");
        }
        return new RoutePattern(scheme, hosts, host, path, prefix);
    }

    static boolean isHost(String text) {
        return text.length() <= 253 && HOST.matcher(text).matches();
    }

    /** Whether scheme and path match; the host is known to. */
    boolean matches(Scheme requested, String target) {
        return (prefix ? target.startsWith(path) : target.equals(path))
                && (scheme.isEmpty() || scheme.get() == requested);
    }

    /** The pattern in its one spelling. */
    @Override
    public String toString() {
        return scheme.map(s -> s.name().toLowerCase(Locale.ROOT) + "://").orElse("")
                + switch (hosts) {
                    case EXACT -> "";
                    case BELOW -> "*.";
                    case AT_AND_BELOW -> "*";
                }
                + host
                + path
                + (prefix ? "*" : "");
    }

    private static RefusedException invalid(String text, String why) {
        return new RefusedException(Reason.INVALID, "'" + text + "' is not a route: " + why);
    }
}
