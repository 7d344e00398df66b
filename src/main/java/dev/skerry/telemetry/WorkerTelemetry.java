package dev.skerry.telemetry;

import dev.skerry.model.LimitKey;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Log lines and metrics of workers. Thread-safe.
 *
 * <ul>
 *   <li>{@code skerry.worker.events} (timer): wall time; tags service, environment, kind, outcome.
 *   <li>{@code skerry.worker.cpu} (counter): CPU seconds; tags service, environment.
 *   <li>{@code skerry.worker.refused} (counter): events that were not let in; tags service, environment, outcome.
 *   <li>{@code skerry.limits.reached} (counter): limits that were reached; tags limit (as its key ends), service, environment.
 *   <li>{@code skerry.runners.lost} (counter): threads that the engine could not stop.
 * </ul>
 */
@Singleton
public final class WorkerTelemetry implements WorkerEvents {
    private static final Logger CONSOLE = Logger.getLogger("skerry.console");
    private static final Logger EVENTS = Logger.getLogger("skerry.events");

    private record Key(String environment, String kind, String outcome) {}

    private final MeterRegistry registry;
    private final TailHub tails;
    private final VersionMeters meters;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final Map<String, Counter> cpus = new ConcurrentHashMap<>();
    private final Counter lost;
    private final ReachedLimits limits;

    @Inject
    public WorkerTelemetry(MeterRegistry registry, TailHub tails, VersionMeters meters) {
        this.registry = registry;
        this.tails = tails;
        this.meters = meters;
        this.lost = registry.counter("skerry.runners.lost");
        this.limits = new ReachedLimits(registry, System::nanoTime);
    }

    @Override
    public void console(Version version, String level, String text) {
        CONSOLE.log(
                switch (level) {
                    case "error" -> Logger.Level.ERROR;
                    case "warn" -> Logger.Level.WARN;
                    case "debug" -> Logger.Level.DEBUG;
                    default -> Logger.Level.INFO;
                },
                version.environment() + " " + text);
    }

    @Override
    public void responded(Version version, int status, long begun) {
        meters.responded(version, status, begun);
    }

    @Override
    public void ended(Version version, String kind, Outcome outcome, Duration wall, Duration cpu) {
        meters.ended(version, kind, outcome);
        String environment = version.environment().toString();
        timers.computeIfAbsent(new Key(environment, kind, outcome.wireName()), key -> timer(version, key))
                .record(wall);
        cpus.computeIfAbsent(environment, key -> cpu(version)).increment(cpu.toNanos() / 1e9);
        switch (outcome) {
            case Outcome.Ok ok -> {}
            case Outcome.Threw threw ->
                EVENTS.warnf(
                        "%s v%d %s: %s: %s%n%s",
                        environment, version.number(), kind, threw.name(), threw.message(), threw.stack());
            // The limit has a line of its own, and not for each of many.
            case Outcome.Exceeded exceeded ->
                EVENTS.debugf(
                        "%s v%d %s: %s: %s",
                        environment, version.number(), kind, outcome.wireName(), exceeded.detail());
            case Outcome.Canceled canceled ->
                EVENTS.infof("%s v%d %s: canceled: %s", environment, version.number(), kind, canceled.reason());
            case Outcome.ResponseStreamDisconnected disconnected ->
                EVENTS.debugf("%s v%d %s: %s", environment, version.number(), kind, outcome.wireName());
            case Outcome.ScriptNotFound missing ->
                EVENTS.warnf(
                        "%s v%d %s: %s: %s", environment, version.number(), kind, outcome.wireName(), missing.detail());
        }
    }

    @Override
    public void refused(Version version, Outcome outcome) {
        meters.refused(version);
        registry.counter(
                        "skerry.worker.refused",
                        "service",
                        version.environment().service().value(),
                        "environment",
                        version.environment().environment().value(),
                        "outcome",
                        outcome.wireName())
                .increment();
    }

    @Override
    public void reached(Version version, LimitKey limit, String detail) {
        limits.reached(version, limit, detail);
    }

    @Override
    public void backsOff(Version version, Outcome outcome, Duration wait) {
        EVENTS.warnf(
                "%s v%d failed again with %s: its events are refused for %d ms",
                version.environment(), version.number(), outcome.wireName(), wait.toMillis());
    }

    @Override
    public Optional<TailEvent> begin(Version version, TailEvent.Trigger trigger) {
        return tails.begin(version, trigger);
    }

    @Override
    public void runnerLost(Version version) {
        lost.increment();
        EVENTS.errorf(
                "%s v%d: a thread could not be stopped; it was given up and replaced",
                version.environment(), version.number());
    }

    private Timer timer(Version version, Key key) {
        return Timer.builder("skerry.worker.events")
                .tag("service", version.environment().service().value())
                .tag("environment", version.environment().environment().value())
                .tag("kind", key.kind())
                .tag("outcome", key.outcome())
                .register(registry);
    }

    private Counter cpu(Version version) {
        return Counter.builder("skerry.worker.cpu")
                .baseUnit("seconds")
                .tag("service", version.environment().service().value())
                .tag("environment", version.environment().environment().value())
                .register(registry);
    }
}
