package dev.skerry.registry;

import static dev.skerry.registry.Refusals.refused;
import static dev.skerry.registry.Specs.TESTER;
import static dev.skerry.registry.Specs.service;
import static dev.skerry.registry.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Binding;
import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.KvNamespace;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.OwnLimits;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSpec;
import dev.skerry.model.VersionSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Services, environments and versions, as the registry makes, keeps and deletes them. */
class RegistryTest extends OpenRegistry {
    private static final ServiceName GATEWAY = new ServiceName("gateway");
    private static final EnvironmentRef PRODUCTION = EnvironmentRef.production(GATEWAY);
    private static final EnvironmentRef STAGING = EnvironmentRef.of("gateway", "staging");

    @Test
    void aNewServiceHasProductionAndNothingDeployed() {
        registry.createService(GATEWAY, TESTER);
        assertThat(registry.services()).singleElement().satisfies(service -> {
            assertThat(service.name()).isEqualTo(GATEWAY);
            assertThat(service.environments()).containsExactly(EnvironmentName.PRODUCTION);
        });
        assertThat(registry.environment(PRODUCTION).orElseThrow().deployment()).isEmpty();
        assertThat(registry.routes().environment(PRODUCTION).orElseThrow().shares())
                .isEmpty();
        refused(() -> registry.createService(GATEWAY, TESTER), Reason.TAKEN, "'gateway' already");
    }

    @Test
    void aPublishedVersionServesOnceItIsDeployed() {
        registry.createService(GATEWAY, TESTER);
        Version version = registry.publish(PRODUCTION, spec("one"), TESTER, Map.of("workers/message", "first"));
        assertThat(version.number()).isEqualTo(1);
        assertThat(registry.routes().environment(PRODUCTION).orElseThrow().shares())
                .isEmpty();

        registry.deploy(PRODUCTION, List.of(new Share(version.id(), 100)), TESTER, Map.of());
        assertThat(serving(PRODUCTION)).isEqualTo(version);
        assertThat(registry.deployments(PRODUCTION, 10)).singleElement().satisfies(deployment -> {
            assertThat(deployment.shares()).containsExactly(new Share(version.id(), 100));
            assertThat(deployment.author()).isEqualTo("tester");
        });
    }

    @Test
    void theSameAgainMakesNoVersionUnlessForced() {
        registry.createService(GATEWAY, TESTER);
        Binding secret = new Binding.Secret("TOKEN", "s3cret");
        Version first = registry.publishAndDeploy(PRODUCTION, spec("one", secret), TESTER, Map.of());
        assertThat(registry.publishAndDeploy(PRODUCTION, spec("one", secret), TESTER, Map.of()))
                .isEqualTo(first);
        assertThat(registry.deployments(PRODUCTION, 10)).hasSize(1);

        assertThat(registry.change(TESTER, change -> change.publish(PRODUCTION, spec("one", secret), Map.of(), true))
                        .number())
                .isEqualTo(2);
        assertThat(registry.publish(PRODUCTION, spec("two", secret), TESTER, Map.of())
                        .number())
                .isEqualTo(3);
        assertThat(registry.publish(PRODUCTION, spec("two", new Binding.Secret("TOKEN", "other")), TESTER, Map.of())
                        .number())
                .isEqualTo(4);
    }

    @Test
    void numbersHaveNoGapAndNoDoubleWhenManyPublishAtOnce() {
        registry.createService(GATEWAY, TESTER);
        registry.createEnvironment(STAGING, TESTER);
        List<EnvironmentRef> targets = List.of(PRODUCTION, STAGING);
        try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
            List<CompletableFuture<Version>> published = IntStream.range(0, 200)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                EnvironmentRef ref = targets.get(i % 2);
                                if (i % 10 == 0) {
                                    // One that fails half-way must not take a number.
                                    refused(
                                            () -> registry.change(TESTER, change -> {
                                                change.publish(ref, spec("lost" + i), Map.of());
                                                return change.publish(
                                                        ref, spec("lost", service("A", "nobody", "x")), Map.of());
                                            }),
                                            Reason.BINDING_TARGET_MISSING,
                                            "nobody");
                                }
                                return registry.publishAndDeploy(ref, spec("v" + i), TESTER, Map.of());
                            },
                            executor))
                    .toList();
            published.forEach(CompletableFuture::join);
        }
        for (EnvironmentRef ref : targets) {
            List<VersionSummary> versions = registry.versions(ref, 0, 1000);
            assertThat(versions.reversed().stream().map(VersionSummary::number))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 100).boxed().toList());
            assertThat(registry.deployments(ref, 1000)).hasSize(100);
            assertThat(serving(ref).number()).isEqualTo(100);
        }
    }

    @Test
    void everythingOfAVersionSurvivesARestart() {
        registry.createService(GATEWAY, TESTER);
        registry.createService(new ServiceName("auth"), TESTER);
        KvNamespace sessions = registry.change(TESTER, change -> change.createNamespace("sessions"));
        Code code = new Code(
                "src/main.js",
                Code.Format.MODULES,
                List.of(
                        new Module("src/main.js", ModuleType.ES_MODULE, Bytes.utf8("export default {}")),
                        new Module("data.bin", ModuleType.DATA, Bytes.wrap(new byte[] {0, 1, -1})),
                        new Module("main.js.map", ModuleType.SOURCE_MAP, Bytes.utf8("{}"))));
        VersionSpec spec = new VersionSpec(
                code,
                List.of(
                        new Binding.PlainText("GREETING", "hellö"),
                        new Binding.Json("RATIO", "0.01"),
                        new Binding.Secret("TOKEN", "s3cret"),
                        new Binding.KvNamespace("SESSIONS", sessions.id()),
                        new Binding.Service(
                                "AUTH",
                                new ServiceName("auth"),
                                Optional.of(EnvironmentName.PRODUCTION),
                                Optional.of("Admin"),
                                Optional.of("{\"a\":1}")),
                        new Binding.DurableObjectNamespace("ROOM", "Room", Optional.empty(), Optional.empty()),
                        new Binding.DurableObjectNamespace(
                                "OTHER", "Room", Optional.of(new ServiceName("auth")), Optional.empty()),
                        new Binding.VersionMetadata("META"),
                        new Binding.Assets("ASSETS")),
                "2026-01-31",
                List.of("nodejs_compat"),
                OwnLimits.of(
                        "cpu=50ms",
                        "wall=3s",
                        "startup=2s",
                        "memory=64MB",
                        "script=1MB",
                        "log=16KB",
                        "subrequests=7",
                        "concurrency=8",
                        "body=3MB",
                        "web-socket-message=9KB"),
                Optional.of("v1"));
        Version version = registry.publishAndDeploy(PRODUCTION, spec, TESTER, Map.of("workers/tag", "t", "git", "abc"));
        String account = registry.accountId();

        reopen();

        assertThat(registry.accountId()).isEqualTo(account).matches("[0-9a-f]{32}");
        assertThat(serving(PRODUCTION).spec()).isEqualTo(spec);
        assertThat(serving(PRODUCTION).annotations()).isEqualTo(version.annotations());
        assertThat(serving(PRODUCTION).id()).isEqualTo(version.id());
        assertThat(registry.publishAndDeploy(PRODUCTION, spec, TESTER, Map.of()).number())
                .isEqualTo(1);
    }

    @Test
    void aSecretIsNotInTheFilesInTheClear() throws IOException {
        registry.createService(GATEWAY, TESTER);
        registry.publish(PRODUCTION, spec("one", new Binding.Secret("TOKEN", "x-needle-x")), TESTER, Map.of());
        try (var files = Files.list(temp)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain("x-needle-x"));
        }
    }

    @Test
    void aDeletedEnvironmentTakesItsCodeWithItButNotWhatOthersShare() {
        registry.createService(GATEWAY, TESTER);
        registry.createEnvironment(STAGING, TESTER);
        registry.publishAndDeploy(PRODUCTION, spec("shared"), TESTER, Map.of());
        registry.publishAndDeploy(STAGING, spec("shared"), TESTER, Map.of());
        registry.publishAndDeploy(STAGING, spec("own"), TESTER, Map.of());
        assertThat(contents()).isEqualTo(2);
        set(change -> change.deleteEnvironment(STAGING, false));
        assertThat(contents()).isEqualTo(1);
        refused(
                () -> set(change -> change.deleteEnvironment(PRODUCTION, false)),
                Reason.CONFLICT,
                "Every service has production");
    }

    @Test
    void aPreviewFindsAVersionThatDoesNotServe() {
        registry.createService(GATEWAY, TESTER);
        registry.publishAndDeploy(PRODUCTION, spec("one"), TESTER, Map.of());
        Version second = registry.publish(PRODUCTION, spec("two"), TESTER, Map.of("workers/alias", "next"));
        for (String host : List.of("next-gateway.localhost", second.id().shortForm() + "-gateway.localhost")) {
            assertThat(registry.routes().match(host, "/"))
                    .get()
                    .isInstanceOfSatisfying(
                            Route.Preview.class,
                            preview -> assertThat(registry.preview(preview)).contains(second));
        }
        Route missing =
                registry.routes().match("00000000-gateway.localhost", "/").orElseThrow();
        assertThat(registry.preview((Route.Preview) missing)).isEmpty();
    }

    @Test
    void settingsAndSchedulesAreKept() {
        registry.createService(GATEWAY, TESTER);
        set(change -> {
            change.setSetting(PRODUCTION, "tags", "[\"a\"]");
            change.setSetting(PRODUCTION, "logpush", "true");
            change.setCrons(PRODUCTION, List.of("*/5  * * * *", "*/5 * * * *"));
        });
        set(change -> change.setSetting(PRODUCTION, "logpush", ""));
        reopen();
        assertThat(registry.environment(PRODUCTION).orElseThrow().settings())
                .containsExactly(Map.entry("tags", "[\"a\"]"));
        assertThat(registry.routes()
                        .environment(PRODUCTION)
                        .orElseThrow()
                        .environment()
                        .crons())
                .containsExactly("*/5 * * * *");
        refused(
                () -> set(change -> change.setCrons(PRODUCTION, java.util.Collections.nCopies(251, "* * * * *"))),
                Reason.INVALID,
                "at most 250 schedules");
        refused(() -> set(change -> change.setCrons(PRODUCTION, List.of("hourly"))), Reason.INVALID, "five fields");
    }

    @Test
    void namespacesHaveOneTitleEach() {
        KvNamespace flags = registry.change(TESTER, change -> change.createNamespace("flags"));
        KvNamespace sessions = registry.change(TESTER, change -> change.createNamespace("sessions"));
        assertThat(flags.id()).matches("[0-9a-f]{32}");
        assertThat(registry.namespaces()).containsExactly(flags, sessions);
        refused(
                () -> registry.change(TESTER, change -> change.renameNamespace(flags.id(), "sessions")),
                Reason.TAKEN,
                "'sessions' already");
        assertThat(registry.change(TESTER, change -> change.renameNamespace(flags.id(), "toggles"))
                        .title())
                .isEqualTo("toggles");
        set(change -> change.deleteNamespace(flags.id()));
        assertThat(registry.namespaces()).containsExactly(sessions);
        refused(() -> set(change -> change.deleteNamespace(flags.id())), Reason.NAMESPACE_NOT_FOUND, flags.id());
    }

    private long contents() {
        return store.database
                .read(session -> session.first("SELECT count(*) FROM content", row -> row.integer(0)))
                .orElseThrow();
    }
}
