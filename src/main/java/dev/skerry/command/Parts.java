package dev.skerry.command;

import dev.skerry.binding.KindOfBinding;
import dev.skerry.binding.WebApi;
import dev.skerry.ingress.SmokeGate;
import dev.skerry.registry.Promotions;
import dev.skerry.registry.Registry;
import dev.skerry.runtime.LimitsConfig;
import dev.skerry.runtime.RuntimeConfig;
import dev.skerry.runtime.WorkerRuntime;
import dev.skerry.telemetry.WorkerEvents;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Puts together what knows nothing of the container. */
@Singleton
final class Parts {
    @Produces
    @Singleton
    WorkerRuntime runtime(
            RuntimeConfig config,
            LimitsConfig limits,
            @All List<WebApi> apis,
            @All List<KindOfBinding> kinds,
            Registry registry,
            WorkerEvents events) {
        return new WorkerRuntime(
                config,
                limits,
                apis,
                kinds,
                environment -> registry.routes()
                        .target(environment)
                        .flatMap(found -> found.choose(ThreadLocalRandom.current())),
                events);
    }

    @Produces
    @Singleton
    Promotions promotions(Registry registry, SmokeGate gate) {
        return new Promotions(registry, gate);
    }

    void close(@Disposes WorkerRuntime runtime) {
        runtime.close();
    }
}
