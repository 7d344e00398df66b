package dev.skerry.manifest;

import dev.skerry.assets.AssetFiles;
import dev.skerry.manifest.ManifestResult.Line;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.KvNamespace;
import dev.skerry.model.Origin;
import dev.skerry.model.RefusedException;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.LiveEnvironment;
import dev.skerry.registry.Registry;
import dev.skerry.registry.VersionCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the registry as the manifest says: what differs from the last time becomes a change, all of it one; what is the same is left alone, and so is
 * everything that the manifest does not name. Thread-safe; an application reads files and waits for the store.
 */
public final class ManifestApplier {
    private static final Origin ORIGIN = new Origin("manifest", "manifest");

    private static final String NO_ID = "0".repeat(32);

    private final Registry registry;
    private final VersionCheck check;
    private final AssetFiles store;
    private final Function<String, Optional<String>> variables;

    /** With the process' environment variables. */
    public ManifestApplier(Registry registry, VersionCheck check, AssetFiles store) {
        this(registry, check, store, name -> Optional.ofNullable(System.getenv(name)));
    }

    ManifestApplier(
            Registry registry, VersionCheck check, AssetFiles store, Function<String, Optional<String>> variables) {
        this.registry = registry;
        this.check = check;
        this.store = store;
        this.variables = variables;
    }

    /**
     * Applies a file.
     *
     * @throws ManifestException with all that is wrong; then nothing was changed
     */
    public ManifestResult apply(Path file) {
        return apply(file, new SourceFiles());
    }

    /** The files that are read are remembered, also when it throws. */
    synchronized ManifestResult apply(Path file, SourceFiles files) {
        Problems problems = new Problems(file);
        Path absolute = file.toAbsolutePath().normalize();
        Manifest manifest = new ManifestReader(absolute, files, problems).read();
        Path folder = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        Reading reading = new Reading(folder, files, problems, variables, store);
        List<Desired> desired = new ArrayList<>();
        manifest.environments()
                .forEach((ref, entry) -> Desired.read(ref, entry, reading).ifPresent(desired::add));
        manifest.check(
                registry.routes().environments().stream()
                        .map(LiveEnvironment::ref)
                        .toList(),
                problems);
        problems.throwIfAny();
        List<Desired> different = desired.stream().filter(this::differs).toList();
        different.forEach(each -> tryCode(each, problems));
        problems.throwIfAny();
        different.forEach(reading::keepFiles);
        problems.throwIfAny();
        List<PipelineEntry> pipelines = manifest.pipelines().stream()
                .filter(entry -> !registry.pipeline(entry.service()).equals(entry.environments()))
                .toList();
        if (!different.isEmpty() || !pipelines.isEmpty()) {
            registry.change(ORIGIN, change -> new Application(change, problems).run(different, pipelines));
        }
        return new ManifestResult(desired.stream()
                .map(each -> new Line(each.ref(), number(each.ref()), different.contains(each)))
                .toList());
    }

    /** The number of the version that the file asks for, now that it is applied. */
    private int number(EnvironmentRef ref) {
        return registry.environment(ref)
                .map(Applied::of)
                .flatMap(Applied::version)
                .flatMap(registry::version)
                .map(Version::number)
                .orElse(0);
    }

    private boolean differs(Desired desired) {
        Applied applied = registry.environment(desired.ref()).map(Applied::of).orElse(Applied.NOTHING);
        return !applied.places().equals(desired.places())
                || !applied.covers(applied.version().flatMap(registry::version), desired, spec(desired));
    }

    /** With an id that nobody has for KV namespaces that are not there yet, so that it differs. */
    private VersionSpec spec(Desired desired) {
        Map<String, String> ids =
                registry.namespaces().stream().collect(Collectors.toMap(KvNamespace::title, KvNamespace::id));
        return desired.spec(title -> ids.getOrDefault(title, NO_ID));
    }

    private void tryCode(Desired desired, Problems problems) {
        try {
            check.check(desired.ref(), spec(desired));
        } catch (RefusedException e) {
            problems.add(desired.entry().line(), desired.ref() + ": " + e.sentence());
        }
    }
}
