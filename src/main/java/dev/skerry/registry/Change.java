package dev.skerry.registry;

import dev.skerry.model.Deployment;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.KvNamespace;
import dev.skerry.model.RefusedException;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import dev.skerry.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The rules, within one change: all of what is done here happens, or none of it. Confined to the writer's thread, and to the unit it was made
 * for; got by {@link Registry#change}. What is refused throws {@link RefusedException}.
 */
public final class Change {
    private final Scope scope;
    private final Transaction transaction;
    private final Tables tables;
    private final Checks checks;
    private final Structure structure;
    private final Publishing publishing;
    private final Copying copying;

    Change(Scope scope) {
        this.scope = scope;
        this.transaction = scope.transaction;
        this.tables = scope.tables;
        this.checks = scope.checks;
        this.structure = new Structure(scope);
        this.publishing = new Publishing(scope);
        this.copying = new Copying(this, scope);
    }

    /** What else belongs to this change. */
    Scope scope() {
        return scope;
    }

    /** Makes a service with its {@code production} environment. */
    public void createService(ServiceName name) {
        structure.createService(name);
    }

    /** Removes a service with all of its environments; refused with the list of those who bind to it, unless forced. */
    public void deleteService(ServiceName name, boolean force) {
        structure.deleteService(name, force);
    }

    /**
     * Gives a service another name, and its environments the hostnames made of it; the bindings of others follow.
     *
     * @param redirect how long the former hostnames redirect; zero for not at all, then they answer 404
     */
    public void renameService(ServiceName from, ServiceName to, Duration redirect) {
        structure.renameService(from, to, redirect);
    }

    /** Makes an environment without a version. Its service is there. */
    public void createEnvironment(EnvironmentRef ref) {
        structure.createEnvironment(ref);
    }

    /** Makes the environment, and its service, where they are not there; true if it made one. */
    public boolean ensureEnvironment(EnvironmentRef ref) {
        return structure.ensureEnvironment(ref);
    }

    /**
     * Makes an environment as another one of any service is: its code, variables, secrets and bindings become the first version and serve, its
     * settings are the same. Routes, custom domains, aliases and schedules are not taken along.
     *
     * @param namespaces KV namespaces to bind in place of others, by the ids of those
     */
    public void cloneEnvironment(EnvironmentRef source, EnvironmentRef target, Map<String, String> namespaces) {
        copying.cloneEnvironment(source, target, namespaces);
    }

    /**
     * Makes an empty KV namespace for each that the source is bound to, to be filled and then bound by a clone.
     *
     * @return by the ids of those of the source
     * @throws RefusedException also when the clone's name is not free
     */
    public Map<String, KvNamespace> makeNamespaces(EnvironmentRef source, EnvironmentRef target) {
        return copying.makeNamespaces(source, target);
    }

    /** That the source is bound to no other KV namespaces than were copied. */
    public void requireNamespaces(EnvironmentRef source, Map<String, KvNamespace> copies) {
        copying.requireNamespaces(source, copies);
    }

    /**
     * Gives an environment other than {@code production} another name, and the hostname made of it; the bindings of others follow.
     *
     * @param redirect how long the former hostname redirects; zero for not at all, then it answers 404
     */
    public void renameEnvironment(EnvironmentRef from, EnvironmentName to, Duration redirect) {
        structure.renameEnvironment(from, to, redirect);
    }

    /** Removes an environment other than {@code production}; refused with the list of those who bind to it, unless forced. */
    public void deleteEnvironment(EnvironmentRef ref, boolean force) {
        structure.deleteEnvironment(ref, force);
    }

    /**
     * Makes the {@code production} of a service that has no other environment an environment of another service, which is made where it is not
     * there: versions, deployments, addresses, settings and all. The service it was goes.
     */
    public void moveEnvironment(EnvironmentRef from, EnvironmentRef to) {
        structure.moveEnvironment(from, to);
    }

    /** The environment as it stands now, this change's doings included. */
    public Environment environment(EnvironmentRef ref) {
        return checks.environment(ref);
    }

    /** The newest version of an environment, deployed or not. */
    public Optional<Version> latest(EnvironmentRef ref) {
        return scope.latest(ref);
    }

    /** The version that most of an environment's traffic goes to. */
    public Optional<Version> serving(EnvironmentRef ref) {
        return publishing.serving(ref);
    }

    /** A whole version of any environment. */
    public Optional<Version> version(VersionId id) {
        return scope.versions.find(transaction, id);
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
        return publishing.publish(ref, spec, annotations, force);
    }

    /** Lets versions of the environment serve, from the next request on. */
    public Deployment deploy(EnvironmentRef ref, List<Share> shares, Map<String, String> annotations) {
        return publishing.deploy(ref, shares, annotations);
    }

    /** {@link #publish} and all traffic to it; what serves already, alone, makes no deployment. */
    public Version publishAndDeploy(EnvironmentRef ref, VersionSpec spec, Map<String, String> annotations) {
        return publishAndDeploy(ref, spec, annotations, false);
    }

    /** As the other, with a new version even if the latest is made of the same. */
    public Version publishAndDeploy(
            EnvironmentRef ref, VersionSpec spec, Map<String, String> annotations, boolean force) {
        return publishing.publishAndDeploy(ref, spec, annotations, force);
    }

    /**
     * Gives all traffic to an earlier version.
     *
     * @param to empty for the last one that served alone and is older than what serves
     * @param message for the history; may be empty
     */
    public Deployment rollback(EnvironmentRef ref, Optional<VersionId> to, String message) {
        return publishing.rollback(ref, to, message);
    }

    /** Whether the environment answers at the hostname made of its name, and its versions at preview addresses. */
    public void setHostname(EnvironmentRef ref, boolean hostname, boolean previews) {
        scope.edit("set-hostname", ref, () -> tables.environments().setHostname(transaction, ref, hostname, previews));
    }

    /** Replaces the environment's routes. A route that another environment has is refused. */
    public void setRoutes(EnvironmentRef ref, List<String> patterns) {
        scope.edit(
                "set-routes",
                ref,
                () -> tables.environments().setRoutes(transaction, ref, checks.routes(ref, patterns)));
    }

    /** Replaces the environment's custom domains. One that another environment has is refused. */
    public void setDomains(EnvironmentRef ref, List<String> hostnames) {
        scope.edit(
                "set-domains",
                ref,
                () -> tables.environments().setDomains(transaction, ref, checks.domains(ref, hostnames)));
    }

    /** Replaces the times at which the environment's {@code scheduled} handler runs. */
    public void setCrons(EnvironmentRef ref, List<String> crons) {
        scope.edit("set-crons", ref, () -> tables.environments().setCrons(transaction, ref, checks.crons(crons)));
    }

    /** Keeps a setting that belongs to no version; the value is JSON text, empty takes it out. */
    public void setSetting(EnvironmentRef ref, String key, String json) {
        scope.edit("set-setting", ref, () -> {
            if (json.isEmpty()) {
                tables.environments().removeSetting(transaction, ref, key);
            } else {
                tables.environments().setSetting(transaction, ref, key, json);
            }
        });
    }

    /** The order in which versions are promoted among a service's environments; empty for none. */
    public void setPipeline(ServiceName service, List<EnvironmentName> environments) {
        checks.service(service);
        checks.pipeline(service, environments);
        List<EnvironmentName> before = tables.pipelines().find(transaction, service);
        tables.pipelines().replace(transaction, service, environments);
        scope.audit(
                "set-pipeline",
                EnvironmentRef.production(service),
                Map.of("pipeline", before.toString()),
                Map.of("pipeline", environments.toString()));
    }

    /** A sentence for each binding that would name something that is not there. */
    List<String> missingTargets(EnvironmentRef ref, VersionSpec spec) {
        return checks.missingTargets(ref, spec);
    }

    /** Makes a KV namespace. */
    public KvNamespace createNamespace(String title) {
        checks.titleIsFree(title);
        String id = UUID.randomUUID().toString().replace("-", "");
        KvNamespace namespace = checks.valid(() -> new KvNamespace(id, title));
        tables.namespaces().insert(transaction, namespace, scope.now);
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
}
