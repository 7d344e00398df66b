package dev.skerry.api.workers;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.workers.Answers.DeploymentAnswer;
import dev.skerry.model.Deployment;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which versions serve, and which did. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Deployments {
    /** How much of the history is told. */
    private static final int MOST = 100;

    private final Workers workers;
    private final Registry registry;
    private final Caller caller;

    @Inject
    Deployments(Workers workers, Registry registry, Caller caller) {
        this.workers = workers;
        this.registry = registry;
        this.caller = caller;
    }

    /** Deployments, the newest first. */
    public record History(List<DeploymentAnswer> deployments) {}

    /** A version's part, in percent. */
    public record ShareBody(
            @JsonProperty("version_id") @Nullable String versionId, double percentage) {}

    /** Which versions shall serve. */
    public record DeploymentBody(
            @Nullable String strategy,
            @Nullable List<ShareBody> versions,
            @Nullable Map<String, String> annotations) {}

    @GET
    @Path(Paths.WORKER + "/deployments")
    public Envelope<History> history(@PathParam("worker") String worker) {
        EnvironmentRef ref = workers.find(worker);
        return Envelope.of(new History(registry.deployments(ref, MOST).stream()
                .map(DeploymentAnswer::of)
                .toList()));
    }

    @GET
    @Path(Paths.WORKER + "/deployments/{deployment}")
    public Envelope<DeploymentAnswer> view(@PathParam("worker") String worker, @PathParam("deployment") String id) {
        EnvironmentRef ref = workers.find(worker);
        return Envelope.of(registry.deployments(ref, MOST).stream()
                .filter(deployment -> deployment.id().toString().equals(id))
                .findFirst()
                .map(DeploymentAnswer::of)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NOT_FOUND,
                        "There is no deployment '" + id + "' among the last " + MOST + " of " + ref)));
    }

    @POST
    @Path(Paths.WORKER + "/deployments")
    public Envelope<DeploymentAnswer> deploy(@PathParam("worker") String worker, DeploymentBody body) {
        EnvironmentRef ref = workers.find(worker);
        if (body.versions() == null || body.versions().isEmpty()) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "The deployment names no version; send {\"versions\":[{\"version_id\":UUID,\"percentage\":100}]}");
        }
        try {
            List<Deployment.Share> shares = body.versions().stream()
                    .map(share -> new Deployment.Share(
                            workers.version(ref, String.valueOf(share.versionId()))
                                    .id(),
                            share.percentage()))
                    .toList();
            return Envelope.of(DeploymentAnswer.of(registry.deploy(
                    ref, shares, caller.origin(), body.annotations() == null ? Map.of() : body.annotations())));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.INVALID, String.valueOf(e.getMessage()));
        }
    }
}
