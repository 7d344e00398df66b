package dev.skerry.manifest;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.RefusedException;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings environments to what a manifest says, as steps of one change: first what others refer to (environments, namespaces), then versions, then routes
 * and the like, given up before they are taken so that they may move from one environment to another. Confined to the writer's thread.
 */
final class Application {
    private final Change change;
    private final Problems problems;
    private final Map<String, String> namespaceIds = new HashMap<>();

    Application(Change change, Problems problems) {
        this.change = change;
        this.problems = problems;
    }

    /**
     * What was applied, by environment.
     *
     * @throws ManifestException with everything that the registry refused
     */
    Map<EnvironmentRef, Version> run(List<Desired> different, List<PipelineEntry> pipelines) {
        Map<EnvironmentRef, Version> versions = new HashMap<>();
        different.forEach(each -> attempt(each, () -> change.ensureEnvironment(each.ref())));
        problems.throwIfAny();
        different.forEach(each -> attempt(each, () -> ensureNamespaces(each)));
        different.forEach(each -> attempt(each, () -> giveUp(each)));
        different.forEach(each -> attempt(each, () -> versions.put(each.ref(), bring(each))));
        pipelines.forEach(each -> attempt(each.line(), () -> change.setPipeline(each.service(), each.environments())));
        problems.throwIfAny();
        return versions;
    }

    private void attempt(Desired desired, Runnable step) {
        attempt(desired.entry().line(), step);
    }

    private void attempt(int line, Runnable step) {
        try {
            step.run();
        } catch (RefusedException e) {
            problems.add(line, e.sentence());
        }
    }

    private void ensureNamespaces(Desired desired) {
        for (String title : desired.namespaces().values()) {
            namespaceIds.put(title, change.ensureNamespace(title).id());
        }
    }

    /** Leaves the routes and domains that the file named the last time and does not name any more. */
    private void giveUp(Desired desired) {
        Places was = applied(desired).places();
        Places wanted = desired.places();
        List<String> routes = new ArrayList<>(was.routes());
        if (routes.retainAll(wanted.routes())) {
            change.setRoutes(desired.ref(), routes);
        }
        List<String> domains = new ArrayList<>(was.domains());
        if (domains.retainAll(wanted.domains())) {
            change.setDomains(desired.ref(), domains);
        }
    }

    private Version bring(Desired desired) {
        Applied was = applied(desired);
        Places wanted = desired.places();
        EnvironmentRef ref = desired.ref();
        Version version = publish(desired, was);
        if (wanted.hostname() != was.places().hostname()
                || wanted.previews() != was.places().previews()) {
            change.setHostname(ref, wanted.hostname(), wanted.previews());
        }
        if (!wanted.upstream().equals(was.places().upstream())) {
            change.setSetting(
                    ref,
                    "upstream",
                    wanted.upstream().isEmpty()
                            ? ""
                            : TextNode.valueOf(wanted.upstream()).toString());
        }
        if (!wanted.routes().equals(was.places().routes())) {
            change.setRoutes(ref, wanted.routes());
        }
        if (!wanted.domains().equals(was.places().domains())) {
            change.setDomains(ref, wanted.domains());
        }
        if (!wanted.crons().equals(was.places().crons())) {
            change.setCrons(ref, wanted.crons());
        }
        change.setSetting(ref, Applied.KEY, Applied.of(version, desired).json());
        return version;
    }

    private Version publish(Desired desired, Applied was) {
        VersionSpec spec = desired.spec(title -> namespaceIds.getOrDefault(title, title));
        Optional<Version> applied = was.version().flatMap(change::version);
        if (applied.isPresent() && was.covers(applied, desired, spec)) {
            return applied.get();
        }
        Optional<Version> latest = change.latest(desired.ref());
        List<Binding> bindings = new ArrayList<>(spec.bindings());
        latest.ifPresent(version -> bindings.addAll(was.foreignSecrets(version, desired)));
        Map<String, String> annotations = desired.entry().annotations();
        boolean force = latest.isPresent() && !latest.get().annotations().equals(annotations);
        return change.publishAndDeploy(desired.ref(), spec.withBindings(bindings), annotations, force);
    }

    private Applied applied(Desired desired) {
        return Applied.of(change.environment(desired.ref()));
    }
}
