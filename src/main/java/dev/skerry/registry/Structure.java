package dev.skerry.registry;

import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.ServiceName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps that make, name and remove services and environments. Confined as its {@link Scope}. */
final class Structure {
    private final Scope scope;
    private final Tables tables;
    private final Checks checks;

    Structure(Scope scope) {
        this.scope = scope;
        this.tables = scope.tables;
        this.checks = scope.checks;
    }

    void createService(ServiceName name) {
        checks.nameIsFree(name);
        tables.services().insert(scope.transaction, name, scope.now);
        insertEnvironment(EnvironmentRef.production(name));
    }

    void deleteService(ServiceName name, boolean force) {
        List<EnvironmentRef> environments = environments(name);
        if (!force) {
            checks.unreferenced("Service " + name, environments);
        }
        for (EnvironmentRef ref : environments) {
            scope.touched.add(ref);
            scope.audit("delete", ref, scope.state(ref), Map.of());
        }
        tables.services().delete(scope.transaction, name);
    }

    void renameService(ServiceName from, ServiceName to, Duration redirect) {
        List<EnvironmentRef> environments = environments(from);
        if (from.equals(to)) {
            return;
        }
        checks.nameIsFree(to);
        Map<EnvironmentRef, Map<String, String>> before = new HashMap<>();
        environments.forEach(ref -> {
            checks.hostnameIsFree(new EnvironmentRef(to, ref.environment()));
            before.put(ref, scope.state(ref));
        });
        tables.services().rename(scope.transaction, from, to);
        tables.versions().retarget(scope.transaction, from, to);
        for (EnvironmentRef ref : environments) {
            moved(ref, new EnvironmentRef(to, ref.environment()), before.getOrDefault(ref, Map.of()), redirect);
        }
    }

    void createEnvironment(EnvironmentRef ref) {
        checks.service(ref.service());
        checks.isFree(ref);
        insertEnvironment(ref);
    }

    boolean ensureEnvironment(EnvironmentRef ref) {
        if (tables.services().find(scope.transaction, ref.service()).isEmpty()) {
            createService(ref.service());
        }
        if (tables.environments().exists(scope.transaction, ref)) {
            return scope.touched.contains(ref);
        }
        createEnvironment(ref);
        return true;
    }

    void renameEnvironment(EnvironmentRef from, EnvironmentName name, Duration redirect) {
        checks.environment(from);
        if (from.environment().equals(name)) {
            return;
        }
        if (from.environment().isProduction()) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "Every service has production; clone it instead, or rename the service " + from.service());
        }
        EnvironmentRef to = new EnvironmentRef(from.service(), name);
        checks.isFree(to);
        checks.hostnameIsFree(to);
        Map<String, String> before = scope.state(from);
        tables.environments().rename(scope.transaction, from, to);
        tables.versions().retarget(scope.transaction, from, to);
        moved(from, to, before, redirect);
    }

    void deleteEnvironment(EnvironmentRef ref, boolean force) {
        checks.environment(ref);
        if (ref.environment().isProduction()) {
            throw new RefusedException(
                    Reason.CONFLICT, "Every service has production; delete the service " + ref.service() + " instead");
        }
        if (!force) {
            checks.unreferenced("Environment " + ref, List.of(ref));
        }
        scope.touched.add(ref);
        scope.audit("delete", ref, scope.state(ref), Map.of());
        tables.environments().delete(scope.transaction, ref);
    }

    void moveEnvironment(EnvironmentRef from, EnvironmentRef to) {
        checks.environment(from);
        if (checks.service(from.service()).environments().size() > 1) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "Service " + from.service() + " has other environments than " + from.environment()
                            + "; it cannot become " + to);
        }
        if (tables.environments().exists(scope.transaction, to)) {
            throw new RefusedException(Reason.TAKEN, "There is an environment " + to + " already");
        }
        if (tables.services().find(scope.transaction, to.service()).isEmpty()) {
            createService(to.service());
        }
        checks.hostnameIsFree(to);
        Map<String, String> before = scope.state(from);
        tables.environments().move(scope.transaction, from, to);
        tables.services().delete(scope.transaction, from.service());
        tables.versions().retarget(scope.transaction, from, to);
        moved(from, to, before, Duration.ZERO);
    }

    private List<EnvironmentRef> environments(ServiceName name) {
        return checks.service(name).environments().stream()
                .map(environment -> new EnvironmentRef(name, environment))
                .toList();
    }

    private void insertEnvironment(EnvironmentRef ref) {
        checks.hostnameIsFree(ref);
        tables.environments().removeFormer(scope.transaction, RoutingTable.hostname(scope.domain, ref), scope.now);
        tables.environments().insert(scope.transaction, ref, scope.now);
        scope.touched.add(ref);
        scope.audit("create", ref, Map.of(), scope.state(ref));
    }

    /** The store has the new name; the rest follows. */
    private void moved(EnvironmentRef from, EnvironmentRef to, Map<String, String> before, Duration redirect) {
        scope.versions.renamed(scope.transaction);
        scope.moves.put(from, to);
        tables.environments().removeFormer(scope.transaction, RoutingTable.hostname(scope.domain, to), scope.now);
        if (redirect.isPositive()) {
            tables.environments()
                    .addFormer(
                            scope.transaction, to, RoutingTable.hostname(scope.domain, from), scope.now.plus(redirect));
        }
        scope.touched.add(from);
        scope.touch(to);
        tables.versions().servingReferences(scope.transaction).stream()
                .filter(reference -> reference.target().equals(to))
                .forEach(reference -> scope.touched.add(reference.from()));
        scope.audit("rename", to, before, scope.state(to));
    }
}
