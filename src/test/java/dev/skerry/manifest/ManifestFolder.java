package dev.skerry.manifest;

import dev.skerry.assets.AssetFiles;
import dev.skerry.assets.AssetsConfig;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import dev.skerry.registry.Registry;
import dev.skerry.registry.VersionCheck;
import dev.skerry.store.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A folder with a manifest, and a registry to apply it to. */
final class ManifestFolder implements AutoCloseable {
    final Path folder;
    final Path file;
    final Map<String, String> variables = new HashMap<>();
    private TestStore store;
    Registry registry;
    ManifestApplier applier;
    private AssetFiles assets;
    volatile VersionCheck check = (environment, spec) -> {};

    ManifestFolder(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("skerry.yaml");
        open();
    }

    private void open() {
        store = new TestStore(folder.resolve("data"));
        registry = new Registry(store.database, store.sealer, store.registryConfig);
        assets = new AssetFiles(store.database, TestStore.config().getConfigMapping(AssetsConfig.class));
        applier = new ManifestApplier(
                registry,
                (environment, spec) -> check.check(environment, spec),
                assets,
                name -> Optional.ofNullable(variables.get(name)));
    }

    void restart() {
        close();
        open();
    }

    /** Writes a file as an editor does: it is there as a whole or not at all. */
    void write(String name, String text) {
        try {
            Path path = folder.resolve(name);
            Files.createDirectories(path.getParent());
            Path next = Files.writeString(folder.resolve(name + "~"), text);
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    ManifestResult apply(String yaml) {
        write("skerry.yaml", yaml);
        return applier.apply(file);
    }

    /** The problems as {@code line: message}. */
    List<String> problems(String yaml) {
        try {
            apply(yaml);
            return List.of();
        } catch (ManifestException e) {
            return e.problems().stream()
                    .map(problem -> problem.line() + ": " + problem.message())
                    .toList();
        }
    }

    Version serving(String service, String environment) {
        return registry.routes()
                .environment(EnvironmentRef.of(service, environment))
                .flatMap(live -> live.choose(RandomGenerator.getDefault()))
                .orElseThrow();
    }

    @Override
    public void close() {
        assets.close();
        store.close();
    }
}
