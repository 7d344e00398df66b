package dev.skerry.registry;

import dev.skerry.model.Deployment;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import dev.skerry.model.VersionSummary;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The steps that make versions and let them serve. Confined as its {@link Scope}. */
final class Publishing {
    private final Scope scope;
    private final Tables tables;
    private final Checks checks;

    Publishing(Scope scope) {
        this.scope = scope;
        this.tables = scope.tables;
        this.checks = scope.checks;
    }

    Version publish(EnvironmentRef ref, VersionSpec spec, Map<String, String> annotations, boolean force) {
        checks.environment(ref);
        Optional<Version> latest = scope.latest(ref);
        if (!force && latest.isPresent() && latest.get().spec().equals(spec)) {
            return latest.get();
        }
        checks.bindings(ref, spec);
        return scope.edit("publish", ref, () -> {
            Version version = new Version(
                    VersionId.random(),
                    tables.versions().nextNumber(scope.transaction, ref),
                    ref,
                    spec,
                    scope.origin.source(),
                    scope.origin.author(),
                    scope.now,
                    annotations);
            tables.versions().insert(scope.transaction, version);
            scope.versions.put(scope.transaction, version);
            String alias = annotations.get(Annotations.ALIAS);
            if (alias != null) {
                checks.alias(ref, alias);
                tables.environments().setAlias(scope.transaction, ref, alias, version.id());
            }
            return version;
        });
    }

    Deployment deploy(EnvironmentRef ref, List<Share> shares, Map<String, String> annotations) {
        checks.environment(ref);
        for (Share share : shares) {
            checks.version(ref, share.version());
        }
        Deployment deployment = checks.valid(() -> new Deployment(
                UUID.randomUUID(), shares, scope.origin.source(), scope.origin.author(), scope.now, annotations));
        return scope.edit("deploy", ref, () -> {
            tables.deployments().insert(scope.transaction, ref, deployment);
            return deployment;
        });
    }

    Version publishAndDeploy(EnvironmentRef ref, VersionSpec spec, Map<String, String> annotations, boolean force) {
        Version version = publish(ref, spec, annotations, force);
        List<Share> all = List.of(new Share(version.id(), 100));
        boolean serves = checks.environment(ref)
                .deployment()
                .map(deployment -> deployment.shares().equals(all))
                .orElse(false);
        if (!serves) {
            deploy(ref, all, annotations);
        }
        return version;
    }

    Deployment rollback(EnvironmentRef ref, Optional<VersionId> to, String message) {
        List<Share> serving = checks.environment(ref)
                .deployment()
                .map(Deployment::shares)
                .orElseThrow(() -> new RefusedException(
                        Reason.DEPLOYMENT_NOT_FOUND, "Nothing is deployed in " + ref + "; deploy a version first"));
        VersionId version = to.orElseGet(() -> lastBefore(ref, serving));
        VersionSummary found = checks.version(ref, version);
        Map<String, String> annotations = new HashMap<>();
        annotations.put(Annotations.TRIGGERED_BY, "rollback");
        annotations.put(Annotations.MESSAGE, message.isEmpty() ? "Rollback to version " + found.number() : message);
        return deploy(ref, List.of(new Share(version, 100)), annotations);
    }

    /** The last version that served alone before those that serve, and is older than all of them. */
    private VersionId lastBefore(EnvironmentRef ref, List<Share> serving) {
        int oldest = serving.stream()
                .mapToInt(share -> checks.version(ref, share.version()).number())
                .min()
                .orElseThrow();
        return tables.deployments()
                .lastAlone(scope.transaction, ref, oldest)
                .orElseThrow(() -> new RefusedException(
                        Reason.DEPLOYMENT_NOT_FOUND,
                        "No version older than " + oldest + " has served alone in " + ref
                                + "; name the version to go back to"));
    }

    /** The version with most of the traffic, the newest of several. */
    Optional<Version> serving(EnvironmentRef ref) {
        return checks.environment(ref).deployment().stream()
                .flatMap(deployment -> deployment.shares().stream())
                .sorted(Comparator.comparingDouble(Share::percentage).reversed())
                .flatMap(share -> scope.versions.find(scope.transaction, share.version()).stream())
                .findFirst();
    }
}
