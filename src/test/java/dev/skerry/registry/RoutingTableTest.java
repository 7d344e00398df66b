package dev.skerry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.model.Environment;
import dev.skerry.model.Environment.Addresses;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.RefusedException;
import dev.skerry.model.VersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {
    private static final VersionId VERSION = VersionId.parse("89abcdef-0000-4000-8000-000000000000");

    @ParameterizedTest
    @CsvSource({
        "shop.localhost, shop/production",
        "SHOP.LocalHost:8787, shop/production",
        "shop.localhost., shop/production",
        "staging.shop.localhost:80, shop/staging",
        "www.example.com, shop/production",
        "next-shop.localhost, shop/production 89abcdef-0000-4000-8000-000000000000",
        "01234567-shop.localhost, shop/production 01234567",
        "0123ABCD-staging.shop.localhost:1, shop/staging 0123abcd",
        "new-staging.shop.localhost, shop/staging 89abcdef-0000-4000-8000-000000000000",
        "deadbeef-shop2.localhost, deadbeef-shop2/production",
        "auth.localhost, none",
        "01234567-auth.localhost, none",
        "0123456g-shop.localhost, none",
        "01234567-nobody.localhost, none",
        "production.shop.localhost, none",
        "other.shop.localhost, none",
        "shop.example.org, none",
        "localhost, none",
        "[::1]:8787, none",
        "'', none",
        ":, none"
    })
    void hostsFindTheirEnvironment(String host, String expected) {
        RoutingTable table = RoutingTable.of(
                "localhost",
                List.of(
                        live(
                                "shop/production",
                                new Addresses(
                                        true,
                                        true,
                                        List.of(),
                                        List.of("www.example.com"),
                                        Map.of("next", VERSION),
                                        Map.of())),
                        live(
                                "shop/staging",
                                new Addresses(true, true, List.of(), List.of(), Map.of("new", VERSION), Map.of())),
                        live(
                                "deadbeef-shop2/production",
                                new Addresses(true, true, List.of(), List.of(), Map.of(), Map.of())),
                        live(
                                "auth/production",
                                new Addresses(false, false, List.of(), List.of(), Map.of(), Map.of()))));
        assertThat(table.match(host, "/").map(RoutingTableTest::text).orElse("none"))
                .isEqualTo(expected);
        assertThat(table.environment(EnvironmentRef.of("auth", "production"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        // What the documentation of Cloudflare's routes says of precedence and wildcards.
        "www.example.com, /x, *.example.com/* www.example.com/*, 1",
        "example.com, /hello/you, example.com/* example.com/hello/*, 1",
        "example.com, /hello, example.com/* example.com/hello/*, 0",
        "example.com, /, *example.com/* *.example.com/*, 0",
        "a.b.example.com, /, *.example.com/* *.b.example.com/*, 1",
        "a.example.com, /, *.example.com/*, 0",
        "example.com, /, *.example.com/*, none",
        "fooexample.com, /, *example.com/*, none",
        "example.com, /path2/x, example.com/path*, 0",
        "example.com, /pat, example.com/path*, none",
        "example.com, /, example.com, 0",
        "example.com, /x, example.com, none",
        "example.com, /?q=1, example.com/, none",
        "example.com, /?q=1, example.com/*, 0",
        "example.com, /Path, example.com/path, none",
        "EXAMPLE.com:8787, /path, example.com/path, 0",
        "example.com, /path, example.com/path* example.com/path, 1",
        "example.com, /path, https://example.com/path, none",
        "example.com, /path, https://example.com/path http://example.com/* example.com/*, 1",
        "example.com, /a, *example.com/a* example.com/*, 1"
    })
    void routesMatchAndPrecedeAsCloudflaresDo(String host, String target, String patterns, String expected) {
        List<String> list = Arrays.asList(patterns.split(" "));
        List<LiveEnvironment> environments = new ArrayList<>();
        for (String pattern : list) {
            environments.add(live("s" + list.indexOf(pattern) + "/production", routes(pattern)));
        }
        RoutingTable table = RoutingTable.of("localhost", environments);
        assertThat(table.match(host, target)
                        .map(route ->
                                route.environment().ref().service().value().substring(1))
                        .orElse("none"))
                .isEqualTo(expected);
    }

    @Test
    void aSchemeInARouteNarrowsIt() {
        RoutingTable table =
                RoutingTable.of("localhost", List.of(live("a/production", routes("https://example.com/*"))));
        assertThat(table.match(true, "example.com", "/")).isPresent();
        assertThat(table.match(false, "example.com", "/")).isEmpty();
    }

    @Test
    void aRouteGoesBeforeAHostname() {
        RoutingTable table = RoutingTable.of(
                "localhost",
                List.of(live("a/production", routes("b.localhost/api*")), live("b/production", routes("x.y/*"))));
        assertThat(text(table.match("b.localhost", "/api/x").orElseThrow())).isEqualTo("a/production");
        assertThat(text(table.match("b.localhost", "/").orElseThrow())).isEqualTo("b/production");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exa*mple.com/",
                "example.com/a*b",
                "example.com/a?b",
                "example.com/#x",
                "*",
                "",
                "/path",
                "ftp://example.com/",
                "exam ple.com/",
                "example..com/",
                "-a.com/"
            })
    void whatIsNoRouteIsRefused(String text) {
        assertThatThrownBy(() -> RoutePattern.parse(text))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is not a route");
    }

    @Test
    void changesReplaceAndRemoveEnvironments() {
        RoutingTable table = RoutingTable.of("localhost", List.of(live("a/production", routes("old.example.com/*"))));
        RoutingTable next = table.with(
                Map.of(
                        EnvironmentRef.of("a", "production"),
                        Optional.of(live("a/production", routes("new.example.com/*"))),
                        EnvironmentRef.of("b", "production"),
                        Optional.of(live("b/production", routes("b.example.com/*")))),
                Map.of());
        assertThat(next.match("old.example.com", "/")).isEmpty();
        assertThat(next.match("new.example.com", "/")).isPresent();
        assertThat(table.match("old.example.com", "/")).isPresent();
        assertThat(next.with(Map.of(EnvironmentRef.of("b", "production"), Optional.empty()), Map.of())
                        .environments())
                .hasSize(1);
    }

    /** The table against the rules written down plainly, over random patterns and requests. */
    @Test
    void theTableAgreesWithAPlainSearch() {
        Random random = new Random(42);
        String[] hosts = {"a.com", "b.a.com", "c.b.a.com", "xa.com", "d.com"};
        String[] paths = {"/", "/p", "/pq", "/p/q", "/p/q/r", "/?x", "/p?x"};
        for (int round = 0; round < 2000; round++) {
            List<RoutePattern> patterns = new ArrayList<>();
            List<LiveEnvironment> environments = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                String text = new String[] {"", "", "http://", "https://"}[random.nextInt(4)]
                        + new String[] {"", "*", "*."}[random.nextInt(3)]
                        + hosts[random.nextInt(hosts.length)]
                        + new String[] {"/", "/p", "/p/q", "/p/"}[random.nextInt(4)]
                        + (random.nextBoolean() ? "*" : "");
                RoutePattern pattern = RoutePattern.parse(text);
                assertThat(RoutePattern.parse(pattern.toString())).isEqualTo(pattern);
                if (!patterns.contains(pattern)) {
                    environments.add(live("s" + patterns.size() + "/production", routes(text)));
                    patterns.add(pattern);
                }
            }
            RoutingTable table = RoutingTable.of("localhost", environments);
            for (String host : hosts) {
                for (String path : paths) {
                    boolean secure = random.nextBoolean();
                    assertThat(table.match(secure, host, path)
                                    .map(route ->
                                            route.environment().ref().service().value()))
                            .as("%s %s %s of %s", secure, host, path, patterns)
                            .isEqualTo(plainSearch(patterns, secure, host, path));
                }
            }
        }
    }

    private static Optional<String> plainSearch(List<RoutePattern> patterns, boolean secure, String host, String path) {
        return patterns.stream()
                .filter(pattern -> switch (pattern.hosts()) {
                    case EXACT -> host.equals(pattern.host());
                    case BELOW -> host.endsWith("." + pattern.host());
                    case AT_AND_BELOW -> host.equals(pattern.host()) || host.endsWith("." + pattern.host());
                })
                .filter(pattern -> pattern.matches(secure ? RoutePattern.Scheme.HTTPS : RoutePattern.Scheme.HTTP, path))
                .min(Comparator.comparing(
                                (RoutePattern pattern) -> -pattern.host().length())
                        .thenComparing(RoutePattern::hosts)
                        .thenComparing(RoutePattern.BY_PATH))
                .map(pattern -> "s" + patterns.indexOf(pattern));
    }

    private static Addresses routes(String pattern) {
        return new Addresses(true, false, List.of(pattern), List.of(), Map.of(), Map.of());
    }

    private static LiveEnvironment live(String name, Addresses addresses) {
        int slash = name.indexOf('/');
        return new LiveEnvironment(
                new Environment(
                        EnvironmentRef.of(name.substring(0, slash), name.substring(slash + 1)),
                        addresses,
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        Instant.EPOCH,
                        Instant.EPOCH),
                Map.of());
    }

    private static String text(Route route) {
        return switch (route) {
            case Route.Live(LiveEnvironment environment) -> environment.ref().toString();
            case Route.Preview(LiveEnvironment environment, String version) -> environment.ref() + " " + version;
            case Route.Moved moved -> "moved " + moved.hostname();
        };
    }
}
