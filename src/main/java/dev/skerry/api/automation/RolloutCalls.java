package dev.skerry.api.automation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Rollout;
import dev.skerry.model.VersionId;
import dev.skerry.registry.Registry;
import dev.skerry.registry.Rollouts;
import dev.skerry.rollout.RolloutWatcher;
import dev.skerry.telemetry.VersionMeter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deployments in steps, which go back by themselves when the new version breaks a limit. */
@Path(Places.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class RolloutCalls {
    /** How much of the history is told. */
    private static final int MOST = 100;

    private static final double MILLIS = 1000;

    private final RolloutWatcher watcher;
    private final Rollouts rollouts;
    private final Registry registry;
    private final Caller caller;

    @Inject
    RolloutCalls(RolloutWatcher watcher, Rollouts rollouts, Registry registry, Caller caller) {
        this.watcher = watcher;
        this.rollouts = rollouts;
        this.registry = registry;
        this.caller = caller;
    }

    /** How much of the traffic, and for how many seconds at least. */
    public record StepBody(double percentage, double seconds) {}

    /**
     * A rollout to begin.
     *
     * @param maxErrorPercent how many of a hundred requests may fail
     * @param maxP99Ms the time to the response's head that 99 of 100 requests keep to
     * @param minRequests how many requests judge the version in a step; without it {@code skerry.rollout.requests}
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record RolloutBody(
            @Nullable String versionId,
            @Nullable List<StepBody> steps,
            @Nullable Double maxErrorPercent,
            @Nullable Long maxP99Ms,
            @Nullable Integer minRequests) {}

    /** How the version has done in the present step. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record SeenAnswer(
            long requests,
            long failures,
            double errorPercent,
            @Nullable Double p99Ms) {
        static SeenAnswer of(VersionMeter.Seen seen) {
            return new SeenAnswer(
                    seen.requests(),
                    seen.failures(),
                    seen.failed(),
                    seen.p99().map(p99 -> p99.toNanos() / 1e6).orElse(null));
        }
    }

    /**
     * A rollout as it stands.
     *
     * @param state {@code running}, {@code completed}, {@code rolled_back}, {@code aborted} or {@code superseded}
     * @param step which of the steps it is at, from 1
     * @param seen only while it runs
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RolloutAnswer(
            UUID id,
            String versionId,
            String previousVersionId,
            String state,
            String reason,
            int step,
            List<StepBody> steps,
            @Nullable Double maxErrorPercent,
            @Nullable Long maxP99Ms,
            int minRequests,
            UUID deploymentId,
            String author,
            Instant createdOn,
            Instant modifiedOn,
            @Nullable SeenAnswer seen) {}

    public record RolloutList(List<RolloutAnswer> rollouts) {}

    /** Begins one; its first step serves when this answers. */
    @POST
    @Path(Places.ENVIRONMENT + "/rollouts")
    public Envelope<RolloutAnswer> start(
            @PathParam("service") String service, @PathParam("environment") String environment, RolloutBody body) {
        EnvironmentRef ref = Places.environment(registry, service, environment);
        if (body.versionId() == null || body.steps() == null) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "A rollout names 'version_id' and 'steps'; send {\"version_id\":UUID,\"steps\":[{\"percentage\":10,"
                            + "\"seconds\":60}],\"max_error_percent\":1}");
        }
        VersionId version = new VersionId(Places.id("version", body.versionId()));
        return Envelope.of(answer(watcher.start(ref, version, plan(body), caller.origin())));
    }

    /** The environment's, the newest first. */
    @GET
    @Path(Places.ENVIRONMENT + "/rollouts")
    public Envelope<RolloutList> list(
            @PathParam("service") String service, @PathParam("environment") String environment) {
        EnvironmentRef ref = Places.environment(registry, service, environment);
        return Envelope.of(new RolloutList(
                rollouts.list(ref, MOST).stream().map(this::answer).toList()));
    }

    @GET
    @Path(Places.ENVIRONMENT + "/rollouts/{rollout}")
    public Envelope<RolloutAnswer> view(
            @PathParam("service") String service,
            @PathParam("environment") String environment,
            @PathParam("rollout") String id) {
        return Envelope.of(answer(find(service, environment, id)));
    }

    /** Ends one that runs: what served before serves again. */
    @DELETE
    @Path(Places.ENVIRONMENT + "/rollouts/{rollout}")
    public Envelope<RolloutAnswer> abort(
            @PathParam("service") String service,
            @PathParam("environment") String environment,
            @PathParam("rollout") String id) {
        return Envelope.of(answer(watcher.abort(find(service, environment, id).id(), caller.origin())));
    }

    private Rollout find(String service, String environment, String id) {
        EnvironmentRef ref = Places.environment(registry, service, environment);
        return rollouts.find(Places.id("rollout", id))
                .filter(rollout -> rollout.environment().equals(ref))
                .orElseThrow(() ->
                        new ApiException(ErrorCode.NOT_FOUND, "Environment " + ref + " has no rollout '" + id + "'"));
    }

    private Rollout.Plan plan(RolloutBody body) {
        try {
            return new Rollout.Plan(
                    Objects.requireNonNull(body.steps()).stream()
                            .map(step -> new Rollout.Step(
                                    step.percentage(), Duration.ofMillis(Math.round(step.seconds() * MILLIS))))
                            .toList(),
                    new Rollout.Guard(
                            Optional.ofNullable(body.maxErrorPercent()),
                            Optional.ofNullable(body.maxP99Ms()).map(Duration::ofMillis),
                            body.minRequests() == null ? watcher.requests() : body.minRequests()));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.INVALID, String.valueOf(e.getMessage()));
        }
    }

    private RolloutAnswer answer(Rollout rollout) {
        Rollout.Guard guard = rollout.plan().guard();
        return new RolloutAnswer(
                rollout.id(),
                rollout.version().toString(),
                rollout.before().toString(),
                rollout.state().name().toLowerCase(Locale.ROOT),
                rollout.reason(),
                rollout.step() + 1,
                rollout.plan().steps().stream()
                        .map(step -> new StepBody(step.percentage(), step.time().toMillis() / MILLIS))
                        .toList(),
                guard.errors().orElse(null),
                guard.p99().map(Duration::toMillis).orElse(null),
                guard.requests(),
                rollout.deployment(),
                rollout.author(),
                rollout.createdAt(),
                rollout.changedAt(),
                watcher.seen(rollout.id()).map(SeenAnswer::of).orElse(null));
    }
}
