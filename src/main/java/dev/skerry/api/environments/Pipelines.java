package dev.skerry.api.environments;

import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.environments.PromotionBodies.PromotionAnswer;
import dev.skerry.api.environments.PromotionBodies.PromotionBody;
import dev.skerry.api.environments.PromotionBodies.Source;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Token.Scope;
import dev.skerry.registry.Promotions;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order in which versions go through a service's environments. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Pipelines {
    private final Registry registry;
    private final Promotions promotions;
    private final Promoting promoting;
    private final Lookup lookup;
    private final Caller caller;

    @Inject
    Pipelines(Registry registry, Promotions promotions, Promoting promoting, Lookup lookup, Caller caller) {
        this.registry = registry;
        this.promotions = promotions;
        this.promoting = promoting;
        this.lookup = lookup;
        this.caller = caller;
    }

    /** Environments from the first to the last; empty for no pipeline. */
    public record Pipeline(@Nullable List<String> environments) {}

    @GET
    @Path(Paths.SERVICE + "/pipeline")
    public Envelope<Pipeline> get(@PathParam("service") String service) {
        return Envelope.of(pipeline(lookup.service(service).name()));
    }

    /** Replaces the pipeline. */
    @PUT
    @Path(Paths.SERVICE + "/pipeline")
    public Envelope<Pipeline> set(@PathParam("service") String service, Pipeline body) {
        ServiceName name = lookup.service(service).name();
        if (body.environments() == null) {
            throw new ApiException(
                    ErrorCode.INVALID, "The body has no 'environments', a list of names; an empty one is no pipeline");
        }
        List<EnvironmentName> environments = body.environments().stream()
                .map(environment ->
                        lookup.environment(service, String.valueOf(environment)).environment())
                .toList();
        registry.change(caller.origin(), change -> {
            change.setPipeline(name, environments);
            return name;
        });
        return Envelope.of(pipeline(name));
    }

    /** Promotes to the environment that follows {@code from} in the pipeline; the rest of the body as in any promotion. */
    @POST
    @Path(Paths.SERVICE + "/pipeline/promotions")
    public Envelope<PromotionAnswer> promote(@PathParam("service") String service, PromotionBody body) {
        Source from = body.from();
        if (from == null || from.environment() == null) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "The body does not say which step is made; send {\"from\": {\"environment\": NAME}}");
        }
        if (from.service() != null && !from.service().equals(service)) {
            throw new ApiException(
                    ErrorCode.INVALID, "A pipeline is of one service; leave out 'service', or promote without it");
        }
        EnvironmentRef source = lookup.environment(service, from.environment());
        caller.require(Scope.READ, source);
        return Envelope.of(promoting.promote(source, promotions.next(source), body));
    }

    private Pipeline pipeline(ServiceName service) {
        return new Pipeline(
                registry.pipeline(service).stream().map(EnvironmentName::value).toList());
    }
}
