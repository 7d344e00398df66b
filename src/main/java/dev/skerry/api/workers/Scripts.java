package dev.skerry.api.workers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.workers.Publisher.Published;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Token.Scope;
import dev.skerry.model.Version;
import dev.skerry.registry.LiveEnvironment;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Workers as whole: listed, uploaded and deployed at once, deleted. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Scripts {
    private final Workers workers;
    private final Publisher publisher;
    private final Registry registry;
    private final Caller caller;
    private final ObjectMapper mapper;

    @Inject
    Scripts(Workers workers, Publisher publisher, Registry registry, Caller caller, ObjectMapper mapper) {
        this.workers = workers;
        this.publisher = publisher;
        this.registry = registry;
        this.caller = caller;
        this.mapper = mapper;
    }

    /**
     * An uploaded worker.
     *
     * @param deploymentId the version's UUID without hyphens
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Uploaded(
            String id,
            String etag,
            @Nullable String pipelineHash,
            @Nullable String mutablePipelineId,
            String deploymentId,
            List<String> handlers,
            long startupTimeMs) {}

    /** A worker in the list; older clients look here for the last migration of Durable Objects. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            String id,
            Instant createdOn,
            Instant modifiedOn,
            @Nullable String migrationTag) {}

    @GET
    @Path(Paths.ACCOUNT + "/workers/scripts")
    public Envelope<List<Item>> list() {
        return Envelope.of(registry.routes().environments().stream()
                .filter(live -> caller.may(Scope.READ, live.ref()))
                .sorted(Comparator.comparing(LiveEnvironment::ref))
                .map(live -> new Item(
                        Workers.scriptName(live.ref()),
                        live.environment().createdAt(),
                        live.environment().modifiedAt(),
                        registry.latest(live.ref())
                                .flatMap(version -> version.spec().migrationTag())
                                .orElse(null)))
                .toList());
    }

    /** Makes a version of the upload and gives it all traffic; 201 where the environment is new and was named as one. */
    @PUT
    @Path(Paths.WORKER)
    public RestResponse<Envelope<Uploaded>> upload(
            @PathParam("worker") String worker,
            @QueryParam("bindings_inherit") @Nullable String inherit,
            @HeaderParam("Content-Type") @Nullable String contentType,
            byte[] body) {
        EnvironmentRef ref = workers.place(worker);
        Upload upload = Upload.read(body, contentType, "metadata", mapper);
        Published published = publisher.publish(ref, upload, "strict".equals(inherit), true);
        Version version = published.version();
        boolean named = worker.startsWith("services/");
        return RestResponse.status(
                named && published.madeEnvironment() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                Envelope.of(new Uploaded(
                        named ? ref.service().value() : Workers.scriptName(ref),
                        Answers.etag(version.spec().code()),
                        null,
                        null,
                        version.id().toString().replace("-", ""),
                        published.trial().handlers(),
                        published.trial().took().toMillis())));
    }

    /** Deletes the environment; by the name of a whole service, the service. */
    @DELETE
    @Path(Paths.WORKER)
    public Envelope<Void> delete(@PathParam("worker") String worker, @QueryParam("force") boolean force) {
        EnvironmentRef ref = workers.find(worker);
        registry.change(caller.origin(), change -> {
            if (ref.environment().isProduction() && !worker.startsWith("services/")) {
                change.deleteService(ref.service(), force);
            } else {
                change.deleteEnvironment(ref, force);
            }
            return ref;
        });
        return Envelope.empty();
    }
}
