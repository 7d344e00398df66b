package dev.skerry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.model.Binding;
import dev.skerry.model.ByteSize;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Origin;
import dev.skerry.model.RefusedException;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an applied manifest makes of the registry, and what it leaves alone. */
class ManifestApplierTest extends OpenFolder {
    private static final Origin WRANGLER = new Origin("wrangler", "someone");
    private static final EnvironmentRef AUTH = EnvironmentRef.of("auth", "production");

    private static final String TWO = """
            skerry: {domain: localhost, limits: {cpu: 5s}}
            services:
              auth:
                environments:
                  production: {main: auth.js, hostname: false, secrets: {SECRET_TOKEN: {env: SECRET_TOKEN, file: token.txt}}}
                  staging: {from: production}
              gateway:
                environments:
                  production: {main: gateway.js, vars: {GREETING: hello, RATIO: 0.01}, services: {AUTH: {service: auth}}, kv-namespaces: {SESSIONS: sessions}}
                  staging: {from: production, services: {AUTH: {service: auth, environment: staging}}}
            """;

    @BeforeEach
    void write() {
        folder.write("auth.js", "export default {}");
        folder.write("gateway.js", "export default {};");
        folder.write("token.txt", "from the file\n");
    }

    @Test
    void servicesEnvironmentsAndBindingsAreAsWritten() {
        ManifestResult result = folder.apply(TWO);

        assertThat(result.lines())
                .extracting(line -> line.environment() + " " + line.version() + " " + line.changed())
                .containsExactly(
                        "auth/production 1 true",
                        "auth/staging 1 true",
                        "gateway/production 1 true",
                        "gateway/staging 1 true");
        String sessions = folder.registry.namespaces().getFirst().id();
        assertThat(folder.serving("gateway", "staging").spec().bindings())
                .containsExactly(
                        new Binding.Service(
                                "AUTH",
                                new ServiceName("auth"),
                                Optional.of(new EnvironmentName("staging")),
                                Optional.empty(),
                                Optional.empty()),
                        new Binding.PlainText("GREETING", "hello"),
                        new Binding.Json("RATIO", "0.01"),
                        new Binding.KvNamespace("SESSIONS", sessions));
        assertThat(folder.serving("auth", "staging").spec().binding("SECRET_TOKEN"))
                .contains(new Binding.Secret("SECRET_TOKEN", "from the file"));
        assertThat(folder.registry.routes().match("gateway.localhost", "/")).isPresent();
        assertThat(folder.registry.routes().match("staging.gateway.localhost", "/"))
                .isPresent();
        assertThat(folder.registry.routes().match("auth.localhost", "/")).isEmpty();
        assertThat(folder.registry.routes().match("staging.auth.localhost", "/"))
                .isEmpty();
        assertThat(folder.serving("gateway", "production").source()).isEqualTo("manifest");
    }

    @Test
    void aPipelineIsAsWrittenAndNamesEnvironmentsThatAreThere() {
        String file = TWO.replace("  auth:\n", "  auth:\n    pipeline: [staging, production]\n");
        folder.apply(file);
        assertThat(folder.registry.pipeline(new ServiceName("auth")))
                .containsExactly(new EnvironmentName("staging"), EnvironmentName.PRODUCTION);
        folder.apply(file.replace("[staging, production]", "[production]"));
        assertThat(folder.registry.pipeline(new ServiceName("auth"))).containsExactly(EnvironmentName.PRODUCTION);
        assertThatThrownBy(() -> folder.apply(file.replace("[staging, production]", "[dev, production]")))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("no environment 'dev'");
        assertThat(folder.registry.pipeline(new ServiceName("auth"))).containsExactly(EnvironmentName.PRODUCTION);
    }

    @Test
    void theSameAgainChangesNothingAlsoAfterARestart() {
        folder.apply(TWO);
        assertThat(folder.apply(TWO).changed()).isFalse();
        folder.restart();
        ManifestResult again = folder.apply(TWO);
        assertThat(again.changed()).isFalse();
        assertThat(again.lines()).extracting(ManifestResult.Line::version).containsOnly(1);
        assertThat(folder.registry.deployments(AUTH, 10)).hasSize(1);
    }

    @Test
    void onlyWhatDiffersBecomesAVersion() {
        folder.apply(TWO);
        assertThat(folder.apply(TWO.replace("RATIO: 0.01", "RATIO: 0.02")).lines())
                .extracting(line -> line.version() + " " + line.changed())
                .containsExactly("1 false", "1 false", "2 true", "2 true");
        folder.write("auth.js", "export default { }");
        assertThat(folder.apply(TWO.replace("RATIO: 0.01", "RATIO: 0.02")).lines())
                .extracting(line -> line.version() + " " + line.changed())
                .containsExactly("2 true", "2 true", "2 false", "2 false");
    }

    @Test
    void aSecretIsTheVariablesBeforeTheFiles() {
        folder.variables.put("SECRET_TOKEN", "from the variable");
        folder.apply(TWO);
        assertThat(folder.serving("auth", "production").spec().binding("SECRET_TOKEN"))
                .contains(new Binding.Secret("SECRET_TOKEN", "from the variable"));
    }

    @Test
    void whatWasChangedByOtherMeansStaysUntilTheEntryChanges() {
        folder.apply(TWO);
        VersionSpec applied = folder.serving("auth", "production").spec();
        List<Binding> bindings = new ArrayList<>(applied.bindings());
        bindings.add(new Binding.Secret("EXTRA", "x"));
        folder.registry.publishAndDeploy(AUTH, applied.withBindings(bindings), WRANGLER, Map.of());
        Version deployed = folder.serving("auth", "production");
        folder.registry.createService(new ServiceName("other"), WRANGLER);

        assertThat(folder.apply(TWO).changed()).isFalse();
        assertThat(folder.serving("auth", "production")).isEqualTo(deployed);

        folder.write("auth.js", "export default { }");
        folder.apply(TWO);
        assertThat(folder.serving("auth", "production").spec().bindings())
                .extracting(Binding::name)
                .containsExactly("EXTRA", "SECRET_TOKEN");
        assertThat(folder.registry.service(new ServiceName("other"))).isPresent();
    }

    @Test
    void aBindingThatLeavesTheFileLeavesTheWorker() {
        folder.apply(TWO);
        folder.apply(TWO.replace(", secrets: {SECRET_TOKEN: {env: SECRET_TOKEN, file: token.txt}}", ""));
        assertThat(folder.serving("auth", "production").spec().bindings()).isEmpty();
    }

    @Test
    void servicesMayBindToEachOtherInARound() {
        folder.apply("""
                services:
                  a: {main: auth.js, services: {B: b}}
                  b: {main: auth.js, services: {A: a}}
                """);
        assertThat(folder.serving("a", "production").number()).isEqualTo(1);
    }

    @Test
    void everythingThatAnEnvironmentCanSayIsUnderstood() {
        folder.write("token", "t");
        folder.apply("""
                services:
                  full:
                    environments:
                      production:
                        main: auth.js
                        vars: {TEXT: "5", NUMBER: 5, BIG: 12345678901234567890, TRUTH: true, WORD: on, NOTHING: ~, DAY: 2026-01-31, LIST: [1, a, {b: null}]}
                        services: {SELF: {service: full, environment: other, entrypoint: Admin, props: {a: 1}}}
                        durable-objects: {ROOM: Room, THEIRS: {class: Room, service: full, environment: other}}
                        routes: [example.com/a*, "*.example.com/"]
                        domains: [Shop.example.com]
                        upstream: http://127.0.0.1:8080
                        crons: ["*/5 * * * *"]
                        compatibility-date: 2026-02-03
                        compatibility-flags: [nodejs_compat]
                        limits: {cpu: 50ms, wall: 2m, startup: 2s, memory: 64MB, script: 1MB, log: 16KB, subrequests: 7, concurrency: 8, body: 3MB, web-socket-message: 9KB}
                        annotations: {workers/message: hi, team: red}
                      other: {main: auth.js, previews: false}
                """);
        Version version = folder.serving("full", "production");
        VersionSpec spec = version.spec();
        assertThat(spec.bindings())
                .containsExactlyInAnyOrder(
                        new Binding.PlainText("TEXT", "5"),
                        new Binding.Json("NUMBER", "5"),
                        new Binding.Json("BIG", "12345678901234567890"),
                        new Binding.Json("TRUTH", "true"),
                        new Binding.PlainText("WORD", "on"),
                        new Binding.Json("NOTHING", "null"),
                        new Binding.PlainText("DAY", "2026-01-31"),
                        new Binding.Json("LIST", "[1,\"a\",{\"b\":null}]"),
                        new Binding.Service(
                                "SELF",
                                new ServiceName("full"),
                                Optional.of(new EnvironmentName("other")),
                                Optional.of("Admin"),
                                Optional.of("{\"a\":1}")),
                        new Binding.DurableObjectNamespace("ROOM", "Room", Optional.empty(), Optional.empty()),
                        new Binding.DurableObjectNamespace(
                                "THEIRS",
                                "Room",
                                Optional.of(new ServiceName("full")),
                                Optional.of(new EnvironmentName("other"))));
        assertThat(spec.compatibilityDate()).isEqualTo("2026-02-03");
        assertThat(spec.compatibilityFlags()).containsExactly("nodejs_compat");
        assertThat(spec.limits().cpu()).contains(Duration.ofMillis(50));
        assertThat(spec.limits().wall()).contains(Duration.ofMinutes(2));
        assertThat(spec.limits().memory()).contains(ByteSize.parse("64MB"));
        assertThat(spec.limits().startup()).contains(Duration.ofSeconds(2));
        assertThat(spec.limits().script()).contains(ByteSize.parse("1MB"));
        assertThat(spec.limits().log()).contains(ByteSize.parse("16KB"));
        assertThat(spec.limits().subrequests()).isEqualTo(OptionalInt.of(7));
        assertThat(spec.limits().concurrency()).isEqualTo(OptionalInt.of(8));
        assertThat(spec.limits().body()).contains(ByteSize.parse("3MB"));
        assertThat(spec.limits().webSocketMessage()).contains(ByteSize.parse("9KB"));
        assertThat(version.annotations()).isEqualTo(Map.of("workers/message", "hi", "team", "red"));
        var environment = folder.registry
                .environment(EnvironmentRef.of("full", "production"))
                .orElseThrow();
        assertThat(environment.addresses().routes()).containsExactly("*.example.com/", "example.com/a*");
        assertThat(environment.addresses().domains()).containsExactly("shop.example.com");
        assertThat(environment.crons()).containsExactly("*/5 * * * *");
        assertThat(environment.settings()).containsEntry("upstream", "\"http://127.0.0.1:8080\"");
        assertThat(folder.registry
                        .environment(EnvironmentRef.of("full", "other"))
                        .orElseThrow()
                        .addresses()
                        .previews())
                .isFalse();
    }

    @Test
    void fromInheritsAspectByAspectAndANullTakesABindingAway() {
        folder.apply("""
                services:
                  app:
                    compatibility-date: 2026-03-03
                    environments:
                      production: {main: auth.js, vars: {A: 1, B: 2}, annotations: {k: v}, crons: ["0 * * * *"], limits: {cpu: 1s, subrequests: 3}, routes: ["example.com/*"]}
                      staging: {from: production, vars: {B: 3}, limits: {cpu: 2s}}
                      test: {from: staging, main: gateway.js, services: {A: ~}, crons: []}
                """);
        Version staging = folder.serving("app", "staging");
        assertThat(staging.spec().bindings()).containsExactly(new Binding.Json("A", "1"), new Binding.Json("B", "3"));
        assertThat(staging.spec().limits().cpu()).contains(Duration.ofSeconds(2));
        assertThat(staging.spec().limits().subrequests()).isEqualTo(OptionalInt.of(3));
        assertThat(staging.spec().compatibilityDate()).isEqualTo("2026-03-03");
        assertThat(staging.annotations()).containsEntry("k", "v");
        Version test = folder.serving("app", "test");
        assertThat(test.spec().code().main()).isEqualTo("gateway.js");
        assertThat(test.spec().bindings()).containsExactly(new Binding.Json("B", "3"));
        assertThat(folder.registry
                        .environment(EnvironmentRef.of("app", "staging"))
                        .orElseThrow()
                        .crons())
                .containsExactly("0 * * * *");
        assertThat(folder.registry
                        .environment(EnvironmentRef.of("app", "test"))
                        .orElseThrow()
                        .crons())
                .isEmpty();
        assertThat(folder.registry
                        .environment(EnvironmentRef.of("app", "staging"))
                        .orElseThrow()
                        .addresses()
                        .routes())
                .isEmpty();
    }

    @Test
    void aRouteMovesFromOneEnvironmentToAnother() {
        String yaml = """
                services:
                  a: {environments: {production: {main: auth.js, routes: [example.com/*]}}}
                  b: {environments: {production: {main: auth.js}}}
                """;
        folder.apply(yaml);
        folder.apply(yaml.replace(", routes: [example.com/*]", "")
                .replace(
                        "b: {environments: {production: {main: auth.js",
                        "b: {environments: {production: {main: auth.js, routes: [example.com/*]"));
        assertThat(folder.registry
                        .routes()
                        .match("example.com", "/x")
                        .orElseThrow()
                        .environment()
                        .ref())
                .isEqualTo(EnvironmentRef.of("b", "production"));
    }

    @Test
    void aNewAnnotationAloneMakesAVersion() {
        String yaml = "services: {a: {main: auth.js, annotations: {k: 1}}}";
        folder.apply(yaml);
        folder.apply(yaml.replace("1", "2"));
        assertThat(folder.serving("a", "production").number()).isEqualTo(2);
        assertThat(folder.serving("a", "production").annotations()).containsEntry("k", "2");
    }

    @Test
    void codeThatDoesNotStartChangesNothing() {
        folder.apply(TWO);
        folder.write("auth.js", "export default {");
        folder.check = (environment, spec) -> {
            if (spec.code().mainModule().content().utf8().endsWith("{")) {
                throw new RefusedException(RefusedException.Reason.CODE_INVALID, "auth.js:1:17: unexpected end");
            }
        };
        assertThat(folder.problems(TWO.replace("RATIO: 0.01", "RATIO: 0.02")))
                .containsExactly(
                        "5: auth/production: auth.js:1:17: unexpected end",
                        "6: auth/staging: auth.js:1:17: unexpected end");
        assertThat(folder.serving("auth", "production").number()).isEqualTo(1);
        assertThat(folder.serving("gateway", "production").number()).isEqualTo(1);
    }

    @Test
    void whatTheRegistryRefusesIsToldWithItsLineAndChangesNothing() {
        folder.registry.createService(new ServiceName("owner"), WRANGLER);
        folder.registry.change(WRANGLER, change -> {
            change.setRoutes(EnvironmentRef.of("owner", "production"), List.of("example.com/*"));
            return true;
        });
        assertThat(folder.problems("""
                services:
                  a:
                    environments:
                      production: {main: auth.js, routes: [example.com/*]}
                      staging: {main: auth.js, domains: [two words]}
                """))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("4: Route example.com/* belongs to owner/production"),
                        second -> assertThat(second).startsWith("5: 'two words' is not a hostname"));
        assertThat(folder.registry.service(new ServiceName("a"))).isEmpty();
    }

    @Test
    void theExamplesOfTheRepositoryApply() {
        ManifestResult result = folder.applier.apply(Path.of("config/skerry.yaml"));
        assertThat(result.lines())
                .hasSize(9)
                .allSatisfy(line -> assertThat(line.version()).isEqualTo(1));
        assertThat(folder.serving("hello", "production").spec().code().format()).isEqualTo(Code.Format.SERVICE_WORKER);
        assertThat(folder.serving("auth", "production").spec().binding("SECRET_TOKEN"))
                .contains(new Binding.Secret("SECRET_TOKEN", "open-sesame"));
    }

    @Test
    void anExceptionTellsOfEveryProblem() {
        assertThatThrownBy(() -> folder.apply("services: {A: {}, b: {mian: x}}"))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("skerry.yaml:1: 'A' is not a name for a service")
                .hasMessageContaining("skerry.yaml:1: Unknown key 'mian' of b; did you mean 'main'?");
    }
}
