package dev.skerry.registry;

import dev.skerry.model.Environment.Addresses;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.VersionId;
import dev.skerry.registry.RoutePattern.Hosts;
import dev.skerry.registry.RoutePattern.Scheme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which environment answers which host and path. Immutable; asked once a request, so it is hash look-ups and no more.
 *
 * <p>In order: routes; the hostnames made of names, {@code SERVICE.DOMAIN} (production) and {@code ENVIRONMENT.SERVICE.DOMAIN}; custom domains;
 * aliases and versions, {@code ALIAS-HOSTNAME} and {@code ID8-HOSTNAME} with a hostname made of names.
 */
public final class RoutingTable {
    private static final int ID8 = 8;

    private final String domain;
    private final Map<EnvironmentRef, LiveEnvironment> environments;
    // Isolates that run keep the names that their bindings were opened with.
    private final Map<EnvironmentRef, EnvironmentRef> renamed;
    private final Map<String, Route> hosts = new HashMap<>();
    private final Map<String, LiveEnvironment> previews = new HashMap<>();
    private final Map<String, List<Rule>> exact = new HashMap<>();
    private final Map<String, List<Rule>> below = new HashMap<>();

    private record Rule(RoutePattern pattern, Route.Live route) {}

    private RoutingTable(
            String domain,
            Map<EnvironmentRef, LiveEnvironment> environments,
            Map<EnvironmentRef, EnvironmentRef> renamed) {
        this.domain = domain;
        this.renamed = renamed;
        this.environments = environments;
        environments.values().forEach(this::addHostname);
        environments.values().forEach(this::addDomains);
        environments.values().forEach(this::addAliases);
        environments.values().forEach(this::addRoutes);
        environments.values().forEach(this::addFormer);
        exact.values().forEach(RoutingTable::sort);
        below.values().forEach(RoutingTable::sort);
    }

    /** A table of these environments. The domain is lower-case. */
    static RoutingTable of(String domain, Collection<LiveEnvironment> environments) {
        Map<EnvironmentRef, LiveEnvironment> byRef = HashMap.newHashMap(environments.size());
        environments.forEach(environment -> byRef.put(environment.ref(), environment));
        return new RoutingTable(domain, byRef, Map.of());
    }

    /**
     * The same, but for some environments.
     *
     * @param changes an empty value takes one out
     * @param moves former names to new ones
     */
    RoutingTable with(
            Map<EnvironmentRef, Optional<LiveEnvironment>> changes, Map<EnvironmentRef, EnvironmentRef> moves) {
        Map<EnvironmentRef, LiveEnvironment> next = new HashMap<>(environments);
        changes.forEach((ref, change) ->
                change.ifPresentOrElse(environment -> next.put(ref, environment), () -> next.remove(ref)));
        Map<EnvironmentRef, EnvironmentRef> names = new HashMap<>(renamed);
        moves.forEach((from, to) -> {
            names.replaceAll((former, present) -> present.equals(from) ? to : present);
            names.put(from, to);
        });
        // A name that somebody has again is theirs.
        names.keySet().removeIf(next::containsKey);
        names.values().removeIf(present -> !next.containsKey(present));
        return new RoutingTable(domain, next, names);
    }

    /** As {@link #match(boolean, String, String)}, for a request that came without TLS. */
    public Optional<Route> match(String host, String target) {
        return match(false, host, target);
    }

    /**
     * Who answers a request.
     *
     * @param secure whether it came over TLS
     * @param host as in the Host header: any case, with or without a port
     * @param target path and query, as in the request line
     */
    public Optional<Route> match(boolean secure, String host, String target) {
        String name = normalize(host);
        Route route = byRules(secure ? Scheme.HTTPS : Scheme.HTTP, name, target);
        if (route == null) {
            route = hosts.get(name);
        }
        if (route == null && name.length() > ID8 && name.charAt(ID8) == '-') {
            route = byVersion(name);
        }
        if (route instanceof Route.Moved moved && !Instant.now().isBefore(moved.until())) {
            route = null;
        }
        return Optional.ofNullable(route);
    }

    /** One environment, private ones too, by its name of now. */
    public Optional<LiveEnvironment> environment(EnvironmentRef ref) {
        return Optional.ofNullable(environments.get(ref));
    }

    /** As {@link #environment}, also by a name that it had since the server started: for the bindings of isolates that run. */
    public Optional<LiveEnvironment> target(EnvironmentRef ref) {
        LiveEnvironment found = environments.get(ref);
        return Optional.ofNullable(found != null ? found : environments.get(renamed.getOrDefault(ref, ref)));
    }

    /** All environments, in no order. */
    public Collection<LiveEnvironment> environments() {
        return environments.values();
    }

    /** The hostname made of an environment's names, whether or not it answers there. */
    public String hostname(EnvironmentRef ref) {
        return hostname(domain, ref);
    }

    static String hostname(String domain, EnvironmentRef ref) {
        return ref.environment().isProduction()
                ? ref.service() + "." + domain
                : ref.environment() + "." + ref.service() + "." + domain;
    }

    /** The address of one version: {@code ID8-HOSTNAME}. */
    public String previewHostname(EnvironmentRef ref, VersionId version) {
        return version.shortForm() + "-" + hostname(ref);
    }

    private void addHostname(LiveEnvironment environment) {
        String hostname = hostname(environment.ref());
        Addresses addresses = environment.environment().addresses();
        if (addresses.hostname()) {
            hosts.put(hostname, new Route.Live(environment));
        }
        if (addresses.previews()) {
            previews.put(hostname, environment);
        }
    }

    private void addDomains(LiveEnvironment environment) {
        for (String name : environment.environment().addresses().domains()) {
            hosts.putIfAbsent(name, new Route.Live(environment));
        }
    }

    private void addAliases(LiveEnvironment environment) {
        Addresses addresses = environment.environment().addresses();
        if (addresses.previews()) {
            addresses
                    .aliases()
                    .forEach((alias, version) -> hosts.putIfAbsent(
                            alias + "-" + hostname(environment.ref()),
                            new Route.Preview(environment, version.toString())));
        }
    }

    /** Last: whoever has the hostname now, by whatever right, comes first. */
    private void addFormer(LiveEnvironment environment) {
        String hostname = hostname(environment.ref());
        environment
                .environment()
                .addresses()
                .former()
                .forEach((former, until) -> hosts.putIfAbsent(former, new Route.Moved(environment, hostname, until)));
    }

    private void addRoutes(LiveEnvironment environment) {
        for (String text : environment.environment().addresses().routes()) {
            RoutePattern pattern = RoutePattern.parse(text);
            Rule rule = new Rule(pattern, new Route.Live(environment));
            if (pattern.hosts() != Hosts.BELOW) {
                exact.computeIfAbsent(pattern.host(), host -> new ArrayList<>()).add(rule);
            }
            if (pattern.hosts() != Hosts.EXACT) {
                below.computeIfAbsent(pattern.host(), host -> new ArrayList<>()).add(rule);
            }
        }
    }

    /** A whole host before {@code *host}, then by path. */
    private static void sort(List<Rule> rules) {
        rules.sort((a, b) -> {
            int byHost = a.pattern().hosts().compareTo(b.pattern().hosts());
            return byHost != 0 ? byHost : RoutePattern.BY_PATH.compare(a.pattern(), b.pattern());
        });
    }

    private @Nullable Route byRules(Scheme scheme, String host, String target) {
        Route found = exact.isEmpty() ? null : find(exact.get(host), scheme, target);
        if (below.isEmpty()) {
            return found;
        }
        for (int dot = host.indexOf('.'); found == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
            found = find(below.get(host.substring(dot + 1)), scheme, target);
        }
        return found;
    }

    private static @Nullable Route find(@Nullable List<Rule> rules, Scheme scheme, String target) {
        if (rules != null) {
            for (Rule rule : rules) {
                if (rule.pattern().matches(scheme, target)) {
                    return rule.route();
                }
            }
        }
        return null;
    }

    private @Nullable Route byVersion(String host) {
        for (int i = 0; i < ID8; i++) {
            if (Character.digit(host.charAt(i), 16) < 0) {
                return null;
            }
        }
        LiveEnvironment environment = previews.get(host.substring(ID8 + 1));
        return environment == null ? null : new Route.Preview(environment, host.substring(0, ID8));
    }

    /** Lower-case, without port and the root's dot. Returns the same string where there is nothing to do, which is the rule. */
    private static String normalize(String host) {
        int end = host.length();
        int colon = host.lastIndexOf(':');
        if (colon >= 0 && host.indexOf(']', colon) < 0) {
            end = colon;
        }
        if (end > 0 && host.charAt(end - 1) == '.') {
            end--;
        }
        return host.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
