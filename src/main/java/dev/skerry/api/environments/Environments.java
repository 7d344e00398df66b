package dev.skerry.api.environments;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.WorkerNames;
import dev.skerry.api.environments.Services.NewName;
import dev.skerry.api.workers.Answers.DeploymentAnswer;
import dev.skerry.ingress.Ingress;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceSummary;
import dev.skerry.model.Token.Scope;
import dev.skerry.model.VersionId;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Environments of a service: listed, made, renamed, rolled back. They are deleted where wrangler does it too. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Environments {
    private static final int MOST_PER_PAGE = 1000;

    private final Registry registry;
    private final Lookup lookup;
    private final Caller caller;
    private final Ingress ingress;

    @Inject
    Environments(Registry registry, Lookup lookup, Caller caller, Ingress ingress) {
        this.registry = registry;
        this.lookup = lookup;
        this.caller = caller;
        this.ingress = ingress;
    }

    /** The name of a new environment, which is empty. */
    public record NewEnvironment(@Nullable String name) {}

    /**
     * Where to go back to.
     *
     * @param versionId without, the last version that served alone and is older than what serves
     */
    public record Back(
            @JsonProperty("version_id") @Nullable String versionId,
            @Nullable String message) {}

    /** Those that the caller may read, {@code production} first; {@code search} is a part of a name. */
    @GET
    @Path(Paths.SERVICE + "/environments")
    public Envelope<List<EnvironmentItem>> list(
            @PathParam("service") String service,
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("per_page") @DefaultValue("100") int perPage) {
        ServiceSummary found = lookup.service(service);
        List<EnvironmentRef> readable = found.environments().stream()
                .filter(name -> name.value().contains(search))
                .map(name -> new EnvironmentRef(found.name(), name))
                .filter(ref -> caller.may(Scope.READ, ref))
                .toList();
        return Envelope.page(readable, Math.max(page, 1), Math.clamp(perPage, 1, MOST_PER_PAGE), this::item);
    }

    /** Makes an environment without code. */
    @POST
    @Path(Paths.SERVICE + "/environments")
    public RestResponse<Envelope<EnvironmentItem>> create(@PathParam("service") String service, NewEnvironment body) {
        EnvironmentRef ref = WorkerNames.named(service, Lookup.required(body.name(), "name"));
        caller.require(Scope.DEPLOY, ref);
        registry.createEnvironment(ref, caller.origin());
        return RestResponse.status(RestResponse.Status.CREATED, Envelope.of(item(ref)));
    }

    /** Renames an environment, and with it its hostname; bindings of others follow. */
    @PATCH
    @Path(Paths.ENVIRONMENT)
    public Envelope<EnvironmentItem> rename(
            @PathParam("service") String service, @PathParam("environment") String environment, NewName body) {
        EnvironmentRef from = lookup.environment(service, environment);
        EnvironmentRef to = WorkerNames.named(service, Lookup.required(body.name(), "name"));
        caller.require(Scope.ADMIN, to);
        registry.change(caller.origin(), change -> {
            change.renameEnvironment(from, to.environment(), Lookup.redirect(body.redirectSeconds()));
            return to;
        });
        return Envelope.of(item(to));
    }

    /** Gives all traffic to an earlier version. */
    @POST
    @Path(Paths.ENVIRONMENT + "/rollback")
    public Envelope<DeploymentAnswer> rollback(
            @PathParam("service") String service, @PathParam("environment") String environment, Back body) {
        EnvironmentRef ref = lookup.environment(service, environment);
        Optional<VersionId> to = Optional.ofNullable(body.versionId())
                .map(id -> lookup.version(ref, id).id());
        String message = body.message() == null ? "" : body.message();
        return Envelope.of(
                DeploymentAnswer.of(registry.change(caller.origin(), change -> change.rollback(ref, to, message))));
    }

    EnvironmentItem item(EnvironmentRef ref) {
        Environment environment = registry.environment(ref)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.ENVIRONMENT_NOT_FOUND, "There is no environment " + ref + " any more"));
        return EnvironmentItem.of(
                environment,
                registry.versions(ref, 0, 1).stream().findFirst(),
                registry.routes().hostname(ref) + ":" + ingress.address().port());
    }
}
