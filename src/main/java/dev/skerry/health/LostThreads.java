package dev.skerry.health;

import dev.skerry.runtime.WorkerRuntime;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * {@code /q/health/ready}: how many threads the engine could not stop and that still burn a core each, and whether the server bears so many
 * ({@code skerry.runtime.lost-threads}). Thread-safe.
 */
@Singleton
@Readiness
final class LostThreads implements HealthCheck {
    private final WorkerRuntime runtime;

    @Inject
    LostThreads(WorkerRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public HealthCheckResponse call() {
        int lost = runtime.lostThreads();
        int most = runtime.mostLostThreads();
        return HealthCheckResponse.named("threads")
                .status(lost <= most)
                .withData("lost", lost)
                .withData("bearable", most)
                .build();
    }
}
