package dev.skerry.registry;

import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.KvNamespace;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps that make an environment like another. Confined as its {@link Scope}. */
final class Copying {
    private static final String OF_THE_MANIFEST = "manifest";

    private final Change change;
    private final Scope scope;

    Copying(Change change, Scope scope) {
        this.change = change;
        this.scope = scope;
    }

    void cloneEnvironment(EnvironmentRef source, EnvironmentRef target, Map<String, String> namespaces) {
        change.createEnvironment(target);
        change.environment(source).settings().forEach((key, json) -> {
            if (!key.startsWith(OF_THE_MANIFEST)) {
                change.setSetting(target, key, json);
            }
        });
        version(source).ifPresent(version -> {
            List<Binding> bindings = version.spec().bindings().stream()
                    .map(binding -> binding instanceof Binding.KvNamespace(String name, String id)
                            ? new Binding.KvNamespace(name, namespaces.getOrDefault(id, id))
                            : binding)
                    .toList();
            change.publishAndDeploy(
                    target,
                    version.spec().withBindings(bindings),
                    Annotations.ofCopy(version, Annotations.CLONED_FROM));
        });
    }

    Map<String, KvNamespace> makeNamespaces(EnvironmentRef source, EnvironmentRef target) {
        scope.checks.service(target.service());
        scope.checks.isFree(target);
        Map<String, KvNamespace> made = new LinkedHashMap<>();
        for (String id : namespaces(source)) {
            String title = scope.checks.namespace(id).title() + "-" + target.service() + "-" + target.environment();
            made.put(id, change.createNamespace(free(title)));
        }
        return made;
    }

    void requireNamespaces(EnvironmentRef source, Map<String, KvNamespace> copies) {
        if (!copies.keySet().containsAll(namespaces(source))) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "The bindings of " + source + " were changed while its namespaces were copied; try again");
        }
    }

    private List<String> namespaces(EnvironmentRef ref) {
        return version(ref).stream()
                .flatMap(version -> version.spec().bindings().stream())
                .filter(Binding.KvNamespace.class::isInstance)
                .map(binding -> ((Binding.KvNamespace) binding).namespaceId())
                .distinct()
                .toList();
    }

    private Optional<Version> version(EnvironmentRef source) {
        return change.serving(source).or(() -> change.latest(source));
    }

    private String free(String title) {
        String free = title;
        for (int i = 2;
                scope.tables.namespaces().findByTitle(scope.transaction, free).isPresent();
                i++) {
            free = title + "-" + i;
        }
        return free;
    }
}
