package dev.skerry.api.environments;

import dev.skerry.registry.VersionDiff;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What differs between two versions; what is the same is not in it. */
public record DiffAnswer(List<ModuleChange> modules, List<BindingChange> bindings, List<SettingChange> settings) {
    /** A line; its mark is {@code same}, {@code added} or {@code removed}. */
    public record Line(String mark, String text) {}

    /**
     * A module that differs.
     *
     * @param before its type and size; null when it came
     * @param after as {@code before}; null when it went
     * @param lines all lines of both; null when it is no text, or too many differ
     */
    public record ModuleChange(
            String name,
            @Nullable String before,
            @Nullable String after,
            @Nullable List<Line> lines) {}

    /** A binding's type and what it is, in words; of a secret the fingerprint. */
    public record Described(String type, String text) {}

    /** A binding that differs; null stands for none. */
    public record BindingChange(
            String name,
            @Nullable Described before,
            @Nullable Described after) {}

    /** Anything else that differs: {@code main}, {@code compatibility_date}, ... */
    public record SettingChange(String name, String before, String after) {}

    static DiffAnswer of(VersionDiff diff) {
        return new DiffAnswer(
                diff.modules().stream()
                        .map(module -> new ModuleChange(
                                module.name(),
                                module.before().orElse(null),
                                module.after().orElse(null),
                                module.lines().map(DiffAnswer::lines).orElse(null)))
                        .toList(),
                diff.bindings().stream()
                        .map(binding -> new BindingChange(
                                binding.name(), described(binding.before()), described(binding.after())))
                        .toList(),
                diff.settings().stream()
                        .map(setting -> new SettingChange(setting.name(), setting.before(), setting.after()))
                        .toList());
    }

    private static List<Line> lines(List<VersionDiff.Line> lines) {
        return lines.stream()
                .map(line -> new Line(line.mark().name().toLowerCase(Locale.ROOT), line.text()))
                .toList();
    }

    private static @Nullable Described described(Optional<VersionDiff.Described> binding) {
        return binding.map(found -> new Described(found.type(), found.text())).orElse(null);
    }
}
