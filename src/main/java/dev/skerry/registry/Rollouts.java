package dev.skerry.registry;

import dev.skerry.model.Deployment;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Origin;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.Rollout;
import dev.skerry.model.Rollout.State;
import dev.skerry.model.VersionId;
import dev.skerry.store.Database;
import dev.skerry.store.RolloutTable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Deployments in steps: where each has come to, and what it deploys there. Thread-safe; waits for the store. When a step has had its time, and whether it
 * went well, is for others to say.
 *
 * <p>Whatever else is deployed in the environment ends a rollout: it is found to be superseded, and what was deployed stays.
 */
@Singleton
public final class Rollouts {
    private static final int ID8 = 8;

    private final Registry registry;
    private final Database database;
    private final RolloutTable table = new RolloutTable();

    @Inject
    public Rollouts(Registry registry, Database database) {
        this.registry = registry;
        this.database = database;
    }

    /**
     * Deploys the first step.
     *
     * @throws RefusedException when another one runs in the environment, or no version serves there alone
     */
    public Rollout start(EnvironmentRef ref, VersionId version, Rollout.Plan plan, Origin origin) {
        return registry.change(origin, change -> {
            List<Share> serving =
                    change.environment(ref).deployment().map(Deployment::shares).orElse(List.of());
            if (serving.size() != 1) {
                throw new RefusedException(
                        Reason.CONFLICT,
                        serving.isEmpty()
                                ? "Nothing is deployed in " + ref + " yet; deploy the version at once"
                                : "Several versions share the traffic of " + ref
                                        + "; deploy one of them alone before a rollout");
            }
            VersionId before = serving.getFirst().version();
            if (before.equals(version)) {
                throw new RefusedException(Reason.CONFLICT, "Version " + version + " serves in " + ref + " already");
            }
            list(change, ref).stream()
                    .filter(other -> other.state() == State.RUNNING)
                    .forEach(other -> {
                        if (stands(change, other)) {
                            throw new RefusedException(
                                    Reason.CONFLICT, "Rollout " + other.id() + " runs in " + ref + "; abort it first");
                        }
                        end(change, other, State.SUPERSEDED, other.deployment(), "Something else was deployed");
                    });
            Rollout rollout = new Rollout(
                    UUID.randomUUID(),
                    ref,
                    version,
                    before,
                    plan,
                    origin.author(),
                    State.RUNNING,
                    0,
                    UUID.randomUUID(),
                    "",
                    change.scope().now,
                    change.scope().now);
            Deployment deployment = deployStep(change, rollout);
            Rollout begun = rollout.at(State.RUNNING, 0, deployment.id(), "", change.scope().now);
            table.insert(change.scope().transaction, begun);
            tell(change, "rollout-start", begun);
            return begun;
        });
    }

    /** Goes on to the next step; after the last the version serves alone and the rollout is completed. */
    public Rollout advance(UUID id) {
        return step(id, (change, rollout) -> {
            int next = rollout.step() + 1;
            if (next < rollout.plan().steps().size()) {
                Rollout moved = rollout.at(State.RUNNING, next, rollout.deployment(), "", change.scope().now);
                Rollout deployed =
                        moved.at(State.RUNNING, next, deployStep(change, moved).id(), "", change.scope().now);
                table.update(change.scope().transaction, deployed);
                return deployed;
            }
            UUID deployment = rollout.currentStep().percentage() == 100
                    ? rollout.deployment()
                    : deploy(change, rollout, List.of(new Share(rollout.version(), 100)), "completed")
                            .id();
            return end(change, rollout, State.COMPLETED, deployment, "Every step went well");
        });
    }

    /** Lets serve what served before. */
    public Rollout rollBack(UUID id, String why) {
        return step(id, (change, rollout) -> back(change, rollout, State.ROLLED_BACK, why));
    }

    /**
     * As {@link #rollBack}, since somebody wants it.
     *
     * @throws RefusedException when it has ended
     */
    public Rollout abort(UUID id, Origin origin) {
        return registry.change(origin, change -> {
            Rollout rollout = require(change, id);
            if (rollout.state() != State.RUNNING) {
                throw new RefusedException(
                        Reason.CONFLICT,
                        "Rollout " + id + " has ended already: "
                                + rollout.state().name().toLowerCase(Locale.ROOT));
            }
            return stands(change, rollout)
                    ? back(change, rollout, State.ABORTED, "Aborted by " + origin.author())
                    : superseded(change, rollout);
        });
    }

    /** Those of all environments that have not ended. */
    public List<Rollout> running() {
        return database.read(table::running);
    }

    /** An environment's, the newest first. */
    public List<Rollout> list(EnvironmentRef ref, int limit) {
        return database.read(session -> table.list(session, ref, limit));
    }

    public Optional<Rollout> find(UUID id) {
        return database.read(session -> table.find(session, id));
    }

    /** Looks whether something else was deployed, and ends it then. */
    public Rollout look(UUID id) {
        return step(id, (change, rollout) -> rollout);
    }

    private interface Step {
        Rollout apply(Change change, Rollout rollout);
    }

    /** A step of its own accord; one that has ended stays as it is. */
    private Rollout step(UUID id, Step step) {
        Origin origin = new Origin("rollout", "rollout");
        return registry.change(origin, change -> {
            Rollout rollout = require(change, id);
            if (rollout.state() != State.RUNNING) {
                return rollout;
            }
            return stands(change, rollout) ? step.apply(change, rollout) : superseded(change, rollout);
        });
    }

    private Rollout require(Change change, UUID id) {
        return table.find(change.scope().transaction, id)
                .orElseThrow(() -> new RefusedException(Reason.DEPLOYMENT_NOT_FOUND, "There is no rollout " + id));
    }

    private List<Rollout> list(Change change, EnvironmentRef ref) {
        return table.list(change.scope().transaction, ref, 1);
    }

    private static boolean stands(Change change, Rollout rollout) {
        return change.environment(rollout.environment())
                .deployment()
                .filter(deployment -> deployment.id().equals(rollout.deployment()))
                .isPresent();
    }

    private Rollout superseded(Change change, Rollout rollout) {
        return end(change, rollout, State.SUPERSEDED, rollout.deployment(), "Something else was deployed");
    }

    private Rollout back(Change change, Rollout rollout, State state, String why) {
        Deployment deployment = deploy(
                change,
                rollout,
                List.of(new Share(rollout.before(), 100)),
                (state == State.ABORTED ? "aborted" : "rolled back") + ": " + why);
        return end(change, rollout, state, deployment.id(), why);
    }

    private Rollout end(Change change, Rollout rollout, State state, UUID deployment, String why) {
        Rollout ended = rollout.at(state, rollout.step(), deployment, why, change.scope().now);
        table.update(change.scope().transaction, ended);
        tell(change, "rollout-" + state.name().toLowerCase(Locale.ROOT).replace('_', '-'), ended);
        return ended;
    }

    private static Deployment deployStep(Change change, Rollout rollout) {
        return deploy(
                change,
                rollout,
                rollout.shares(),
                "step " + (rollout.step() + 1) + " of " + rollout.plan().steps().size());
    }

    private static Deployment deploy(Change change, Rollout rollout, List<Share> shares, String what) {
        return change.deploy(
                rollout.environment(),
                shares,
                Map.of(
                        Annotations.TRIGGERED_BY,
                        "rollout",
                        Annotations.MESSAGE,
                        "Rollout " + rollout.id().toString().substring(0, ID8) + " " + what,
                        Annotations.ROLLOUT,
                        rollout.id().toString()));
    }

    private static void tell(Change change, String action, Rollout rollout) {
        change.scope()
                .audit(
                        action,
                        rollout.environment(),
                        Map.of(),
                        Map.of(
                                "rollout",
                                rollout.id() + " of " + rollout.version()
                                        + (rollout.reason().isEmpty() ? "" : ": " + rollout.reason())));
    }
}
