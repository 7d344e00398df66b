package dev.skerry.api;

import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceName;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The names by which clients call environments. Thread-safe; from memory. */
@Singleton
public final class WorkerNames {
    private final Registry registry;

    @Inject
    WorkerNames(Registry registry) {
        this.registry = registry;
    }

    /** The environment that a client without environments calls by this name: itself a service, or a service and an environment with a hyphen between. */
    public EnvironmentRef resolve(String name) {
        EnvironmentRef whole = named(name, EnvironmentName.PRODUCTION.value());
        if (registry.routes().environment(whole).isPresent()) {
            return whole;
        }
        for (int hyphen = name.indexOf('-'); hyphen > 0; hyphen = name.indexOf('-', hyphen + 1)) {
            if (hyphen + 1 < name.length() && name.charAt(hyphen + 1) != '-' && name.charAt(hyphen - 1) != '-') {
                EnvironmentRef split = named(name.substring(0, hyphen), name.substring(hyphen + 1));
                if (registry.routes().environment(split).isPresent()) {
                    return split;
                }
            }
        }
        return whole;
    }

    /** Names from outside: a wrong one is the caller's fault. */
    public static EnvironmentRef named(String service, String environment) {
        try {
            return new EnvironmentRef(new ServiceName(service), new EnvironmentName(environment));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** As {@link #named(String, String)}. */
    public static ServiceName named(String service) {
        return named(service, EnvironmentName.PRODUCTION.value()).service();
    }
}
