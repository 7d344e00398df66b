package dev.skerry.health;

import dev.skerry.runtime.WorkerRuntime;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jboss.logging.Logger;

/**
 * {@code /q/health/live}: whether the threads live that all network traffic goes through, and the one that watches over limits. A thread of the network
 * that ends for lack of memory takes its connections with it and nothing replaces it; the server cannot even be stopped in order then. So it ends by itself,
 * with an exit code that says it has failed, and whoever supervises it starts it again. Thread-safe.
 */
@Singleton
@Liveness
final class EventLoops implements HealthCheck {
    /** EX_SOFTWARE of sysexits.h. */
    static final int EXIT_CODE = 70;

    private static final Logger LOG = Logger.getLogger("skerry");
    private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(1);
    /** How long ending in order is tried. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    // Looking at them allocates nothing: there may be no memory for it.
    private final EventExecutor[] loops;
    private final BooleanSupplier watched;
    private final Runnable end;
    private volatile boolean stops;

    @Inject
    EventLoops(Vertx vertx, WorkerRuntime runtime) {
        this(
                List.of(
                        ((VertxInternal) vertx).getEventLoopGroup(),
                        ((VertxInternal) vertx).getAcceptorEventLoopGroup()),
                runtime::watched,
                EventLoops::end);
    }

    /**
     * @param watched whether the runtime's watchdog lives, without which no limit holds
     * @param end ends the process
     */
    EventLoops(List<EventLoopGroup> groups, BooleanSupplier watched, Runnable end) {
        List<EventExecutor> all = new ArrayList<>();
        groups.forEach(group -> group.forEach(all::add));
        this.loops = all.toArray(new EventExecutor[0]);
        this.watched = watched;
        this.end = end;
    }

    void start(@Observes StartupEvent event) {
        Thread thread = new Thread(this::watch, "skerry-pulse");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on threads end because they are to. */
    void stop(@Observes ShutdownEvent event) {
        stops = true;
        if (dead() > 0) {
            Thread last = new Thread(EventLoops::halt, "skerry-halt");
            last.setDaemon(true);
            last.start();
        }
    }

    private void watch() {
        while (!stops) {
            try {
                LockSupport.parkNanos(BETWEEN_LOOKS);
                if (look()) {
                    return;
                }
            } catch (OutOfMemoryError e) {
                // The next look is soon.
            }
        }
    }

    /** Ends the process if a thread has died without which it cannot go on; whether one has. */
    boolean look() {
        int dead = dead();
        if (dead == 0 || stops) {
            return false;
        }
        try {
            LOG.fatalf(
                    "%d threads of the network or the watchdog have died, most likely for lack of memory: the server ends with exit code %d, to be started again",
                    dead, EXIT_CODE);
        } catch (OutOfMemoryError e) {
            // The exit code says it.
        } finally {
            end.run();
        }
        return true;
    }

    private int dead() {
        int dead = watched.getAsBoolean() ? 0 : 1;
        for (EventExecutor loop : loops) {
            if (loop.isShuttingDown()) {
                dead++;
            }
        }
        return dead;
    }

    @Override
    public HealthCheckResponse call() {
        int dead = dead();
        return HealthCheckResponse.named("vital threads")
                .status(dead == 0)
                .withData("dead", dead)
                .build();
    }

    private static void end() {
        try {
            Quarkus.asyncExit(EXIT_CODE);
        } finally {
            halt();
        }
    }

    private static void halt() {
        long deadline = System.nanoTime() + PATIENCE;
        for (long left = PATIENCE; left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
