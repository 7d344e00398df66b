package dev.skerry.api.workers;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a worker's {@code scheduled} handler runs. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Schedules {
    private final Workers workers;
    private final Registry registry;
    private final Caller caller;

    @Inject
    Schedules(Workers workers, Registry registry, Caller caller) {
        this.workers = workers;
        this.registry = registry;
        this.caller = caller;
    }

    public record ScheduleBody(@Nullable String cron) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Schedule(String cron, Instant createdOn, Instant modifiedOn) {}

    public record ScheduleList(List<Schedule> schedules) {}

    @GET
    @Path(Paths.WORKER + "/schedules")
    public Envelope<ScheduleList> list(@PathParam("worker") String worker) {
        Environment environment = workers.environment(workers.find(worker));
        return Envelope.of(new ScheduleList(environment.crons().stream()
                .map(cron -> new Schedule(cron, environment.modifiedAt(), environment.modifiedAt()))
                .toList()));
    }

    /** Replaces the worker's schedules. */
    @PUT
    @Path(Paths.WORKER + "/schedules")
    public Envelope<ScheduleList> replace(@PathParam("worker") String worker, List<ScheduleBody> schedules) {
        EnvironmentRef ref = workers.find(worker);
        List<String> crons = schedules.stream().map(Schedules::cron).toList();
        registry.change(caller.origin(), change -> {
            change.setCrons(ref, crons);
            return ref;
        });
        return list(worker);
    }

    private static String cron(ScheduleBody schedule) {
        String cron = schedule.cron();
        if (cron == null) {
            throw new ApiException(ErrorCode.INVALID, "A schedule has no 'cron'; write one such as */5 * * * *");
        }
        return cron;
    }
}
