package dev.skerry.registry;

import dev.skerry.model.Binding;
import dev.skerry.model.Deployment;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.Environment.Addresses;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Origin;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.Promotion.Aspect;
import dev.skerry.store.PromotionTable;
import dev.skerry.store.PromotionTable.Places;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Takes versions from one environment to another. Thread-safe; waits for the store, and for the gate.
 *
 * <p>It has two phases. The version is published in the target, where it has a preview address and serves nobody; the gate sends it requests; then,
 * in one change, it is deployed and routes move. A version that the gate refuses stays there to be looked at.
 */
public final class Promotions {
    private final Registry registry;
    private final Gate gate;
    private final PromotionTable table = new PromotionTable();

    public Promotions(Registry registry, Gate gate) {
        this.registry = registry;
        this.gate = gate;
    }

    /**
     * What a promotion would do.
     *
     * @param diff from what serves in the target to what would
     * @param routes what the target would gain of routes and domains
     * @param breaks a sentence for each thing that would not work
     */
    public record Plan(Version version, VersionDiff diff, List<String> routes, List<String> breaks) {
        public Plan {
            routes = List.copyOf(routes);
            breaks = List.copyOf(breaks);
        }

        /** Without the version, which has secrets. */
        @Override
        public String toString() {
            return "Plan[version=" + version.id() + ", diff=" + diff + ", routes=" + routes + ", breaks=" + breaks
                    + "]";
        }
    }

    /** A promotion that was done: {@link #undo} takes its id. */
    public record Promoted(UUID id, Version version, Deployment deployment) {}

    /** Looks at what a promotion would do, and changes nothing. */
    public Plan plan(Promotion promotion) {
        return registry.change(new Origin("promote", "plan"), change -> plan(change, promotion));
    }

    /** @throws RefusedException when something would break and it is not forced, or the gate refuses */
    public Promoted promote(Promotion promotion, Origin origin) {
        Version version = registry.change(origin, change -> {
            Plan plan = plan(change, promotion);
            if (!plan.breaks().isEmpty() && !promotion.force()) {
                throw new RefusedException(
                        Reason.CONFLICT,
                        "Promoting " + promotion.source() + " to " + promotion.target() + " would break: "
                                + String.join("; ", plan.breaks()) + ". Mend that, or force it");
            }
            Map<String, String> annotations = new HashMap<>(promotion.annotations());
            annotations.putAll(Annotations.ofCopy(plan.version(), Annotations.PROMOTED_FROM));
            return change.publish(promotion.target(), spec(change, promotion, plan.version()), annotations);
        });
        List<String> failures = promotion.smoke().isEmpty() ? List.of() : gate.failures(version, promotion.smoke());
        if (!failures.isEmpty()) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "Version " + version.number() + " of " + promotion.target() + " does not serve: "
                            + String.join("; ", failures));
        }
        return registry.change(origin, change -> deploy(change, promotion, version));
    }

    /**
     * Restores what served in the target before a promotion, and the routes that it moved.
     *
     * @throws RefusedException when something else was deployed since
     */
    public Deployment undo(UUID id, Origin origin) {
        return registry.change(origin, change -> {
            PromotionTable.Entry done = table.find(change.scope().transaction, id)
                    .orElseThrow(
                            () -> new RefusedException(Reason.DEPLOYMENT_NOT_FOUND, "There is no promotion " + id));
            boolean stands = change.environment(done.target())
                    .deployment()
                    .filter(deployment -> deployment.id().equals(done.deployment()))
                    .isPresent();
            if (done.undone() || !stands) {
                throw new RefusedException(
                        Reason.CONFLICT,
                        "Promotion " + id + " is not what serves in " + done.target()
                                + " any more; roll back to the version that you want");
            }
            if (done.before().isEmpty()) {
                throw new RefusedException(
                        Reason.CONFLICT, "Nothing served in " + done.target() + " before promotion " + id);
            }
            done.places().ifPresent(places -> restore(change, done, places));
            table.undone(change.scope().transaction, id);
            return change.deploy(
                    done.target(),
                    done.before(),
                    Map.of(Annotations.TRIGGERED_BY, "rollback", Annotations.MESSAGE, "Promotion undone"));
        });
    }

    /** A promotion to the environment that was deployed, and may be undone; empty when there is none. */
    public Optional<PromotionTable.Entry> find(EnvironmentRef target, UUID id) {
        return registry.read(session -> table.find(session, id))
                .filter(entry -> entry.target().equals(target));
    }

    /** The promotions to an environment, the newest first. */
    public List<PromotionTable.Entry> history(EnvironmentRef target, int limit) {
        return registry.read(session -> table.newest(session, target, limit));
    }

    /** Where a promotion from this environment goes by the service's pipeline. */
    public EnvironmentRef next(EnvironmentRef source) {
        ServiceName service = source.service();
        List<EnvironmentName> pipeline = registry.pipeline(service);
        int position = pipeline.indexOf(source.environment());
        if (position < 0 || position == pipeline.size() - 1) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "No environment follows " + source.environment() + " in the pipeline of " + service + ", which is "
                            + (pipeline.isEmpty()
                                    ? "empty"
                                    : String.join(
                                            " -> ",
                                            pipeline.stream()
                                                    .map(EnvironmentName::value)
                                                    .toList())));
        }
        return new EnvironmentRef(service, pipeline.get(position + 1));
    }

    private Plan plan(Change change, Promotion promotion) {
        EnvironmentRef source = promotion.source();
        EnvironmentRef target = promotion.target();
        change.environment(target);
        Version version = promotion
                .version()
                .map(id -> change.version(id)
                        .filter(found -> found.environment().equals(source))
                        .orElseThrow(() -> new RefusedException(
                                Reason.VERSION_NOT_FOUND, "Environment " + source + " has no version " + id)))
                .or(() -> change.serving(source))
                .or(() -> change.latest(source))
                .orElseThrow(() -> new RefusedException(
                        Reason.VERSION_NOT_FOUND, "Environment " + source + " has no version yet"));
        VersionSpec spec = spec(change, promotion, version);
        List<String> breaks = new ArrayList<>();
        for (Binding binding : version.spec().bindings()) {
            if (spec.binding(binding.name()).isEmpty()) {
                breaks.add((binding instanceof Binding.Secret ? "secret " : "binding ") + binding.name()
                        + " is missing in " + target);
            }
        }
        change.missingTargets(target, spec).forEach(breaks::add);
        Optional<VersionSpec> serving = current(change, target).map(Version::spec);
        return new Plan(
                version,
                VersionDiff.of(serving, spec, registry.sealer()),
                promotion.aspects().contains(Aspect.ROUTES) ? places(change, source) : List.of(),
                breaks);
    }

    private static List<String> places(Change change, EnvironmentRef ref) {
        Addresses addresses = change.environment(ref).addresses();
        return Stream.concat(addresses.routes().stream(), addresses.domains().stream())
                .toList();
    }

    /** What serves decides what is kept: a version that was uploaded and never deployed is nobody's setting. */
    private static Optional<Version> current(Change change, EnvironmentRef ref) {
        return change.serving(ref).or(() -> change.latest(ref));
    }

    /** The source's code, with the bindings that are asked for; the others are the target's own. */
    private static VersionSpec spec(Change change, Promotion promotion, Version version) {
        VersionSpec from = version.spec();
        List<Binding> own = current(change, promotion.target())
                .map(found -> found.spec().bindings())
                .orElse(List.of());
        Map<String, Binding> bindings = new HashMap<>();
        own.stream()
                .filter(binding -> !comes(promotion, binding))
                .forEach(binding -> bindings.put(binding.name(), binding));
        from.bindings().stream()
                .filter(binding -> comes(promotion, binding))
                .forEach(binding -> bindings.put(binding.name(), binding));
        return from.withBindings(List.copyOf(bindings.values()));
    }

    private static boolean comes(Promotion promotion, Binding binding) {
        return switch (binding) {
            case Binding.PlainText text -> promotion.aspects().contains(Aspect.VARIABLES);
            case Binding.Json json -> promotion.aspects().contains(Aspect.VARIABLES);
            case Binding.Secret secret -> promotion.aspects().contains(Aspect.SECRETS);
            case Binding.KvNamespace namespace -> promotion.aspects().contains(Aspect.BINDINGS);
            case Binding.Service service -> promotion.aspects().contains(Aspect.BINDINGS);
            // A class of the version itself is part of its code, as are its metadata and its files.
            case Binding.DurableObjectNamespace namespace ->
                namespace.service().isEmpty() || promotion.aspects().contains(Aspect.BINDINGS);
            case Binding.VersionMetadata metadata -> true;
            case Binding.Assets assets -> true;
        };
    }

    private Promoted deploy(Change change, Promotion promotion, Version version) {
        EnvironmentRef source = promotion.source();
        EnvironmentRef target = promotion.target();
        List<Share> before =
                change.environment(target).deployment().map(Deployment::shares).orElse(List.of());
        Optional<Places> places = promotion.aspects().contains(Aspect.ROUTES)
                ? Optional.of(moveRoutes(change, source, target))
                : Optional.empty();
        Map<String, String> annotations = new HashMap<>(promotion.annotations());
        annotations.put(Annotations.TRIGGERED_BY, "promotion");
        annotations.putAll(Map.of(
                Annotations.PROMOTED_FROM,
                version.annotations().getOrDefault(Annotations.PROMOTED_FROM, source.toString())));
        Deployment deployment = change.deploy(target, List.of(new Share(version.id(), 100)), annotations);
        UUID id = UUID.randomUUID();
        table.insert(
                change.scope().transaction,
                new PromotionTable.Entry(
                        id,
                        Optional.of(source),
                        target,
                        version.id(),
                        deployment.id(),
                        before,
                        places,
                        false,
                        change.scope().now),
                source);
        return new Promoted(id, version, deployment);
    }

    private static Places moveRoutes(Change change, EnvironmentRef source, EnvironmentRef target) {
        Addresses from = change.environment(source).addresses();
        Addresses to = change.environment(target).addresses();
        change.setRoutes(source, List.of());
        change.setDomains(source, List.of());
        change.setRoutes(
                target,
                Stream.concat(to.routes().stream(), from.routes().stream()).toList());
        change.setDomains(
                target,
                Stream.concat(to.domains().stream(), from.domains().stream()).toList());
        return new Places(from.routes(), from.domains(), to.routes(), to.domains());
    }

    private static void restore(Change change, PromotionTable.Entry done, Places places) {
        change.setRoutes(done.target(), places.targetRoutes());
        change.setDomains(done.target(), places.targetDomains());
        done.source().ifPresent(source -> {
            change.setRoutes(source, places.sourceRoutes());
            change.setDomains(source, places.sourceDomains());
        });
    }
}
