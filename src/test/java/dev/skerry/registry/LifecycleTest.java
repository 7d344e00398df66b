package dev.skerry.registry;

import static dev.skerry.registry.Specs.TESTER;
import static dev.skerry.registry.Specs.service;
import static dev.skerry.registry.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.model.AuditEntry;
import dev.skerry.model.AuditFilter;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.KvNamespace;
import dev.skerry.model.RefusedException;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LifecycleTest extends OpenRegistry {
    private static final ServiceName SHOP = new ServiceName("shop");
    private static final ServiceName AUTH = new ServiceName("auth");
    private static final EnvironmentRef PRODUCTION = EnvironmentRef.production(SHOP);
    private static final EnvironmentRef STAGING = EnvironmentRef.of("shop", "staging");
    private static final EnvironmentRef AUTH_TEST = EnvironmentRef.of("auth", "test");

    @Test
    void aCloneHasCodeVariablesSecretsAndBindingsButNoRoutes() {
        registry.createService(SHOP, TESTER);
        KvNamespace live = registry.change(TESTER, change -> change.createNamespace("live"));
        KvNamespace copy = registry.change(TESTER, change -> change.createNamespace("copy"));
        Binding secret = new Binding.Secret("TOKEN", "s3cret");
        Binding text = new Binding.PlainText("GREETING", "hello");
        registry.publishAndDeploy(
                PRODUCTION, spec("one", secret, text, new Binding.KvNamespace("KV", live.id())), TESTER, Map.of());
        registry.publish(PRODUCTION, spec("not deployed"), TESTER, Map.of());
        set(change -> {
            change.setRoutes(PRODUCTION, List.of("example.com/*"));
            change.setDomains(PRODUCTION, List.of("www.example.com"));
            change.setCrons(PRODUCTION, List.of("* * * * *"));
            change.setSetting(PRODUCTION, "tags", "[\"a\"]");
        });

        set(change -> change.cloneEnvironment(PRODUCTION, STAGING, Map.of(live.id(), copy.id())));

        assertThat(serving(STAGING).spec())
                .isEqualTo(spec("one", secret, text, new Binding.KvNamespace("KV", copy.id())));
        assertThat(serving(STAGING).number()).isEqualTo(1);
        assertThat(serving(STAGING).annotations()).containsEntry("skerry/cloned-from", "shop/production 1");
        assertThat(registry.environment(STAGING).orElseThrow()).satisfies(environment -> {
            assertThat(environment.addresses().routes()).isEmpty();
            assertThat(environment.addresses().domains()).isEmpty();
            assertThat(environment.crons()).isEmpty();
            assertThat(environment.settings()).containsExactly(Map.entry("tags", "[\"a\"]"));
        });
        assertThat(registry.routes().match("staging.shop.localhost", "/")).isPresent();
        reopen();
        assertThat(serving(STAGING).spec().binding("TOKEN")).contains(secret);
    }

    @Test
    void aServiceHasAHundredEnvironmentsEachAtItsHostname() {
        registry.createService(SHOP, TESTER);
        registry.publishAndDeploy(PRODUCTION, spec("one"), TESTER, Map.of());
        for (int i = 0; i < 100; i++) {
            EnvironmentRef target = EnvironmentRef.of("shop", "e" + i);
            set(change -> change.cloneEnvironment(PRODUCTION, target, Map.of()));
        }
        assertThat(registry.service(SHOP).orElseThrow().environments()).hasSize(101);
        for (int i = 0; i < 100; i++) {
            assertThat(registry.routes().match("e" + i + ".shop.localhost", "/"))
                    .get()
                    .extracting(route -> route.environment().shares().size())
                    .isEqualTo(1);
        }
    }

    @Test
    void aRenamedEnvironmentAnswersAtItsNewHostnameAndItsCallersFollow() {
        registry.createService(SHOP, TESTER);
        registry.createService(AUTH, TESTER);
        registry.createEnvironment(AUTH_TEST, TESTER);
        registry.publishAndDeploy(AUTH_TEST, spec("auth"), TESTER, Map.of());
        registry.publishAndDeploy(PRODUCTION, spec("x", service("AUTH", "auth", "test")), TESTER, Map.of());
        Version before = serving(AUTH_TEST);

        set(change -> change.renameEnvironment(AUTH_TEST, new EnvironmentName("qa"), Duration.ZERO));

        EnvironmentRef renamed = EnvironmentRef.of("auth", "qa");
        assertThat(registry.routes().match("qa.auth.localhost", "/")).isPresent();
        assertThat(registry.routes().match("test.auth.localhost", "/")).isEmpty();
        assertThat(registry.environment(AUTH_TEST)).isEmpty();
        assertThat(serving(renamed).id()).isEqualTo(before.id());
        assertThat(serving(renamed).environment()).isEqualTo(renamed);
        assertThat(serving(PRODUCTION).spec().bindings()).containsExactly(service("AUTH", "auth", "qa"));
        // An isolate that runs asks by the name of before.
        assertThat(registry.routes().target(AUTH_TEST).orElseThrow().ref()).isEqualTo(renamed);
        assertThat(registry.version(before.id()).orElseThrow().environment()).isEqualTo(renamed);
        reopen();
        assertThat(serving(PRODUCTION).spec().bindings()).containsExactly(service("AUTH", "auth", "qa"));
    }

    @Test
    void aFormerHostnameRedirectsUntilItsTimeIsOverOrSomebodyHasIt() {
        registry.createService(SHOP, TESTER);
        registry.createEnvironment(STAGING, TESTER);
        set(change -> change.renameEnvironment(STAGING, new EnvironmentName("next"), Duration.ofHours(1)));
        assertThat(registry.routes().match("staging.shop.localhost:8787", "/"))
                .get()
                .isInstanceOfSatisfying(Route.Moved.class, moved -> {
                    assertThat(moved.hostname()).isEqualTo("next.shop.localhost");
                    assertThat(moved.until()).isAfter(Instant.now().plusSeconds(3000));
                });
        reopen();
        assertThat(registry.routes().match("staging.shop.localhost", "/")).get().isInstanceOf(Route.Moved.class);
        registry.createEnvironment(STAGING, TESTER);
        assertThat(registry.routes().match("staging.shop.localhost", "/")).get().isInstanceOf(Route.Live.class);
    }

    @Test
    void aRenamedServiceTakesItsEnvironmentsAndItsCallersAlong() {
        registry.createService(SHOP, TESTER);
        registry.createService(AUTH, TESTER);
        registry.createEnvironment(AUTH_TEST, TESTER);
        registry.publishAndDeploy(AUTH_TEST, spec("auth"), TESTER, Map.of());
        registry.publishAndDeploy(PRODUCTION, spec("x", service("AUTH", "auth", "test")), TESTER, Map.of());

        set(change -> change.renameService(AUTH, new ServiceName("login"), Duration.ofMinutes(5)));

        assertThat(registry.service(AUTH)).isEmpty();
        assertThat(registry.routes().match("test.login.localhost", "/")).isPresent();
        assertThat(registry.routes().match("test.auth.localhost", "/")).get().isInstanceOf(Route.Moved.class);
        assertThat(serving(PRODUCTION).spec().bindings()).containsExactly(service("AUTH", "login", "test"));
        assertThat(registry.routes().target(AUTH_TEST).orElseThrow().ref())
                .isEqualTo(EnvironmentRef.of("login", "test"));
        refused(change -> change.renameService(SHOP, new ServiceName("login"), Duration.ZERO), "'login' already");
        refused(
                change -> change.renameEnvironment(PRODUCTION, new EnvironmentName("live"), Duration.ZERO),
                "Every service has production");
        refused(change -> change.deleteService(new ServiceName("login"), false), "bound by AUTH of shop/production");
    }

    @Test
    void aRenamingThatFailsHalfWayLeavesNoTraceInMemory() {
        registry.createService(SHOP, TESTER);
        registry.createEnvironment(STAGING, TESTER);
        Version version = registry.publishAndDeploy(STAGING, spec("one"), TESTER, Map.of());
        refused(
                change -> {
                    change.renameEnvironment(STAGING, new EnvironmentName("next"), Duration.ZERO);
                    assertThat(change.version(version.id()).orElseThrow().environment())
                            .isEqualTo(EnvironmentRef.of("shop", "next"));
                    change.createService(SHOP);
                },
                "'shop' already");
        assertThat(registry.version(version.id()).orElseThrow().environment()).isEqualTo(STAGING);
        assertThat(registry.routes().match("staging.shop.localhost", "/")).isPresent();
    }

    @Test
    void servicesAreFoundByAPartOfTheirNameOrOfAnEnvironments() {
        registry.createService(SHOP, TESTER);
        registry.createService(AUTH, TESTER);
        registry.createEnvironment(AUTH_TEST, TESTER);
        assertThat(registry.search("HO")).extracting(found -> found.name()).containsExactly(SHOP);
        assertThat(registry.search("tes")).extracting(found -> found.name()).containsExactly(AUTH);
        assertThat(registry.search("x")).isEmpty();
    }

    @Test
    void aRollbackGoesToWhatServedBeforeAndAgainFurtherBack() {
        registry.createService(SHOP, TESTER);
        refused(change -> change.rollback(PRODUCTION, Optional.empty(), ""), "Nothing is deployed");
        Version one = registry.publishAndDeploy(PRODUCTION, spec("one"), TESTER, Map.of());
        Version two = registry.publishAndDeploy(PRODUCTION, spec("two"), TESTER, Map.of());
        registry.publishAndDeploy(PRODUCTION, spec("three"), TESTER, Map.of());
        set(change -> change.rollback(PRODUCTION, Optional.empty(), ""));
        assertThat(serving(PRODUCTION)).isEqualTo(two);
        set(change -> change.rollback(PRODUCTION, Optional.empty(), "worse still"));
        assertThat(serving(PRODUCTION)).isEqualTo(one);
        assertThat(registry.deployments(PRODUCTION, 1).getFirst().annotations())
                .containsEntry("workers/triggered_by", "rollback")
                .containsEntry("workers/message", "worse still");
        refused(change -> change.rollback(PRODUCTION, Optional.empty(), ""), "No version older than 1");
        set(change -> change.rollback(PRODUCTION, Optional.of(two.id()), ""));
        assertThat(serving(PRODUCTION)).isEqualTo(two);
    }

    @Test
    void theAuditLogTellsWhoDidWhatBeforeAndAfterAndNoSecret() {
        registry.createService(SHOP, TESTER);
        registry.createEnvironment(STAGING, TESTER);
        registry.publishAndDeploy(STAGING, spec("one", new Binding.Secret("TOKEN", "x-needle-x")), TESTER, Map.of());
        set(change -> change.setRoutes(STAGING, List.of("a.example/*")));
        set(change -> change.setRoutes(STAGING, List.of("b.example/*")));
        refused(change -> change.setRoutes(STAGING, List.of("b.example/*", "")), "is not a route");

        List<AuditEntry> entries = audit(Instant.EPOCH, Instant.now().plusSeconds(60));
        assertThat(entries)
                .extracting(AuditEntry::action)
                .containsExactly("set-routes", "set-routes", "deploy", "publish", "create");
        assertThat(entries.getFirst()).satisfies(entry -> {
            assertThat(entry.author()).isEqualTo("tester");
            assertThat(entry.source()).isEqualTo("api");
            assertThat(entry.before()).containsExactly(Map.entry("routes", "a.example/*"));
            assertThat(entry.after()).containsExactly(Map.entry("routes", "b.example/*"));
        });
        assertThat(entries.toString()).doesNotContain("x-needle-x");
        assertThat(audit(Instant.EPOCH, entries.getLast().at())).isEmpty();
        assertThat(registry.audit(all(Optional.empty(), Optional.empty()), 0, 2))
                .hasSize(2);
        assertThat(registry.audit(all(Optional.of("publish"), Optional.of(TESTER.author())), 0, 100))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.action()).isEqualTo("publish"));
        assertThat(registry.audit(all(Optional.empty(), Optional.of("somebody else")), 0, 100))
                .isEmpty();
    }

    private static AuditFilter all(Optional<String> action, Optional<String> author) {
        return new AuditFilter(Optional.empty(), Optional.empty(), action, author, Instant.EPOCH, AuditFilter.END);
    }

    private List<AuditEntry> audit(Instant from, Instant until) {
        return registry.audit(
                new AuditFilter(
                        Optional.of(SHOP),
                        Optional.of(STAGING.environment()),
                        Optional.empty(),
                        Optional.empty(),
                        from,
                        until),
                0,
                100);
    }

    private void refused(Consumer<Change> steps, String sentence) {
        assertThatThrownBy(() -> set(steps))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(sentence);
    }
}
