package dev.skerry.manifest;

import dev.skerry.manifest.BindingEntry.Ready;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The whole of {@code services:}, with what {@code from:} inherits filled in, in the order of the file. Immutable.
 *
 * @param pipelines of the services that say something of it
 */
record Manifest(Map<EnvironmentRef, EnvironmentEntry> environments, List<PipelineEntry> pipelines) {
    Manifest {
        pipelines = List.copyOf(pipelines);
        environments = Collections.unmodifiableMap(new LinkedHashMap<>(environments));
    }

    /**
     * Checks what one entry says of another: bindings to environments that are neither here nor in the registry, hostnames and routes that two claim.
     *
     * @param registered the environments that the registry has
     */
    void check(Collection<EnvironmentRef> registered, Problems problems) {
        TreeSet<EnvironmentRef> known = new TreeSet<>(registered);
        known.addAll(environments.keySet());
        environments.keySet().forEach(ref -> known.add(EnvironmentRef.production(ref.service())));
        environments.forEach((ref, entry) -> entry.bindings().values().forEach(binding -> {
            if (binding.value() instanceof Ready(Binding made)) {
                checkTarget(ref, binding.line(), made, known, problems);
            }
        }));
        checkClaims("Hostname", EnvironmentEntry::domains, problems);
        checkClaims("Route", EnvironmentEntry::routes, problems);
    }

    private static void checkTarget(
            EnvironmentRef ref, int line, Binding binding, TreeSet<EnvironmentRef> known, Problems problems) {
        Optional<EnvironmentRef> target = switch (binding) {
            case Binding.Service service -> Optional.of(service.target());
            case Binding.DurableObjectNamespace namespace -> namespace.target();
            case Binding.PlainText text -> Optional.empty();
            case Binding.Json json -> Optional.empty();
            case Binding.Secret secret -> Optional.empty();
            case Binding.KvNamespace namespace -> Optional.empty();
            case Binding.VersionMetadata metadata -> Optional.empty();
            case Binding.Assets assets -> Optional.empty();
        };
        if (target.isEmpty() || known.contains(target.get())) {
            return;
        }
        EnvironmentRef wanted = target.get();
        List<String> siblings = known.stream()
                .filter(other -> other.service().equals(wanted.service()))
                .map(other -> other.environment().value())
                .toList();
        String subject = "Binding " + binding.name() + " of " + ref + " names ";
        if (siblings.isEmpty()) {
            List<String> services = known.stream()
                    .map(other -> other.service().value())
                    .distinct()
                    .toList();
            problems.add(
                    line,
                    subject + "service '" + wanted.service() + "', which does not exist"
                            + Spelling.hint(wanted.service().value(), services));
        } else {
            problems.add(
                    line,
                    subject + "environment '" + wanted.environment() + "' of service " + wanted.service()
                            + ", which does not exist"
                            + Spelling.hint(wanted.environment().value(), siblings));
        }
    }

    private void checkClaims(
            String what, java.util.function.Function<EnvironmentEntry, List<String>> claims, Problems problems) {
        Map<String, EnvironmentRef> owners = new HashMap<>();
        environments.forEach((ref, entry) -> {
            for (String claim : claims.apply(entry).stream()
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toCollection(TreeSet::new))) {
                EnvironmentRef owner = owners.putIfAbsent(claim, ref);
                if (owner != null) {
                    problems.add(entry.line(), what + " " + claim + " of " + ref + " belongs to " + owner + " already");
                }
            }
        });
    }
}
