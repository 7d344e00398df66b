package dev.skerry.api.workers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.Annotations;
import dev.skerry.registry.Change;
import dev.skerry.registry.Registry;
import dev.skerry.runtime.StartReport;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes versions of uploads: tried first, then one change of the registry. Thread-safe. */
@Singleton
public final class Publisher {
    /** The annotation that keeps which events a version handles, with commas between. */
    static final String HANDLERS = Annotations.HANDLERS;

    /** The setting that keeps the migrations that an environment went through. */
    static final String MIGRATIONS = "migrations";

    /** What an upload says of the environment rather than of the version. */
    private static final List<String> SETTINGS =
            List.of("tags", "observability", "logpush", "tail_consumers", "placement");

    private final Registry registry;
    private final CodeCheck check;
    private final Bindings bindings;
    private final AssetUploads assets;
    private final Caller caller;
    private final ObjectMapper mapper;

    @Inject
    Publisher(
            Registry registry,
            CodeCheck check,
            Bindings bindings,
            AssetUploads assets,
            Caller caller,
            ObjectMapper mapper) {
        this.registry = registry;
        this.check = check;
        this.bindings = bindings;
        this.assets = assets;
        this.caller = caller;
        this.mapper = mapper;
    }

    /** A version that was made, and what its trial told. */
    record Published(Version version, StartReport trial, boolean madeEnvironment) {}

    /**
     * Makes the environment's next version, and the environment where it is not there.
     *
     * @param strict whether an {@code inherit} that finds nothing is refused
     * @param deploy whether it takes all traffic
     */
    Published publish(EnvironmentRef ref, Upload sent, boolean strict, boolean deploy) {
        Upload upload = sent.withFiles(assets.files(sent));
        StartReport trial = check.trial(ref, upload.spec(registry.latest(ref).map(Version::spec), strict, bindings));
        Map<String, String> annotations = new HashMap<>(upload.annotations());
        annotations.put(HANDLERS, String.join(",", trial.handlers()));
        return registry.change(caller.origin(), change -> {
            boolean made = change.ensureEnvironment(ref);
            Optional<VersionSpec> before = change.latest(ref).map(Version::spec);
            VersionSpec spec = upload.spec(before, strict, bindings);
            migrate(change, ref, upload, before);
            settings(change, ref, upload.metadata());
            return new Published(
                    deploy
                            ? change.publishAndDeploy(ref, spec, annotations, true)
                            : change.publish(ref, spec, annotations, true),
                    trial,
                    made);
        });
    }

    /** Keeps what the object says of the environment. */
    void settings(Change change, EnvironmentRef ref, JsonNode json) {
        for (String key : SETTINGS) {
            JsonNode value = json.path(key);
            if (!value.isMissingNode()) {
                change.setSetting(ref, key, value.isNull() ? "" : value.toString());
            }
        }
    }

    private void migrate(Change change, EnvironmentRef ref, Upload upload, Optional<VersionSpec> before) {
        JsonNode migrations = upload.metadata().path("migrations");
        if (!migrations.isObject()) {
            return;
        }
        String old = before.flatMap(VersionSpec::migrationTag).orElse("");
        String expected = migrations.path("old_tag").asText("");
        if (!expected.equals(old)) {
            throw new ApiException(
                    ErrorCode.MIGRATION_CONFLICT,
                    "The migrations begin after '" + expected + "', but the last one of " + ref + " was '" + old + "'");
        }
        String kept = change.environment(ref).settings().getOrDefault(MIGRATIONS, "[]");
        try {
            ArrayNode all = (ArrayNode) mapper.readTree(kept);
            change.setSetting(ref, MIGRATIONS, all.add(migrations).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The migrations of " + ref + " are not JSON", e);
        }
    }
}
