package dev.skerry.api.environments;

import dev.skerry.api.ApiException;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.WorkerNames;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceName;
import dev.skerry.model.ServiceSummary;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what calls name, or says that it is not there. Thread-safe. */
@Singleton
final class Lookup {
    private static final Duration LONGEST_REDIRECT = Duration.ofDays(366);

    private final Registry registry;

    @Inject
    Lookup(Registry registry) {
        this.registry = registry;
    }

    ServiceSummary service(String name) {
        ServiceName wanted = WorkerNames.named(name);
        return registry.service(wanted)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.SERVICE_NOT_FOUND,
                        "There is no service '" + name + "'; GET workers/services lists those that are there"));
    }

    EnvironmentRef environment(String service, String environment) {
        return existing(WorkerNames.named(service, environment));
    }

    EnvironmentRef existing(EnvironmentRef ref) {
        if (registry.routes().environment(ref).isEmpty()) {
            ServiceSummary service = service(ref.service().value());
            throw new ApiException(
                    ErrorCode.ENVIRONMENT_NOT_FOUND,
                    "Service " + ref.service() + " has no environment '" + ref.environment() + "'; there are: "
                            + service.environments().stream()
                                    .map(EnvironmentName::value)
                                    .collect(Collectors.joining(", ")));
        }
        return ref;
    }

    /** A version of the environment by its UUID, whole. */
    Version version(EnvironmentRef ref, String id) {
        return versionId(id)
                .flatMap(registry::version)
                .filter(version -> version.environment().equals(ref))
                .orElseThrow(() ->
                        new ApiException(ErrorCode.NOT_FOUND, "Environment " + ref + " has no version '" + id + "'"));
    }

    static Optional<VersionId> versionId(String text) {
        return uuid(text).map(VersionId::new);
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A name that the body must have. */
    static String required(@Nullable String value, String key) {
        if (value == null) {
            throw new ApiException(ErrorCode.INVALID, "The body has no '" + key + "', a string");
        }
        return value;
    }

    /** For how long a former hostname redirects; without, not at all. */
    static Duration redirect(@Nullable Long seconds) {
        if (seconds != null && (seconds < 0 || seconds > LONGEST_REDIRECT.toSeconds())) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "'redirect_seconds' is from 0 to " + LONGEST_REDIRECT.toSeconds() + ", not " + seconds);
        }
        return seconds == null ? Duration.ZERO : Duration.ofSeconds(seconds);
    }
}
