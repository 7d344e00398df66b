package dev.skerry.health;

import dev.skerry.ingress.Ingress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** {@code /q/health/ready}: workers answer, which they do once the manifest was applied and their port is open. Thread-safe. */
@Singleton
@Readiness
final class WorkersAnswer implements HealthCheck {
    private final Ingress ingress;

    @Inject
    WorkersAnswer(Ingress ingress) {
        this.ingress = ingress;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("workers")
                .status(ingress.open())
                .withData("address", ingress.address().toString())
                .build();
    }
}
