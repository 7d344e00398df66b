package dev.skerry.model;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a version is made of; two equal ones are the same version. Bindings are sorted by name, names are unique.
 *
 * @param compatibilityDate an ISO date such as {@code 2026-01-31}
 * @param limits what this version narrows or widens of the server's limits, by the keys of {@code skerry.limits}
 * @param migrationTag the last Durable Object migration that was applied with it
 */
public record VersionSpec(
        Code code,
        List<Binding> bindings,
        String compatibilityDate,
        List<String> compatibilityFlags,
        LimitOverrides limits,
        Optional<String> migrationTag) {
    public VersionSpec {
        bindings = bindings.stream().sorted(Comparator.comparing(Binding::name)).toList();
        compatibilityFlags = List.copyOf(compatibilityFlags);
        Set<String> names = new HashSet<>();
        for (Binding binding : bindings) {
            if (!names.add(binding.name())) {
                throw new IllegalArgumentException("Two bindings are named '" + binding.name() + "'");
            }
        }
    }

    public Optional<Binding> binding(String name) {
        return bindings.stream().filter(binding -> binding.name().equals(name)).findFirst();
    }

    /** The same with other bindings. */
    public VersionSpec withBindings(List<Binding> others) {
        return new VersionSpec(code, others, compatibilityDate, compatibilityFlags, limits, migrationTag);
    }
}
