package dev.skerry.api.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.ApiException;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.telemetry.Tail;
import dev.skerry.telemetry.TailConfig;
import dev.skerry.telemetry.TailFilter;
import dev.skerry.telemetry.TailHub;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Watching a worker: made here, read at the WebSocket of {@link TailSockets}. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Tails {
    private static final RandomGenerator RANDOM = new RandomGenerator() {
        @Override
        public long nextLong() {
            return ThreadLocalRandom.current().nextLong();
        }
    };

    private final Workers workers;
    private final TailHub hub;
    private final TailSockets sockets;
    private final TailConfig config;

    @Inject
    Tails(Workers workers, TailHub hub, TailSockets sockets, TailConfig config) {
        this.workers = workers;
        this.hub = hub;
        this.sockets = sockets;
        this.config = config;
    }

    /** @param url the WebSocket; who knows it needs no token, so keep it */
    @JsonNaming(SnakeCaseStrategy.class)
    public record TailAnswer(String id, String url, Instant expiresAt) {}

    /** Tails are their makers' own: nobody else is told of them. */
    @GET
    @Path(Paths.WORKER + "/tails")
    public Envelope<List<TailAnswer>> list(@PathParam("worker") String worker) {
        workers.find(worker);
        return Envelope.of(List.of());
    }

    @POST
    @Path(Paths.WORKER + "/tails")
    public Envelope<TailAnswer> open(
            @PathParam("worker") String worker,
            JsonNode body,
            @Context UriInfo uri,
            @Context HttpServerRequest request) {
        EnvironmentRef ref = workers.find(worker);
        TailFilter filter;
        try {
            filter = TailFilter.read(
                    body.path("filters"), String.valueOf(request.remoteAddress().hostAddress()), RANDOM);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.INVALID, String.valueOf(e.getMessage()));
        }
        Tail tail = hub.open(ref, filter)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.OVERLOADED,
                        ref + " is watched by " + config.watchers() + " already (skerry.tail.watchers)"));
        String id = sockets.add(tail);
        String url =
                uri.getBaseUri().toString().replaceFirst("^http", "ws").replaceFirst("/$", "") + TailSockets.PATH + id;
        return Envelope.of(new TailAnswer(id, url, Instant.now().plus(config.lifetime())));
    }

    @DELETE
    @Path(Paths.WORKER + "/tails/{tail}")
    public Envelope<Void> close(@PathParam("worker") String worker, @PathParam("tail") String id) {
        sockets.close(id);
        return Envelope.empty();
    }
}
