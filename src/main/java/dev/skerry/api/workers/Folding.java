package dev.skerry.api.workers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skerry.api.WorkerNames;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Clients without environments deploy environment staging of svc as a worker {@code svc-staging} with the tags {@code cf:service=svc} and
 * {@code cf:environment=staging}. Once it is tagged, it becomes that environment; {@link Workers} still finds it by the client's name. Thread-safe.
 */
@Singleton
public final class Folding {
    private final Registry registry;

    @Inject
    Folding(Registry registry) {
        this.registry = registry;
    }

    /** The environment that the tags ask for; the worker itself where they ask for none, or for one that is there already. */
    EnvironmentRef target(EnvironmentRef worker, JsonNode tags) {
        Optional<String> service = tag(tags, "cf:service=");
        Optional<String> environment = tag(tags, "cf:environment=");
        if (service.isEmpty()
                || environment.isEmpty()
                || !worker.environment().isProduction()
                || !worker.service().value().equals(service.get() + "-" + environment.get())) {
            return worker;
        }
        EnvironmentRef target = WorkerNames.named(service.get(), environment.get());
        return registry.routes().environment(target).isPresent() ? worker : target;
    }

    private static Optional<String> tag(JsonNode tags, String prefix) {
        for (JsonNode tag : tags) {
            if (tag.asText().startsWith(prefix)) {
                return Optional.of(tag.asText().substring(prefix.length()));
            }
        }
        return Optional.empty();
    }
}
