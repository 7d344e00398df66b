package dev.skerry.api.workers;

import dev.skerry.api.ApiException;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.WorkerNames;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.registry.LiveEnvironment;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Finds environments by the names that clients have for them. Thread-safe. */
@Singleton
public final class Workers {
    private static final String SCRIPTS = "scripts/";

    private final Registry registry;
    private final WorkerNames names;

    @Inject
    Workers(Registry registry, WorkerNames names) {
        this.registry = registry;
        this.names = names;
    }

    /**
     * The environment of a path, which must be there.
     *
     * @param path {@code scripts/NAME} or {@code services/NAME/environments/NAME}
     */
    EnvironmentRef find(String path) {
        EnvironmentRef ref = place(path);
        if (registry.routes().environment(ref).isEmpty()) {
            throw path.startsWith(SCRIPTS) ? notFound(path.substring(SCRIPTS.length())) : missing(ref);
        }
        return ref;
    }

    /** The environment of a path, whether or not it is there: where an upload goes. */
    EnvironmentRef place(String path) {
        if (path.startsWith(SCRIPTS)) {
            return resolve(path.substring(SCRIPTS.length()));
        }
        String[] parts = path.split("/");
        return WorkerNames.named(parts[1], parts[3]);
    }

    /** See {@link WorkerNames#resolve}. */
    EnvironmentRef resolve(String name) {
        return names.resolve(name);
    }

    /** The name that {@link #resolve} finds it by. */
    static String scriptName(EnvironmentRef ref) {
        return ref.environment().isProduction() ? ref.service().value() : ref.service() + "-" + ref.environment();
    }

    Environment environment(EnvironmentRef ref) {
        return registry.environment(ref).orElseThrow(() -> notFound(scriptName(ref)));
    }

    /** A version of the environment, whole. */
    Version version(EnvironmentRef ref, String id) {
        return parse(id)
                .flatMap(registry::version)
                .filter(version -> version.environment().equals(ref))
                .orElseThrow(() ->
                        new ApiException(ErrorCode.NOT_FOUND, "Environment " + ref + " has no version '" + id + "'"));
    }

    /** The version that serves (the newest of several); before the first deployment the newest. */
    Optional<Version> current(EnvironmentRef ref) {
        return registry.routes().environment(ref).stream()
                .flatMap(live -> live.shares().stream())
                .findFirst()
                .map(LiveEnvironment.Share::version)
                .or(() -> registry.latest(ref));
    }

    /** The newest version of the environment, which must have one. */
    Version latest(EnvironmentRef ref) {
        return registry.latest(ref).orElseThrow(() -> notFound(scriptName(ref)));
    }

    static ApiException notFound(String name) {
        return new ApiException(
                ErrorCode.WORKER_NOT_FOUND, "This Worker does not exist on your account: there is no '" + name + "'");
    }

    private ApiException missing(EnvironmentRef ref) {
        return registry.service(ref.service()).isEmpty()
                ? new ApiException(ErrorCode.SERVICE_NOT_FOUND, "There is no service '" + ref.service() + "'")
                : new ApiException(
                        ErrorCode.ENVIRONMENT_NOT_FOUND,
                        "Service " + ref.service() + " has no environment '" + ref.environment() + "'");
    }

    /** With or without hyphens, as clients write it. */
    private static Optional<VersionId> parse(String id) {
        try {
            return Optional.of(new VersionId(UUID.fromString(
                    id.length() == 32 ? id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5") : id)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
