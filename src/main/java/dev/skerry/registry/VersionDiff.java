package dev.skerry.registry;

import dev.skerry.model.Binding;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.VersionSpec;
import dev.skerry.store.Sealer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What differs between two versions, whichever environments they are of; what is the same is not in it. Secrets are told by their fingerprints
 * alone. Immutable.
 */
public record VersionDiff(List<ModuleChange> modules, List<BindingChange> bindings, List<SettingChange> settings) {
    /** Whether a line is in both, in the later version only, or in the earlier one only. */
    public enum Mark {
        SAME,
        ADDED,
        REMOVED
    }

    public record Line(Mark mark, String text) {}

    /**
     * A module that differs.
     *
     * @param before its type and size; empty when it came
     * @param after as {@code before}; empty when it went
     * @param lines all lines of both; empty when it is no text, or too many lines differ ({@value LineDiff#MOST_EDITS})
     */
    public record ModuleChange(
            String name, Optional<String> before, Optional<String> after, Optional<List<Line>> lines) {}

    /**
     * A binding that differs.
     *
     * @param before its type and what it is, in words; empty when it came
     * @param after as {@code before}; empty when it went
     */
    public record BindingChange(String name, Optional<Described> before, Optional<Described> after) {}

    /** A binding in wrangler's type and words; a secret's is {@code fingerprint ...}. */
    public record Described(String type, String text) {}

    /** Anything else that differs: {@code main}, {@code compatibility_date}, ... */
    public record SettingChange(String name, String before, String after) {}

    public VersionDiff {
        modules = List.copyOf(modules);
        bindings = List.copyOf(bindings);
        settings = List.copyOf(settings);
    }

    public boolean isEmpty() {
        return modules.isEmpty() && bindings.isEmpty() && settings.isEmpty();
    }

    /** From one to the other; without a first one, everything came. */
    static VersionDiff of(Optional<VersionSpec> before, VersionSpec after, Sealer sealer) {
        return new VersionDiff(
                modules(
                        before.map(spec -> spec.code().modules()).orElse(List.of()),
                        after.code().modules()),
                bindings(before.map(VersionSpec::bindings).orElse(List.of()), after.bindings(), sealer),
                before.map(spec -> settings(spec, after)).orElse(List.of()));
    }

    private static List<ModuleChange> modules(List<Module> before, List<Module> after) {
        Map<String, Module> from = byName(before, Module::name);
        Map<String, Module> to = byName(after, Module::name);
        List<ModuleChange> changes = new ArrayList<>();
        for (String name : names(from, to)) {
            Optional<Module> was = Optional.ofNullable(from.get(name));
            Optional<Module> is = Optional.ofNullable(to.get(name));
            if (!was.equals(is)) {
                changes.add(new ModuleChange(
                        name, was.map(VersionDiff::describe), is.map(VersionDiff::describe), lines(was, is)));
            }
        }
        return changes;
    }

    private static Optional<List<Line>> lines(Optional<Module> before, Optional<Module> after) {
        if (before.or(() -> after).filter(VersionDiff::isText).isEmpty()
                || after.or(() -> before).filter(VersionDiff::isText).isEmpty()) {
            return Optional.empty();
        }
        return LineDiff.of(
                before.map(VersionDiff::textLines).orElse(List.of()),
                after.map(VersionDiff::textLines).orElse(List.of()));
    }

    private static List<String> textLines(Module module) {
        return module.content().utf8().lines().toList();
    }

    private static boolean isText(Module module) {
        return module.type() != ModuleType.DATA
                && module.type() != ModuleType.WASM
                && module.type() != ModuleType.SOURCE_MAP;
    }

    private static String describe(Module module) {
        return module.type().contentType() + ", " + module.content();
    }

    private static List<BindingChange> bindings(List<Binding> before, List<Binding> after, Sealer sealer) {
        Map<String, Binding> from = byName(before, Binding::name);
        Map<String, Binding> to = byName(after, Binding::name);
        List<BindingChange> changes = new ArrayList<>();
        for (String name : names(from, to)) {
            Optional<Binding> was = Optional.ofNullable(from.get(name));
            Optional<Binding> is = Optional.ofNullable(to.get(name));
            if (!was.equals(is)) {
                changes.add(new BindingChange(
                        name,
                        was.map(binding -> describe(binding, sealer)),
                        is.map(binding -> describe(binding, sealer))));
            }
        }
        return changes;
    }

    /** A binding as it may be shown. */
    static Described describe(Binding binding, Sealer sealer) {
        return switch (binding) {
            case Binding.PlainText text -> new Described("plain_text", text.text());
            case Binding.Json json -> new Described("json", json.json());
            case Binding.Secret secret ->
                new Described("secret_text", "fingerprint " + sealer.fingerprint(secret.text()));
            case Binding.KvNamespace namespace -> new Described("kv_namespace", namespace.namespaceId());
            case Binding.Service service ->
                new Described(
                        "service",
                        service.target()
                                + service.entrypoint()
                                        .map(entrypoint -> "#" + entrypoint)
                                        .orElse("")
                                + service.props().map(props -> " " + props).orElse(""));
            case Binding.DurableObjectNamespace namespace ->
                new Described(
                        "durable_object_namespace",
                        namespace.target().map(target -> target + "#").orElse("") + namespace.className());
            case Binding.VersionMetadata metadata -> new Described("version_metadata", "");
            case Binding.Assets assets -> new Described("assets", "");
        };
    }

    private static List<SettingChange> settings(VersionSpec before, VersionSpec after) {
        List<SettingChange> changes = new ArrayList<>();
        add(changes, "main", before, after, spec -> spec.code().main());
        add(changes, "format", before, after, spec -> spec.code().format().name());
        add(changes, "compatibility_date", before, after, VersionSpec::compatibilityDate);
        add(changes, "compatibility_flags", before, after, spec -> String.join(", ", spec.compatibilityFlags()));
        add(changes, "limits", before, after, spec -> spec.limits().toString());
        add(changes, "migration_tag", before, after, spec -> spec.migrationTag().orElse(""));
        return changes;
    }

    private static void add(
            List<SettingChange> changes,
            String name,
            VersionSpec before,
            VersionSpec after,
            Function<VersionSpec, String> of) {
        if (!of.apply(before).equals(of.apply(after))) {
            changes.add(new SettingChange(name, of.apply(before), of.apply(after)));
        }
    }

    private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
        return items.stream().collect(Collectors.toMap(name, item -> item, (a, b) -> a, LinkedHashMap::new));
    }

    private static TreeSet<String> names(Map<String, ?> from, Map<String, ?> to) {
        TreeSet<String> names = new TreeSet<>(from.keySet());
        names.addAll(to.keySet());
        return names;
    }
}
