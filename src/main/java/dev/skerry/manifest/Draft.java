package dev.skerry.manifest;

import dev.skerry.model.Binding;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.ModuleType;
import dev.skerry.model.StaticFiles;
import dev.skerry.model.StaticFiles.Serving;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An environment as a manifest asks for it, its files read, for whoever deploys it by other means than a {@link ManifestApplier}. Immutable.
 *
 * @param bindings all but KV namespaces
 * @param namespaces the titles of KV namespaces, by the names they are bound to
 * @param hostname whether it has the hostname made of its name
 */
public record Draft(
        EnvironmentRef ref,
        Code code,
        List<Binding> bindings,
        Map<String, String> namespaces,
        String compatibilityDate,
        List<String> compatibilityFlags,
        LimitOverrides limits,
        boolean hostname,
        boolean previews,
        List<String> routes,
        List<String> domains,
        List<String> crons) {
    public Draft {
        bindings = List.copyOf(bindings);
        namespaces = Map.copyOf(namespaces);
        compatibilityFlags = List.copyOf(compatibilityFlags);
        routes = List.copyOf(routes);
        domains = List.copyOf(domains);
        crons = List.copyOf(crons);
    }

    /** Without the bindings, among which are secrets. */
    @Override
    public String toString() {
        return "Draft[" + ref + "]";
    }

    /**
     * Reads a manifest that is no file, and the files that it names.
     *
     * @param alone the environments that need no code, for they have static files alone; their code is {@link Code#ofFiles}
     * @param name what stands for the file in messages; its folder is the one that paths are relative to
     * @throws ManifestException with all that is wrong
     */
    public static List<Draft> read(String yaml, Path name, Set<String> alone) {
        Problems problems = new Problems(name);
        SourceFiles files = new SourceFiles();
        Path file = name.toAbsolutePath().normalize();
        Manifest manifest = new ManifestReader(file, files, problems).read(yaml);
        Reading reading = new Reading(
                Optional.ofNullable(file.getParent()).orElse(file),
                files,
                problems,
                variable -> Optional.ofNullable(System.getenv(variable)),
                null);
        List<Draft> drafts = new ArrayList<>();
        manifest.environments().forEach((ref, entry) -> {
            boolean pages =
                    entry.code().isEmpty() && alone.contains(ref.environment().value());
            (pages ? Optional.of(pages(ref, entry)) : Desired.read(ref, entry, reading))
                    .map(Draft::of)
                    .ifPresent(drafts::add);
        });
        problems.throwIfAny();
        return drafts;
    }

    /** What its modules import that is neither one of them nor part of the runtime: packages, which a bundler would have put in. */
    public List<String> packages() {
        return code.modules().stream()
                .filter(module -> module.type() == ModuleType.ES_MODULE)
                .flatMap(module -> ModuleScan.of(module.content().utf8()).imports().stream())
                .filter(name -> !name.startsWith(".") && !name.startsWith("/") && name.indexOf(':') < 0)
                .filter(name -> code.module(name).isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static Desired pages(EnvironmentRef ref, EnvironmentEntry entry) {
        Code none = Code.ofFiles(new StaticFiles(List.of(), Serving.DEFAULT));
        return new Desired(ref, entry, none, List.of(), Map.of());
    }

    /** Whether it has static files and no worker. */
    public boolean pagesAlone() {
        return code.files().isPresent();
    }

    private static Draft of(Desired desired) {
        EnvironmentEntry entry = desired.entry();
        Places places = desired.places();
        return new Draft(
                desired.ref(),
                desired.code(),
                desired.bindings(),
                desired.namespaces(),
                entry.compatibilityDate().orElse(Desired.COMPATIBILITY_DATE),
                entry.compatibilityFlags().orElse(List.of()),
                entry.limits(),
                places.hostname(),
                places.previews(),
                places.routes(),
                places.domains(),
                places.crons());
    }
}
