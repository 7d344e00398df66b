package dev.skerry.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.model.Binding;
import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Origin;
import dev.skerry.model.Outcome;
import dev.skerry.model.RefusedException;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.Registry;
import dev.skerry.runtime.TestWorkers;
import dev.skerry.store.TestStore;
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

class SchedulerTest {
    private static final EnvironmentRef JOBS = EnvironmentRef.of("jobs", "production");
    private static final EnvironmentRef TEST = EnvironmentRef.of("jobs", "test");
    private static final Origin TESTER = new Origin("api", "tester");

    @TempDir
    Path temp;

    private final TestWorkers workers = new TestWorkers();
    private TestStore store;
    private Registry registry;
    private Instant now = Instant.parse("2026-11-25T13:00:10Z");
    private Scheduler scheduler;

    @BeforeEach
    void open() {
        store = new TestStore(temp);
        start();
    }

    @AfterEach
    void close() {
        store.close();
        workers.close();
    }

    private void start() {
        registry = new Registry(store.database, store.sealer, store.registryConfig);
        scheduler = new Scheduler(registry, workers.runtime, store.database, () -> now);
    }

    /** As the program does: what was in memory is gone. */
    private void restart() {
        store.close();
        store = new TestStore(temp);
        start();
    }

    private void deploy(EnvironmentRef ref, String code, String... crons) {
        deploy(ref, code, List.of(), crons);
    }

    private void deploy(EnvironmentRef ref, String code, List<Binding> bindings, String... crons) {
        registry.change(TESTER, change -> {
            change.ensureEnvironment(ref);
            change.setCrons(ref, List.of(crons));
            Module main = new Module("worker.js", ModuleType.ES_MODULE, Bytes.utf8(code));
            return change.publishAndDeploy(
                    ref,
                    new VersionSpec(
                            new Code("worker.js", Code.Format.MODULES, List.of(main)),
                            bindings,
                            "2026-01-31",
                            List.of(),
                            LimitOverrides.NONE,
                            Optional.empty()),
                    Map.of());
        });
    }

    private List<ScheduledRun> tick() {
        return scheduler.tick().stream()
                .map(run -> run.toCompletableFuture().join())
                .toList();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static final String TELLING = """
            export default {
              async scheduled(controller, env, ctx) {
                console.log(controller.cron, new Date(controller.scheduledTime).toISOString());
              }
            };""";

    @Test
    void theHandlerRunsAtItsTriggersAndIsToldWhichAndWhen() {
        deploy(JOBS, TELLING, "*/2 * * * *", "0 13 * * *");
        deploy(TEST, TELLING, "1 * * * *");

        List<ScheduledRun> first = tick();
        assertThat(first).extracting(ScheduledRun::cron).containsExactlyInAnyOrder("*/2 * * * *", "0 13 * * *");
        assertThat(first).extracting(ScheduledRun::outcome).allMatch(Outcome.Ok.class::isInstance);
        pass(Duration.ofMinutes(1));
        assertThat(tick()).extracting(run -> run.version().environment()).containsExactly(TEST);
        pass(Duration.ofMinutes(1));
        assertThat(tick()).extracting(ScheduledRun::cron).containsExactly("*/2 * * * *");

        assertThat(workers.console)
                .containsExactlyInAnyOrder(
                        "jobs/production log */2 * * * * 2026-11-25T13:00:00.000Z",
                        "jobs/production log 0 13 * * * 2026-11-25T13:00:00.000Z",
                        "jobs/test log 1 * * * * 2026-11-25T13:01:00.000Z",
                        "jobs/production log */2 * * * * 2026-11-25T13:02:00.000Z");
    }

    @Test
    void aMinuteRunsOnceHoweverOftenItIsLookedAt() {
        deploy(JOBS, TELLING, "* * * * *");

        assertThat(tick()).hasSize(1);
        pass(Duration.ofSeconds(30));
        assertThat(tick()).isEmpty();
    }

    @Test
    void aRestartDoesNotRunTheMinuteAgainAndTheNextOneRuns() {
        deploy(JOBS, TELLING, "* * * * *");
        assertThat(tick()).hasSize(1);

        restart();

        assertThat(tick()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(tick()).hasSize(1);
    }

    @Test
    void whatWasMissedWhileItWasDownIsNotCaughtUpButTheMinuteOfTheStartIsRun() {
        deploy(JOBS, TELLING, "* * * * *");
        assertThat(tick()).hasSize(1);

        pass(Duration.ofMinutes(10));
        restart();

        assertThat(tick()).extracting(ScheduledRun::time).containsExactly(Instant.parse("2026-11-25T13:10:00Z"));
    }

    @Test
    void aClockThatIsSetBackRunsNothingTwice() {
        deploy(JOBS, TELLING, "* * * * *");
        assertThat(tick()).hasSize(1);

        pass(Duration.ofMinutes(-1));
        assertThat(tick()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(tick()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(tick()).hasSize(1);
    }

    @Test
    void whatGoesWrongInAHandlerIsItsOutcome() {
        deploy(JOBS, "export default { scheduled() { throw new TypeError('no'); } };", "* * * * *");
        deploy(TEST, "export default { fetch() { return new Response('') } };", "* * * * *");

        assertThat(tick())
                .extracting(
                        run -> run.version().environment(), run -> run.outcome().wireName())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(JOBS, "exception"),
                        org.assertj.core.groups.Tuple.tuple(TEST, "scriptNotFound"));
    }

    @Test
    void anEnvironmentThatCannotStartKeepsNoOtherFromRunning() {
        Binding room = new Binding.DurableObjectNamespace("ROOM", "Room", Optional.empty(), Optional.empty());
        deploy(EnvironmentRef.of("a-first", "production"), TELLING, List.of(room), "* * * * *");
        deploy(JOBS, TELLING, "* * * * *");
        deploy(EnvironmentRef.of("z-last", "production"), TELLING, List.of(room), "* * * * *");

        assertThat(tick())
                .extracting(
                        run -> run.version().environment().service().value(),
                        run -> run.outcome().wireName())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("a-first", "exception"),
                        org.assertj.core.groups.Tuple.tuple("jobs", "ok"),
                        org.assertj.core.groups.Tuple.tuple("z-last", "exception"));
    }

    @Test
    void whatPassesSomethingToWaitUntilEndsAfterIt() {
        deploy(JOBS, """
                export default {
                  scheduled(controller, env, ctx) {
                    ctx.waitUntil((async () => { await new Promise(done => setTimeout(done, 20)); console.log('late'); })());
                  }
                };""", "* * * * *");

        assertThat(tick()).hasSize(1);
        assertThat(workers.console).containsExactly("jobs/production log late");
    }

    @Test
    void aHandlerRunsWhenItIsToldTo() {
        deploy(JOBS, TELLING);

        ScheduledRun run = scheduler
                .run(JOBS, "by hand", Instant.parse("2030-01-01T00:00:00Z"))
                .toCompletableFuture()
                .join();

        assertThat(run)
                .hasToString("jobs/production v1 'by hand' of 2030-01-01T00:00:00Z: ok in "
                        + run.took().toMillis() + " ms");
        assertThat(workers.console).containsExactly("jobs/production log by hand 2030-01-01T00:00:00.000Z");
        assertThatThrownBy(() -> scheduler.run(TEST, "x", now))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Nothing is deployed in jobs/test");
    }

    @Test
    void theThreadRunsWhatIsDueWhenItStarts() {
        deploy(JOBS, TELLING, "* * * * *");

        scheduler.start();
        try {
            TestWorkers.await(() -> workers.console.contains("jobs/production log * * * * * 2026-11-25T13:00:00.000Z"));
        } finally {
            scheduler.close();
        }
    }
}
