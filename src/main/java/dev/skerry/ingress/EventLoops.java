package dev.skerry.ingress;

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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jboss.logging.Logger;

/**
 * {@code /q/health/live}: whether the threads live that all network traffic goes through. One that ends for lack of memory takes its connections with it and
 * nothing replaces it; the server cannot even be stopped in order then. So it ends by itself, with an exit code that says it has failed, and
 * whoever supervises it starts it again. Thread-safe.
 */
@Singleton
@Liveness
final class EventLoops implements HealthCheck {
    /** EX_SOFTWARE of sysexits.h. */
    static final int EXIT_CODE = 70;

    private static final Logger LOG = Logger.getLogger("skerry");
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** How long ending in order is tried. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<EventLoopGroup> groups;
    private final Runnable end;
    private volatile boolean stops;

    @Inject
    EventLoops(Vertx vertx) {
        this(
                List.of(
                        ((VertxInternal) vertx).getEventLoopGroup(),
                        ((VertxInternal) vertx).getAcceptorEventLoopGroup()),
                EventLoops::end);
    }

    /** @param end ends the process */
    EventLoops(List<EventLoopGroup> groups, Runnable end) {
        this.groups = groups;
        this.end = end;
    }

    void start(@Observes StartupEvent event) {
        Thread thread = new Thread(this::watch, "skerry-pulse");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on loops end because they are to. */
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
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (look()) {
                return;
            }
        }
    }

    /** Ends the process if a loop has died; whether one has. */
    boolean look() {
        int dead = dead();
        if (dead == 0 || stops) {
            return false;
        }
        try {
            LOG.fatalf(
                    "%d threads of the network have died, most likely for lack of memory: the server ends with exit code %d, to be started again",
                    dead, EXIT_CODE);
        } finally {
            end.run();
        }
        return true;
    }

    private int dead() {
        int dead = 0;
        for (EventLoopGroup group : groups) {
            for (EventExecutor loop : group) {
                if (loop.isShuttingDown()) {
                    dead++;
                }
            }
        }
        return dead;
    }

    @Override
    public HealthCheckResponse call() {
        int dead = dead();
        return HealthCheckResponse.named("event loops")
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
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (long left = PATIENCE.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
