package dev.skerry.schedule;

import dev.skerry.binding.Body;
import dev.skerry.model.Cron;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Outcome;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.Version;
import dev.skerry.registry.LiveEnvironment;
import dev.skerry.registry.Registry;
import dev.skerry.runtime.EventHandler;
import dev.skerry.runtime.WorkerRuntime;
import dev.skerry.store.Database;
import dev.skerry.store.SettingTable;
import dev.skerry.store.StoreException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Runs what is due, minute by minute. Thread-safe.
 *
 * <p>A trigger runs at most once for its minute, whatever crashes: the minute is kept in the store before anything of it runs, and neither that minute nor
 * an earlier one runs again, also when the clock is set back. A server that starts runs what is due in the minute it starts in, unless that ran before.
 * Minutes that passed while it was down, or while the machine slept, are not caught up; Cloudflare does not either.
 */
@Singleton
public final class Scheduler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("skerry.schedule");
    private static final String KEY = "schedule-minute";

    private final Registry registry;
    private final WorkerRuntime runtime;
    private final Database database;
    private final InstantSource clock;
    private final SettingTable settings = new SettingTable();
    private final Thread thread = new Thread(this::loop, "skerry-schedule");
    // The last minute that something ran in. Confined to whoever calls tick().
    private Instant last;
    private volatile boolean closed;

    @Inject
    public Scheduler(Registry registry, WorkerRuntime runtime, Database database) {
        this(registry, runtime, database, InstantSource.system());
    }

    Scheduler(Registry registry, WorkerRuntime runtime, Database database, InstantSource clock) {
        this.registry = registry;
        this.runtime = runtime;
        this.database = database;
        this.clock = clock;
        this.last = database.read(session -> settings.find(session, KEY))
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
        thread.setDaemon(true);
    }

    /** Begins with the minute that it is now. */
    public void start() {
        thread.start();
    }

    private void loop() {
        while (!closed) {
            try {
                tick();
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.error("What is due this minute was not run", e);
            }
            try {
                Instant now = clock.instant();
                Instant next = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
                Thread.sleep(Duration.between(now, next).plusMillis(1));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Runs what is due in the minute that it is now, unless that was done; what comes of it. */
    List<CompletionStage<ScheduledRun>> tick() {
        Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        if (!minute.isAfter(last)) {
            return List.of();
        }
        List<Due> due = due(minute);
        if (due.isEmpty()) {
            return List.of();
        }
        last = minute;
        try {
            database.writeAndWait(transaction -> {
                settings.put(transaction, KEY, minute.toString());
                return minute;
            });
        } catch (StoreException e) {
            LOG.errorf(
                    "%d scheduled events of %s are left out, for the store cannot keep that they ran: %s",
                    due.size(), minute, e.getMessage());
            return List.of();
        }
        return due.stream()
                .map(each -> run(each.version(), each.cron(), minute))
                .toList();
    }

    private record Due(Version version, String cron) {}

    private List<Due> due(Instant minute) {
        List<Due> due = new ArrayList<>();
        for (LiveEnvironment live : registry.routes().environments()) {
            for (String cron : live.environment().crons()) {
                if (matches(live, cron, minute)) {
                    live.choose(ThreadLocalRandom.current()).ifPresent(version -> due.add(new Due(version, cron)));
                }
            }
        }
        return due;
    }

    private static boolean matches(LiveEnvironment live, String cron, Instant minute) {
        try {
            return Cron.parse(cron).matches(minute);
        } catch (IllegalArgumentException e) {
            // A store of an earlier Skerry may have one.
            LOG.warnf("%s: %s", live.ref(), e.getMessage());
            return false;
        }
    }

    /**
     * Runs an environment's handler now, beside its triggers; what comes of it, once the event has ended.
     *
     * @param cron what the handler is told
     * @throws RefusedException when nothing is deployed there
     */
    public CompletionStage<ScheduledRun> run(EnvironmentRef ref, String cron, Instant time) {
        Version version = registry.routes()
                .environment(ref)
                .flatMap(live -> live.choose(ThreadLocalRandom.current()))
                .orElseThrow(() -> new RefusedException(
                        Reason.DEPLOYMENT_NOT_FOUND, "Nothing is deployed in " + ref + "; deploy a version first"));
        return run(version, cron, time);
    }

    private CompletionStage<ScheduledRun> run(Version version, String cron, Instant time) {
        CompletableFuture<ScheduledRun> result = new CompletableFuture<>();
        long begun = System.nanoTime();
        EventHandler handler = new EventHandler() {
            @Override
            public void respond(int status, String statusText, String headers, Body body) {}

            @Override
            public void end(Outcome outcome) {
                ScheduledRun run =
                        new ScheduledRun(version, cron, time, outcome, Duration.ofNanos(System.nanoTime() - begun));
                LOG.info(run);
                result.complete(run);
            }
        };
        runtime.scheduled(version, cron, time.toEpochMilli(), handler);
        return result;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
