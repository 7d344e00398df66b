package dev.skerry.api.environments;

import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.WorkerNames;
import dev.skerry.api.environments.PromotionBodies.Done;
import dev.skerry.api.environments.PromotionBodies.PromotionAnswer;
import dev.skerry.api.environments.PromotionBodies.PromotionBody;
import dev.skerry.api.environments.PromotionBodies.Source;
import dev.skerry.api.workers.Answers.DeploymentAnswer;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Token.Scope;
import dev.skerry.registry.Promotion;
import dev.skerry.registry.Promotion.Aspect;
import dev.skerry.registry.Promotions;
import dev.skerry.store.PromotionTable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Takes versions from one environment to another, and back. The path is the target. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Promoting {
    /** How much of the history is told. */
    private static final int MOST = 100;

    private final Promotions promotions;
    private final Lookup lookup;
    private final Caller caller;

    @Inject
    Promoting(Promotions promotions, Lookup lookup, Caller caller) {
        this.promotions = promotions;
        this.lookup = lookup;
        this.caller = caller;
    }

    /** What was promoted here, the newest first. */
    @GET
    @Path(Paths.ENVIRONMENT + "/promotions")
    public Envelope<List<Done>> history(
            @PathParam("service") String service, @PathParam("environment") String environment) {
        return Envelope.of(promotions.history(lookup.environment(service, environment), MOST).stream()
                .map(Done::of)
                .toList());
    }

    /**
     * Makes the source's code (and what else is asked for) the next version here and, when it answers the smoke requests, gives it all traffic. A dry
     * run tells what would change and break, and changes nothing.
     */
    @POST
    @Path(Paths.ENVIRONMENT + "/promotions")
    public Envelope<PromotionAnswer> promote(
            @PathParam("service") String service, @PathParam("environment") String environment, PromotionBody body) {
        EnvironmentRef target = lookup.environment(service, environment);
        Source from = body.from();
        if (from == null || from.environment() == null) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "The body does not say what is promoted; send {\"from\": {\"environment\": NAME}}");
        }
        return Envelope.of(promote(
                WorkerNames.named(from.service() == null ? service : from.service(), from.environment()),
                target,
                body));
    }

    PromotionAnswer promote(EnvironmentRef source, EnvironmentRef target, PromotionBody body) {
        Promotion promotion = body.promotion(source, target);
        caller.require(Scope.DEPLOY, target);
        // The target's code can read what comes along; routes leave the source.
        boolean takes = promotion.aspects().contains(Aspect.SECRETS)
                || promotion.aspects().contains(Aspect.BINDINGS)
                || promotion.aspects().contains(Aspect.ROUTES);
        caller.require(takes ? Scope.DEPLOY : Scope.READ, source);
        lookup.existing(source);
        return body.dryRun()
                ? PromotionAnswer.of(promotion, promotions.plan(promotion))
                : PromotionAnswer.of(promotion, promotions.promote(promotion, caller.origin()));
    }

    /** Restores what served here before a promotion, and the routes that it moved; refused when something else was deployed since. */
    @POST
    @Path(Paths.ENVIRONMENT + "/promotions/{promotion}/undo")
    public Envelope<DeploymentAnswer> undo(
            @PathParam("service") String service,
            @PathParam("environment") String environment,
            @PathParam("promotion") String id) {
        EnvironmentRef target = lookup.environment(service, environment);
        PromotionTable.Entry done = Lookup.uuid(id)
                .flatMap(uuid -> promotions.find(target, uuid))
                .orElseThrow(
                        () -> new ApiException(ErrorCode.NOT_FOUND, "There is no promotion '" + id + "' to " + target));
        if (done.places().isPresent()) {
            done.source().ifPresent(source -> caller.require(Scope.DEPLOY, source));
        }
        return Envelope.of(DeploymentAnswer.of(promotions.undo(done.id(), caller.origin())));
    }
}
