package dev.skerry.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.skerry.model.AuditEntry;
import dev.skerry.model.AuditFilter;
import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Origin;
import dev.skerry.model.Outcome;
import dev.skerry.model.RefusedException;
import dev.skerry.model.Rollout;
import dev.skerry.model.Rollout.State;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.LiveEnvironment;
import dev.skerry.registry.Registry;
import dev.skerry.registry.Rollouts;
import dev.skerry.store.TestStore;
import dev.skerry.telemetry.TailConfig;
import dev.skerry.telemetry.TailHub;
import dev.skerry.telemetry.VersionMeters;
import dev.skerry.telemetry.WorkerTelemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutWatcherTest {
    private static final EnvironmentRef SHOP = EnvironmentRef.of("shop", "production");
    private static final Origin TESTER = new Origin("api", "tester");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Two steps, judged by four requests: at most a quarter may fail. */
    private static final Rollout.Plan PLAN = new Rollout.Plan(
            List.of(new Rollout.Step(10, MINUTE), new Rollout.Step(50, MINUTE)),
            new Rollout.Guard(Optional.of(25.0), Optional.empty(), 4));

    @TempDir
    Path temp;

    private TestStore store;
    private Registry registry;
    private VersionMeters meters;
    private WorkerTelemetry telemetry;
    private Instant now = Instant.parse("2026-11-25T13:00:00Z");
    private RolloutWatcher watcher;
    private Version old;
    private Version next;

    @BeforeEach
    void open() {
        store = new TestStore(temp);
        start();
        registry.createService(SHOP.service(), TESTER);
        old = registry.publishAndDeploy(SHOP, spec("old"), TESTER, Map.of());
        next = registry.publish(SHOP, spec("next"), TESTER, Map.of());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void start() {
        registry = new Registry(store.database, store.sealer, store.registryConfig);
        meters = new VersionMeters();
        telemetry = new WorkerTelemetry(
                new SimpleMeterRegistry(), new TailHub(TestStore.config().getConfigMapping(TailConfig.class)), meters);
        watcher = new RolloutWatcher(
                new Rollouts(registry, store.database),
                registry,
                meters,
                TestStore.config().getConfigMapping(RolloutConfig.class),
                () -> now);
    }

    private void restart() {
        store.close();
        store = new TestStore(temp);
        start();
        watcher.resume();
    }

    private static VersionSpec spec(String source) {
        return new VersionSpec(
                new Code(
                        "worker.js",
                        Code.Format.MODULES,
                        List.of(new Module("worker.js", ModuleType.ES_MODULE, Bytes.utf8(source)))),
                List.of(),
                "2026-01-31",
                List.of(),
                LimitOverrides.NONE,
                Optional.empty());
    }

    private void requests(Version version, int count, Outcome outcome) {
        for (int i = 0; i < count; i++) {
            telemetry.responded(version, 200, System.nanoTime() - 1_000_000);
            telemetry.ended(version, "fetch", outcome, Duration.ofMillis(1), Duration.ZERO);
        }
    }

    private static Outcome ok() {
        return new Outcome.Ok();
    }

    private static Outcome thrown() {
        return new Outcome.Threw("Error", "no", "");
    }

    private void pass(Duration time) {
        now = now.plus(time);
        watcher.tick();
    }

    private Rollout rollout(Rollout begun) {
        return new Rollouts(registry, store.database).find(begun.id()).orElseThrow();
    }

    private List<Share> serving() {
        return registry.environment(SHOP)
                .orElseThrow()
                .deployment()
                .orElseThrow()
                .shares();
    }

    private List<Share> routed() {
        return registry.routes().environment(SHOP).orElseThrow().shares().stream()
                .map((LiveEnvironment.Share share) -> new Share(share.version().id(), share.percentage()))
                .toList();
    }

    private Share share(Version version, double percentage) {
        return new Share(version.id(), percentage);
    }

    @Test
    void aVersionThatDoesWellIsTakenThroughEveryStepAndThenServesAlone() {
        Rollout begun = watcher.start(SHOP, next.id(), PLAN, TESTER);
        assertThat(serving()).containsExactlyInAnyOrder(share(next, 10), share(old, 90));
        assertThat(routed()).containsExactly(share(next, 10), share(old, 90));

        requests(next, 4, ok());
        pass(Duration.ofSeconds(59));
        assertThat(rollout(begun).step()).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(serving()).containsExactlyInAnyOrder(share(next, 50), share(old, 50));
        assertThat(rollout(begun)).extracting(Rollout::state, Rollout::step).containsExactly(State.RUNNING, 1);

        requests(next, 4, ok());
        pass(MINUTE);
        assertThat(serving()).containsExactly(share(next, 100));
        assertThat(rollout(begun).state()).isEqualTo(State.COMPLETED);
        assertThat(registry.deployments(SHOP, 10))
                .extracting(
                        deployment -> deployment.annotations().get("workers/triggered_by"),
                        deployment -> deployment
                                .annotations()
                                .getOrDefault("workers/message", "")
                                .replaceFirst("[0-9a-f]{8}", "ID8"))
                .containsExactly(
                        tuple("rollout", "Rollout ID8 completed"),
                        tuple("rollout", "Rollout ID8 step 2 of 2"),
                        tuple("rollout", "Rollout ID8 step 1 of 2"),
                        tuple(null, ""));
    }

    @Test
    void aVersionThatFailsTooOftenIsRolledBackAtOnceAndTheHistoryAndTheAuditSayWhy() {
        Rollout begun = watcher.start(SHOP, next.id(), PLAN, TESTER);

        requests(next, 3, ok());
        requests(next, 2, thrown());
        pass(Duration.ofSeconds(1));

        assertThat(serving()).containsExactly(share(old, 100));
        assertThat(routed()).containsExactly(share(old, 100));
        String why = "40.0% of 5 requests failed, more than the 25.0% that may";
        assertThat(rollout(begun)).extracting(Rollout::state, Rollout::reason).containsExactly(State.ROLLED_BACK, why);
        assertThat(registry.deployments(SHOP, 1).getFirst().annotations())
                .containsEntry("workers/triggered_by", "rollout")
                .containsEntry("skerry/rollout", begun.id().toString())
                .hasEntrySatisfying(
                        "workers/message", message -> assertThat(message).endsWith("rolled back: " + why));
        assertThat(audit())
                .extracting(AuditEntry::action)
                .containsExactly("rollout-rolled-back", "deploy", "rollout-start", "deploy", "publish");
        assertThat(audit().getFirst().after().get("rollout")).contains(why);
        assertThat(audit().get(2)).extracting(AuditEntry::author).isEqualTo("tester");
    }

    private List<AuditEntry> audit() {
        return registry.audit(
                new AuditFilter(
                        Optional.of(SHOP.service()),
                        Optional.of(SHOP.environment()),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.EPOCH,
                        AuditFilter.END),
                0,
                5);
    }

    @Test
    void tooFewRequestsJudgeNothingAndTheStepWaitsForMore() {
        Rollout begun = watcher.start(SHOP, next.id(), PLAN, TESTER);

        requests(next, 3, thrown());
        pass(MINUTE.multipliedBy(10));
        assertThat(rollout(begun)).extracting(Rollout::state, Rollout::step).containsExactly(State.RUNNING, 0);
        requests(next, 1, thrown());
        pass(Duration.ZERO);
        assertThat(rollout(begun).state()).isEqualTo(State.ROLLED_BACK);
    }

    @Test
    void answersOf500CountAsFailedAndClientsThatWentAwayDoNot() {
        Rollout begun = watcher.start(SHOP, next.id(), PLAN, TESTER);

        requests(next, 4, new Outcome.Canceled("gone"));
        pass(Duration.ZERO);
        assertThat(rollout(begun).state()).isEqualTo(State.RUNNING);
        for (int i = 0; i < 2; i++) {
            telemetry.responded(next, 503, System.nanoTime());
            telemetry.ended(next, "fetch", ok(), Duration.ZERO, Duration.ZERO);
        }
        pass(Duration.ZERO);
        assertThat(rollout(begun).reason()).startsWith("33.3% of 6 requests failed");
    }

    @Test
    void whatTheOldVersionDoesIsNotTheNewOnesFault() {
        Rollout begun = watcher.start(SHOP, next.id(), PLAN, TESTER);

        requests(old, 100, thrown());
        requests(next, 4, ok());
        pass(Duration.ofSeconds(1));

        assertThat(rollout(begun).state()).isEqualTo(State.RUNNING);
        assertThat(watcher.seen(begun.id()).orElseThrow().requests()).isEqualTo(4);
    }

    @Test
    void aVersionThatIsTooSlowIsRolledBack() {
        Rollout.Plan plan = new Rollout.Plan(
                List.of(new Rollout.Step(100, MINUTE)),
                new Rollout.Guard(Optional.empty(), Optional.of(Duration.ofSeconds(2)), 100));
        Rollout begun = watcher.start(SHOP, next.id(), plan, TESTER);

        slow(98, 10);
        slow(2, 3000);
        pass(Duration.ZERO);

        assertThat(rollout(begun).state()).isEqualTo(State.ROLLED_BACK);
        assertThat(rollout(begun).reason())
                .matches("the p99 of 100 requests was 3\\d\\d\\d ms, more than the 2000 ms that it may be");
        assertThat(serving()).containsExactly(share(old, 100));
    }

    @Test
    void oneSlowRequestOfAHundredIsWithinTheP99() {
        Rollout.Plan plan = new Rollout.Plan(
                List.of(new Rollout.Step(100, MINUTE)),
                new Rollout.Guard(Optional.empty(), Optional.of(Duration.ofSeconds(2)), 100));
        Rollout begun = watcher.start(SHOP, next.id(), plan, TESTER);

        slow(99, 10);
        slow(1, 3000);
        pass(MINUTE);

        assertThat(rollout(begun).state()).isEqualTo(State.COMPLETED);
    }

    private void slow(int count, int millis) {
        for (int i = 0; i < count; i++) {
            telemetry.responded(
                    next, 200, System.nanoTime() - Duration.ofMillis(millis).toNanos());
            telemetry.ended(next, "fetch", ok(), Duration.ZERO, Duration.ZERO);
        }
    }

    @Test
    void aRestartBeginsTheStepAgainAndGoesOn() {
        Rollout begun = watcher.start(SHOP, next.id(), PLAN, TESTER);
        requests(next, 4, ok());
        pass(MINUTE);
        requests(next, 4, ok());

        restart();

        assertThat(serving()).containsExactlyInAnyOrder(share(next, 50), share(old, 50));
        pass(MINUTE);
        assertThat(rollout(begun)).extracting(Rollout::state, Rollout::step).containsExactly(State.RUNNING, 1);
        requests(next, 4, thrown());
        pass(Duration.ZERO);
        assertThat(rollout(begun).state()).isEqualTo(State.ROLLED_BACK);
        assertThat(serving()).containsExactly(share(old, 100));
    }

    @Test
    void anotherDeploymentEndsItAndStays() {
        Rollout begun = watcher.start(SHOP, next.id(), PLAN, TESTER);
        Version third = registry.publishAndDeploy(SHOP, spec("third"), TESTER, Map.of());

        requests(next, 4, thrown());
        pass(Duration.ofSeconds(1));

        assertThat(rollout(begun).state()).isEqualTo(State.SUPERSEDED);
        assertThat(serving()).containsExactly(share(third, 100));
    }

    @Test
    void itGoesOnInAnEnvironmentThatGotAnotherName() {
        EnvironmentRef staging = EnvironmentRef.of("shop", "staging");
        EnvironmentRef test = EnvironmentRef.of("shop", "test");
        registry.createEnvironment(staging, TESTER);
        registry.publishAndDeploy(staging, spec("old"), TESTER, Map.of());
        Version second = registry.publish(staging, spec("next"), TESTER, Map.of());
        Rollout begun = watcher.start(staging, second.id(), PLAN, TESTER);
        registry.change(TESTER, change -> {
            change.renameEnvironment(staging, new EnvironmentName("test"), Duration.ZERO);
            return true;
        });

        pass(Duration.ZERO);
        requests(second, 4, ok());
        pass(MINUTE);

        assertThat(rollout(begun))
                .extracting(Rollout::environment, Rollout::step)
                .containsExactly(test, 1);
    }

    @Test
    void aDeletedEnvironmentEndsIt() {
        EnvironmentRef staging = EnvironmentRef.of("shop", "staging");
        registry.createEnvironment(staging, TESTER);
        registry.publishAndDeploy(staging, spec("old"), TESTER, Map.of());
        Version second = registry.publish(staging, spec("next"), TESTER, Map.of());
        Rollout begun = watcher.start(staging, second.id(), PLAN, TESTER);
        registry.change(TESTER, change -> {
            change.deleteEnvironment(staging, true);
            return true;
        });

        pass(Duration.ZERO);

        assertThat(watcher.seen(begun.id())).isEmpty();
    }

    @Test
    void whoWantsCanAbortItOnce() {
        Rollout begun = watcher.start(SHOP, next.id(), PLAN, TESTER);

        Rollout aborted = watcher.abort(begun.id(), new Origin("api", "someone"));

        assertThat(aborted)
                .extracting(Rollout::state, Rollout::reason)
                .containsExactly(State.ABORTED, "Aborted by someone");
        assertThat(serving()).containsExactly(share(old, 100));
        assertThatThrownBy(() -> watcher.abort(begun.id(), TESTER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("has ended already: aborted");
    }

    @Test
    void oneRunsInAnEnvironmentAtATimeAndFromOneVersionAlone() {
        Version third = registry.publish(SHOP, spec("third"), TESTER, Map.of());
        assertThatThrownBy(() -> watcher.start(SHOP, old.id(), PLAN, TESTER))
                .hasMessageContaining("serves in shop/production already");
        watcher.start(SHOP, next.id(), PLAN, TESTER);
        assertThatThrownBy(() -> watcher.start(SHOP, third.id(), PLAN, TESTER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Several versions share the traffic");
        registry.publishAndDeploy(SHOP, spec("fourth"), TESTER, Map.of());
        assertThat(watcher.start(SHOP, third.id(), PLAN, TESTER).state()).isEqualTo(State.RUNNING);
    }
}
