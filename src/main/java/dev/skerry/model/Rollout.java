package dev.skerry.model;

import dev.skerry.model.Deployment.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A deployment of a version in steps, which goes back to what served before when the version breaks a limit. Immutable.
 *
 * @param version the new version
 * @param before the version that served alone when it began, and serves again when it ends badly
 * @param author who began it
 * @param step which of the plan's steps it is at, from 0
 * @param deployment the last deployment that it made
 * @param reason why it ended as it did; empty while it runs
 */
public record Rollout(
        UUID id,
        EnvironmentRef environment,
        VersionId version,
        VersionId before,
        Plan plan,
        String author,
        State state,
        int step,
        UUID deployment,
        String reason,
        Instant createdAt,
        Instant changedAt) {
    /** How far it came. */
    public enum State {
        RUNNING,
        /** The version serves alone. */
        COMPLETED,
        /** A limit was broken; what served before serves again. */
        ROLLED_BACK,
        /** Somebody ended it; what served before serves again. */
        ABORTED,
        /** Something else was deployed meanwhile, and stays. */
        SUPERSEDED
    }

    /**
     * The steps and what ends them.
     *
     * @param steps at least one, with rising percentages; after the last the version serves alone
     */
    public record Plan(List<Step> steps, Guard guard) {
        public Plan {
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException(
                        "A rollout has at least one step, such as 10 percent for 60 seconds");
            }
            for (int i = 1; i < steps.size(); i++) {
                if (steps.get(i).percentage() <= steps.get(i - 1).percentage()) {
                    throw new IllegalArgumentException("The percentages of a rollout's steps rise; "
                            + steps.get(i).percentage() + " comes after "
                            + steps.get(i - 1).percentage());
                }
            }
        }
    }

    /** How much of the traffic the version gets, and for how long at least. */
    public record Step(double percentage, Duration time) {
        public Step {
            if (!(percentage > 0 && percentage <= 100)) {
                throw new IllegalArgumentException(
                        "The percentage of a rollout's step is above 0 and at most 100, not " + percentage);
            }
            if (!time.isPositive()) {
                throw new IllegalArgumentException("A rollout's step lasts some time, not " + time.toSeconds() + " s");
            }
        }
    }

    /**
     * What the version must keep to, in each step anew; at least one of the two.
     *
     * @param errors the most requests, in percent, that may fail: end with another outcome than ok, or be answered with a status of 500 or more
     * @param p99 the time to the response's head that 99 of 100 requests must keep to
     * @param requests how many it must have had before it is judged, and before the next step begins
     */
    public record Guard(Optional<Double> errors, Optional<Duration> p99, int requests) {
        public Guard {
            if (errors.isEmpty() && p99.isEmpty()) {
                throw new IllegalArgumentException(
                        "A rollout has a limit: of failed requests in percent, or of the p99 latency");
            }
            if (errors.isPresent() && !(errors.get() >= 0 && errors.get() < 100)) {
                throw new IllegalArgumentException(
                        "A rollout's limit of failed requests is from 0 to less than 100 percent, not " + errors.get());
            }
            if (p99.isPresent() && !p99.get().isPositive()) {
                throw new IllegalArgumentException("A rollout's limit of the p99 latency is more than 0");
            }
            if (requests < 1) {
                throw new IllegalArgumentException(
                        "A rollout judges a version by at least one request, not by " + requests);
            }
        }
    }

    public Step currentStep() {
        return plan.steps().get(step);
    }

    /** What its step deploys. */
    public List<Share> shares() {
        double percentage = currentStep().percentage();
        return percentage == 100
                ? List.of(new Share(version, 100))
                : List.of(new Share(version, percentage), new Share(before, 100 - percentage));
    }

    /** The same at another point, of now. */
    public Rollout at(State next, int nextStep, UUID nextDeployment, String why, Instant now) {
        return new Rollout(
                id, environment, version, before, plan, author, next, nextStep, nextDeployment, why, createdAt, now);
    }
}
