package dev.skerry.registry;

import dev.skerry.model.Binding;
import dev.skerry.model.Deployment;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.KvNamespace;
import dev.skerry.model.Origin;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import dev.skerry.model.VersionSummary;
import dev.skerry.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The rules, within one change: all of what is done here happens, or none of it. Confined to the writer's thread, and to the unit it was made
 * for; got by {@link Registry#change}. What is refused throws {@link RefusedException}.
 */
public final class Change {
    private final Transaction transaction;
    private final Tables tables;
    private final VersionCache versions;
    private final Checks checks;
    private final Origin origin;
    private final Instant now;
    private final Set<EnvironmentRef> touched = new LinkedHashSet<>();

    Change(Transaction transaction, Tables tables, VersionCache versions, String domain, Origin origin, Instant now) {
        this.transaction = transaction;
        this.tables = tables;
        this.versions = versions;
        this.checks = new Checks(transaction, tables, domain);
        this.origin = origin;
        this.now = now;
    }

    /** The environments whose place in the routing table may have changed. */
    Set<EnvironmentRef> touched() {
        return touched;
    }

    /** Makes a service with its {@code production} environment. */
    public void createService(ServiceName name) {
        if (tables.services().find(transaction, name).isPresent()) {
            throw new RefusedException(Reason.TAKEN, "There is a service '" + name + "' already");
        }
        tables.services().insert(transaction, name, now);
        insertEnvironment(EnvironmentRef.production(name));
    }

    /** Removes a service with all of its environments; refused with the list of those who bind to it, unless forced. */
    public void deleteService(ServiceName name, boolean force) {
        List<EnvironmentName> environments = checks.service(name).environments();
        if (!force) {
            checks.unreferenced(
                    "Service " + name,
                    environments.stream()
                            .map(environment -> new EnvironmentRef(name, environment))
                            .toList());
        }
        environments.forEach(environment -> touched.add(new EnvironmentRef(name, environment)));
        tables.services().delete(transaction, name);
    }

    /** Makes an environment without a version. Its service is there. */
    public void createEnvironment(EnvironmentRef ref) {
        checks.service(ref.service());
        if (tables.environments().exists(transaction, ref)) {
            throw new RefusedException(
                    Reason.TAKEN,
                    "Service " + ref.service() + " has an environment '" + ref.environment() + "' already");
        }
        insertEnvironment(ref);
    }

    /** Makes the environment, and its service, where they are not there; true if it made one. */
    public boolean ensureEnvironment(EnvironmentRef ref) {
        if (tables.services().find(transaction, ref.service()).isEmpty()) {
            createService(ref.service());
        }
        if (tables.environments().exists(transaction, ref)) {
            return touched.contains(ref);
        }
        createEnvironment(ref);
        return true;
    }

    /** Removes an environment other than {@code production}; refused with the list of those who bind to it, unless forced. */
    public void deleteEnvironment(EnvironmentRef ref, boolean force) {
        checks.environment(ref);
        if (ref.environment().isProduction()) {
            throw new RefusedException(
                    Reason.CONFLICT, "Every service has production; delete the service " + ref.service() + " instead");
        }
        if (!force) {
            checks.unreferenced("Environment " + ref, List.of(ref));
        }
        touched.add(ref);
        tables.environments().delete(transaction, ref);
    }

    /**
     * Makes the {@code production} of a service that has no other environment an environment of another service, which is made where it is not
     * there: versions, deployments, addresses, settings and all. The service it was goes.
     */
    public void moveEnvironment(EnvironmentRef from, EnvironmentRef to) {
        checks.environment(from);
        if (checks.service(from.service()).environments().size() > 1) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "Service " + from.service() + " has other environments than " + from.environment()
                            + "; it cannot become " + to);
        }
        if (tables.environments().exists(transaction, to)) {
            throw new RefusedException(Reason.TAKEN, "There is an environment " + to + " already");
        }
        if (tables.services().find(transaction, to.service()).isEmpty()) {
            createService(to.service());
        }
        checks.hostnameIsFree(to);
        tables.environments().move(transaction, from, to);
        tables.services().delete(transaction, from.service());
        versions.forget(from);
        touched.add(from);
        touch(to);
    }

    /** The environment as it stands now, this change's doings included. */
    public Environment environment(EnvironmentRef ref) {
        return checks.environment(ref);
    }

    /** The newest version of an environment, deployed or not. */
    public Optional<Version> latest(EnvironmentRef ref) {
        return tables.versions().list(transaction, ref, 0, 1).stream()
                .findFirst()
                .map(VersionSummary::id)
                .flatMap(id -> versions.find(transaction, id));
    }

    /** A whole version of any environment. */
    public Optional<Version> version(VersionId id) {
        return versions.find(transaction, id);
    }

    /** As {@link #publish(EnvironmentRef, VersionSpec, Map, boolean)}, without force. */
    public Version publish(EnvironmentRef ref, VersionSpec spec, Map<String, String> annotations) {
        return publish(ref, spec, annotations, false);
    }

    /**
     * Makes the environment's next version; it serves nobody until it is deployed. If the latest one is made of the same, that is the result
     * and nothing is made, unless forced. An annotation {@code workers/alias} gives the version that alias.
     */
    public Version publish(EnvironmentRef ref, VersionSpec spec, Map<String, String> annotations, boolean force) {
        checks.environment(ref);
        Optional<Version> latest = latest(ref);
        if (!force && latest.isPresent() && latest.get().spec().equals(spec)) {
            return latest.get();
        }
        checks.bindings(ref, spec);
        Version version = new Version(
                VersionId.random(),
                tables.versions().nextNumber(transaction, ref),
                ref,
                spec,
                origin.source(),
                origin.author(),
                now,
                annotations);
        tables.versions().insert(transaction, version);
        versions.put(version);
        touch(ref);
        String alias = annotations.get("workers/alias");
        if (alias != null) {
            setAlias(ref, alias, version.id());
        }
        return version;
    }

    /** Lets versions of the environment serve, from the next request on. */
    public Deployment deploy(EnvironmentRef ref, List<Share> shares, Map<String, String> annotations) {
        checks.environment(ref);
        for (Share share : shares) {
            checks.version(ref, share.version());
        }
        Deployment deployment = checks.valid(
                () -> new Deployment(UUID.randomUUID(), shares, origin.source(), origin.author(), now, annotations));
        tables.deployments().insert(transaction, ref, deployment);
        touch(ref);
        return deployment;
    }

    /** {@link #publish} and all traffic to it; what serves already, alone, makes no deployment. */
    public Version publishAndDeploy(EnvironmentRef ref, VersionSpec spec, Map<String, String> annotations) {
        return publishAndDeploy(ref, spec, annotations, false);
    }

    /** As the other, with a new version even if the latest is made of the same. */
    public Version publishAndDeploy(
            EnvironmentRef ref, VersionSpec spec, Map<String, String> annotations, boolean force) {
        Version version = publish(ref, spec, annotations, force);
        List<Share> all = List.of(new Share(version.id(), 100));
        boolean serves = environment(ref)
                .deployment()
                .map(deployment -> deployment.shares().equals(all))
                .orElse(false);
        if (!serves) {
            deploy(ref, all, annotations);
        }
        return version;
    }

    /** Changes the bindings of the latest version and serves the result. */
    public Version putSecret(EnvironmentRef ref, String name, String text) {
        return editBindings(ref, bindings -> {
            bindings.removeIf(binding -> binding.name().equals(name));
            bindings.add(new Binding.Secret(name, text));
        });
    }

    /** Takes a secret out of the latest version and serves the result. */
    public Version deleteSecret(EnvironmentRef ref, String name) {
        return editBindings(ref, bindings -> {
            if (!bindings.removeIf(binding ->
                    binding instanceof Binding.Secret && binding.name().equals(name))) {
                throw new RefusedException(
                        Reason.SECRET_NOT_FOUND, "Environment " + ref + " has no secret '" + name + "'");
            }
        });
    }

    /** Whether the environment answers at the hostname made of its name, and its versions at preview addresses. */
    public void setHostname(EnvironmentRef ref, boolean hostname, boolean previews) {
        checks.environment(ref);
        tables.environments().setHostname(transaction, ref, hostname, previews);
        touch(ref);
    }

    /** Replaces the environment's routes. A route that another environment has is refused. */
    public void setRoutes(EnvironmentRef ref, List<String> patterns) {
        checks.environment(ref);
        tables.environments().setRoutes(transaction, ref, checks.routes(ref, patterns));
        touch(ref);
    }

    /** Replaces the environment's custom domains. One that another environment has is refused. */
    public void setDomains(EnvironmentRef ref, List<String> hostnames) {
        checks.environment(ref);
        tables.environments().setDomains(transaction, ref, checks.domains(ref, hostnames));
        touch(ref);
    }

    /** Replaces the times at which the environment's {@code scheduled} handler runs. */
    public void setCrons(EnvironmentRef ref, List<String> crons) {
        checks.environment(ref);
        tables.environments().setCrons(transaction, ref, checks.crons(ref, crons));
        touch(ref);
    }

    /** Names a version for a preview address; the alias leaves the version that had it. */
    public void setAlias(EnvironmentRef ref, String alias, VersionId version) {
        checks.alias(ref, alias);
        checks.version(ref, version);
        tables.environments().setAlias(transaction, ref, alias, version);
        touch(ref);
    }

    /** Keeps a setting that belongs to no version; the value is JSON text, empty takes it out. */
    public void setSetting(EnvironmentRef ref, String key, String json) {
        checks.environment(ref);
        if (json.isEmpty()) {
            tables.environments().removeSetting(transaction, ref, key);
        } else {
            tables.environments().setSetting(transaction, ref, key, json);
        }
        touch(ref);
    }

    /** Makes a KV namespace. */
    public KvNamespace createNamespace(String title) {
        checks.titleIsFree(title);
        String id = UUID.randomUUID().toString().replace("-", "");
        KvNamespace namespace = checks.valid(() -> new KvNamespace(id, title));
        tables.namespaces().insert(transaction, namespace, now);
        return namespace;
    }

    /** The KV namespace of that title, made where it is not there. */
    public KvNamespace ensureNamespace(String title) {
        return tables.namespaces().findByTitle(transaction, title).orElseGet(() -> createNamespace(title));
    }

    public KvNamespace renameNamespace(String id, String title) {
        KvNamespace before = checks.namespace(id);
        if (before.title().equals(title)) {
            return before;
        }
        checks.titleIsFree(title);
        KvNamespace after = checks.valid(() -> new KvNamespace(id, title));
        tables.namespaces().rename(transaction, after);
        return after;
    }

    public void deleteNamespace(String id) {
        checks.namespace(id);
        tables.namespaces().delete(transaction, id);
    }

    private void insertEnvironment(EnvironmentRef ref) {
        checks.hostnameIsFree(ref);
        tables.environments().insert(transaction, ref, now);
        touched.add(ref);
    }

    private Version editBindings(EnvironmentRef ref, java.util.function.Consumer<List<Binding>> edit) {
        checks.environment(ref);
        Version latest = latest(ref)
                .orElseThrow(() -> new RefusedException(
                        Reason.VERSION_NOT_FOUND, "Environment " + ref + " has no version yet; upload its code first"));
        List<Binding> bindings = new ArrayList<>(latest.spec().bindings());
        edit.accept(bindings);
        return publishAndDeploy(ref, checks.valid(() -> latest.spec().withBindings(bindings)), Map.of());
    }

    private void touch(EnvironmentRef ref) {
        tables.environments().touch(transaction, ref, now);
        touched.add(ref);
    }
}
