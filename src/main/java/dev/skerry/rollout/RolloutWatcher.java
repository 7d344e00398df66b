package dev.skerry.rollout;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Origin;
import dev.skerry.model.RefusedException;
import dev.skerry.model.Rollout;
import dev.skerry.model.Rollout.Guard;
import dev.skerry.model.Rollout.State;
import dev.skerry.model.VersionId;
import dev.skerry.registry.Registry;
import dev.skerry.registry.Rollouts;
import dev.skerry.telemetry.VersionMeter;
import dev.skerry.telemetry.VersionMeters;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Takes rollouts from step to step, and back when the new version breaks a limit. Thread-safe.
 *
 * <p>What a version did is counted in memory, in each step anew. After a restart a rollout begins its step again: the same percentages, the whole time, no
 * request seen. A step ends when it has had its time and the version as many requests as it is judged by; without requests it does not end.
 */
@Singleton
public final class RolloutWatcher implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("skerry.rollout");

    private final Rollouts rollouts;
    private final Registry registry;
    private final VersionMeters meters;
    private final RolloutConfig config;
    private final InstantSource clock;
    private final Map<UUID, Watched> watched = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::loop, "skerry-rollout");
    private volatile boolean closed;

    /** A rollout in a step, since when, and how the version has done in it. */
    private record Watched(Rollout rollout, Instant since, VersionMeter meter) {}

    @Inject
    public RolloutWatcher(Rollouts rollouts, Registry registry, VersionMeters meters, RolloutConfig config) {
        this(rollouts, registry, meters, config, InstantSource.system());
    }

    RolloutWatcher(
            Rollouts rollouts, Registry registry, VersionMeters meters, RolloutConfig config, InstantSource clock) {
        this.rollouts = rollouts;
        this.registry = registry;
        this.meters = meters;
        this.config = config;
        this.clock = clock;
        thread.setDaemon(true);
    }

    /** Goes on with those that ran when the server stopped. */
    public void start() {
        resume();
        thread.start();
    }

    void resume() {
        rollouts.running().forEach(this::watch);
    }

    /** See {@link Rollouts#start}. */
    public Rollout start(EnvironmentRef ref, VersionId version, Rollout.Plan plan, Origin origin) {
        Rollout rollout = rollouts.start(ref, version, plan, origin);
        LOG.infof(
                "%s: rollout %s of version %s begins with %.1f%%",
                ref, rollout.id(), version, rollout.currentStep().percentage());
        watch(rollout);
        LockSupport.unpark(thread);
        return rollout;
    }

    /** See {@link Rollouts#abort}. */
    public Rollout abort(UUID id, Origin origin) {
        Rollout rollout = rollouts.abort(id, origin);
        drop(rollout);
        return rollout;
    }

    /** How the version has done in the step that it is in; empty when the rollout has ended. */
    public Optional<VersionMeter.Seen> seen(UUID id) {
        return Optional.ofNullable(watched.get(id)).map(each -> each.meter().seen());
    }

    /** How many requests judge a version where nobody says. */
    public int requests() {
        return config.requests();
    }

    private void loop() {
        while (!closed) {
            if (watched.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, config.check().toNanos());
            }
            tick();
        }
    }

    /** Judges all of them. */
    void tick() {
        for (Watched each : watched.values()) {
            try {
                look(each);
            } catch (RefusedException e) {
                // Its environment was deleted.
                LOG.infof("Rollout %s is over: %s", each.rollout().id(), e.getMessage());
                drop(each.rollout());
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.errorf(
                        e,
                        "Rollout %s could not be taken on; it is tried again",
                        each.rollout().id());
            }
        }
    }

    private void look(Watched each) {
        Rollout rollout = each.rollout();
        Guard guard = rollout.plan().guard();
        VersionMeter.Seen seen = each.meter().seen();
        Optional<String> broken = seen.requests() < guard.requests() ? Optional.empty() : broken(guard, seen);
        if (!stands(rollout)) {
            follow(rollouts.look(rollout.id()), each);
        } else if (broken.isPresent()) {
            follow(rollouts.rollBack(rollout.id(), broken.get()), each);
        } else if (seen.requests() >= guard.requests()
                && !clock.instant()
                        .isBefore(each.since().plus(rollout.currentStep().time()))) {
            follow(rollouts.advance(rollout.id()), each);
        }
    }

    /** Whether what it deployed serves still, as far as the routing table can tell. */
    private boolean stands(Rollout rollout) {
        return registry.routes()
                .environment(rollout.environment())
                .flatMap(live -> live.environment().deployment())
                .filter(deployment -> deployment.id().equals(rollout.deployment()))
                .isPresent();
    }

    static Optional<String> broken(Guard guard, VersionMeter.Seen seen) {
        if (guard.errors().isPresent() && seen.failed() > guard.errors().get()) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%.1f%% of %d requests failed, more than the %.1f%% that may",
                    seen.failed(),
                    seen.requests(),
                    guard.errors().get()));
        }
        return guard.p99()
                .flatMap(limit -> seen.p99()
                        .filter(p99 -> p99.compareTo(limit) > 0)
                        .map(p99 -> "the p99 of " + seen.requests() + " requests was " + p99.toMillis()
                                + " ms, more than the " + limit.toMillis() + " ms that it may be"));
    }

    private void follow(Rollout now, Watched before) {
        if (now.state() != State.RUNNING) {
            drop(now);
        } else if (now.step() != before.rollout().step()) {
            LOG.infof(
                    "%s: rollout %s goes on to %.1f%%",
                    now.environment(), now.id(), now.currentStep().percentage());
            watch(now);
        } else {
            // The same, under the environment's new name.
            watched.replace(now.id(), before, new Watched(now, before.since(), before.meter()));
        }
    }

    private void watch(Rollout rollout) {
        watched.put(rollout.id(), new Watched(rollout, clock.instant(), meters.measure(rollout.version())));
    }

    private void drop(Rollout rollout) {
        if (watched.remove(rollout.id()) != null) {
            meters.forget(rollout.version());
            switch (rollout.state()) {
                case RUNNING -> {}
                case COMPLETED -> LOG.infof("%s: rollout %s is completed", rollout.environment(), rollout.id());
                case ROLLED_BACK ->
                    LOG.warnf(
                            "%s: rollout %s was rolled back: %s",
                            rollout.environment(), rollout.id(), rollout.reason());
                case ABORTED, SUPERSEDED ->
                    LOG.infof("%s: rollout %s is over: %s", rollout.environment(), rollout.id(), rollout.reason());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
