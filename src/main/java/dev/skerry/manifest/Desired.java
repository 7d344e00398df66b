package dev.skerry.manifest;

import dev.skerry.manifest.BindingEntry.NamespaceTitled;
import dev.skerry.manifest.BindingEntry.Ready;
import dev.skerry.manifest.BindingEntry.Removed;
import dev.skerry.manifest.BindingEntry.SecretFrom;
import dev.skerry.model.Binding;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.StaticFiles;
import dev.skerry.model.VersionSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an environment shall be, its files and secrets read. Immutable.
 *
 * @param bindings all but KV namespaces
 * @param namespaces the titles of KV namespaces, by the names they are bound to
 */
record Desired(
        EnvironmentRef ref, EnvironmentEntry entry, Code code, List<Binding> bindings, Map<String, String> namespaces) {
    /** When a manifest does not say: what worked then works on. Never change it, or every such environment gets a new version. */
    static final String COMPATIBILITY_DATE = "2026-01-01";

    Desired {
        bindings = List.copyOf(bindings);
        namespaces = Map.copyOf(namespaces);
    }

    Places places() {
        boolean hostname = entry.hostname().orElse(true);
        return new Places(
                hostname,
                entry.previews().orElse(hostname),
                entry.upstream().orElse(""),
                entry.routes(),
                entry.domains(),
                entry.crons().orElse(List.of()));
    }

    boolean binds(String name) {
        return namespaces.containsKey(name)
                || bindings.stream().anyMatch(binding -> binding.name().equals(name));
    }

    /**
     * The version that the file asks for.
     *
     * @param idOfTitle finds a KV namespace's id
     */
    VersionSpec spec(Function<String, String> idOfTitle) {
        List<Binding> all = new ArrayList<>(bindings);
        namespaces.forEach((name, title) -> all.add(new Binding.KvNamespace(name, idOfTitle.apply(title))));
        return new VersionSpec(
                code,
                all,
                entry.compatibilityDate().orElse(COMPATIBILITY_DATE),
                entry.compatibilityFlags().orElse(List.of()),
                entry.limits(),
                Optional.empty());
    }

    /** Reads what an entry names; empty, and problems, when something is missing. */
    static Optional<Desired> read(EnvironmentRef ref, EnvironmentEntry entry, Reading reading) {
        Problems problems = reading.problems();
        if (entry.code().isEmpty() && entry.assets().isEmpty()) {
            problems.add(
                    entry.line(),
                    "Environment " + ref
                            + " has no code; name its 'main' file, its 'modules' or the folder of its 'assets'");
        }
        List<Binding> bindings = new ArrayList<>();
        Map<String, String> namespaces = new LinkedHashMap<>();
        for (BindingEntry binding : entry.bindings().values()) {
            switch (binding.value()) {
                case Ready(Binding made) -> bindings.add(made);
                case NamespaceTitled(String title) -> namespaces.put(binding.name(), title);
                case SecretFrom secret ->
                    reading.secret(ref, binding, secret)
                            .ifPresent(text -> bindings.add(new Binding.Secret(binding.name(), text)));
                case Removed removed -> {}
            }
        }
        entry.assets()
                .ifPresent(assets -> assets.binding().ifPresent(name -> {
                    if (entry.bindings().containsKey(name)) {
                        problems.add(assets.line(), "'" + name + "' of " + ref + " is bound twice, also to its assets");
                    } else {
                        problems.valid(assets.line(), () -> bindings.add(new Binding.Assets(name)));
                    }
                }));
        Optional<StaticFiles> files = entry.assets().flatMap(assets -> reading.files(ref, assets));
        if (entry.assets().isPresent() && files.isEmpty()) {
            return Optional.empty();
        }
        return entry.code()
                .flatMap(code -> reading.code(ref, code))
                .map(code -> code.withFiles(files))
                .or(() -> entry.code().isPresent() ? Optional.empty() : files.map(Desired::alone))
                .map(code -> new Desired(ref, entry, code, bindings, namespaces));
    }

    private static Code alone(StaticFiles files) {
        return Code.ofFiles(new StaticFiles(files.files(), files.serving().withoutWorker()));
    }
}
