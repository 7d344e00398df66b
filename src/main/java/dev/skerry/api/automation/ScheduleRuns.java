package dev.skerry.api.automation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.ApiException;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Outcome;
import dev.skerry.registry.Registry;
import dev.skerry.schedule.ScheduledRun;
import dev.skerry.schedule.Scheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a {@code scheduled} handler now: to see what it does without waiting for its time. */
@Path(Places.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class ScheduleRuns {
    private final Scheduler scheduler;
    private final Registry registry;

    @Inject
    ScheduleRuns(Scheduler scheduler, Registry registry) {
        this.scheduler = scheduler;
        this.registry = registry;
    }

    /**
     * What the handler is told.
     *
     * @param cron without it, the environment's only trigger
     * @param scheduledTime milliseconds since 1970; without it, now
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record RunBody(@Nullable String cron, @Nullable Long scheduledTime) {}

    /** What came of it. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RunAnswer(
            String versionId,
            String cron,
            Instant scheduledTime,
            String outcome,
            @Nullable String error,
            double wallMs) {}

    /** Answers when the event has ended, {@code waitUntil} included. */
    @POST
    @Path(Places.ENVIRONMENT + "/schedules/run")
    public Envelope<RunAnswer> run(
            @PathParam("service") String service, @PathParam("environment") String environment, RunBody body) {
        EnvironmentRef ref = Places.environment(registry, service, environment);
        List<String> crons =
                registry.environment(ref).map(found -> found.crons()).orElse(List.of());
        String cron = Optional.ofNullable(body.cron())
                .or(() -> crons.size() == 1 ? Optional.of(crons.getFirst()) : Optional.empty())
                .orElseThrow(() -> new ApiException(
                        ErrorCode.INVALID,
                        "Name the 'cron' that the handler is told; those of " + ref + " are: "
                                + (crons.isEmpty() ? "none" : String.join(", ", crons))));
        Instant time = body.scheduledTime() == null ? Instant.now() : Instant.ofEpochMilli(body.scheduledTime());
        // It ends by itself: the runtime's limits of time see to that.
        return Envelope.of(
                answer(scheduler.run(ref, cron, time).toCompletableFuture().join()));
    }

    private static RunAnswer answer(ScheduledRun ran) {
        return new RunAnswer(
                ran.version().id().toString(),
                ran.cron(),
                ran.time(),
                ran.outcome().wireName(),
                error(ran.outcome()),
                ran.took().toNanos() / 1e6);
    }

    private static @Nullable String error(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok ok -> null;
            case Outcome.Threw threw -> threw.name() + ": " + threw.message() + "\n" + threw.stack();
            case Outcome.Exceeded exceeded -> exceeded.detail();
            case Outcome.Canceled canceled -> canceled.reason();
            case Outcome.ResponseStreamDisconnected gone -> gone.wireName();
            case Outcome.ScriptNotFound missing -> missing.detail();
        };
    }
}
