package dev.skerry.api.workers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceSummary;
import dev.skerry.model.Token.Scope;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Services with their environments, as wrangler looks them up before it deploys. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class ServiceCalls {
    private static final int MOST_PER_PAGE = 1000;

    private final Registry registry;
    private final Workers workers;
    private final Settings settings;
    private final Caller caller;

    @Inject
    ServiceCalls(Registry registry, Workers workers, Settings settings, Caller caller) {
        this.registry = registry;
        this.workers = workers;
        this.settings = settings;
        this.caller = caller;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record ServiceAnswer(
            String id,
            EnvironmentAnswer defaultEnvironment,
            Instant createdOn,
            Instant modifiedOn,
            String usageModel,
            List<EnvironmentAnswer> environments) {}

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EnvironmentAnswer(
            String environment,
            Instant createdOn,
            Instant modifiedOn,
            @Nullable ScriptAnswer script) {}

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ScriptAnswer(
            String id,
            String tag,
            JsonNode tags,
            String etag,
            List<String> handlers,
            String lastDeployedFrom,
            Instant createdOn,
            Instant modifiedOn,
            String usageModel,
            String compatibilityDate,
            List<String> compatibilityFlags,
            @Nullable String migrationTag) {}

    /** Those that the caller may read. */
    @GET
    @Path(Paths.ACCOUNT + "/workers/services")
    public Envelope<List<ServiceAnswer>> list(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("per_page") @DefaultValue("1000") int perPage) {
        List<ServiceSummary> found = registry.search(search).stream()
                .filter(service -> readable(service).findAny().isPresent())
                .toList();
        return Envelope.page(
                found,
                Math.max(page, 1),
                Math.clamp(perPage, 1, MOST_PER_PAGE),
                service -> answer(EnvironmentRef.production(service.name())));
    }

    private Stream<EnvironmentRef> readable(ServiceSummary service) {
        return service.environments().stream()
                .map(name -> new EnvironmentRef(service.name(), name))
                .filter(ref -> caller.may(Scope.READ, ref));
    }

    @GET
    @Path(Paths.ACCOUNT + "/workers/services/{service}")
    public Envelope<ServiceAnswer> service(@PathParam("service") String name) {
        return Envelope.of(answer(find(name)));
    }

    @GET
    @Path(Paths.ACCOUNT + "/workers/services/{service}/environments/{environment}")
    public Envelope<EnvironmentAnswer> environment(
            @PathParam("service") String service, @PathParam("environment") String environment) {
        return Envelope.of(environment(workers.find("services/" + service + "/environments/" + environment)));
    }

    /** Deletes a service, or the environment that a client without environments knows by that name. */
    @DELETE
    @Path(Paths.ACCOUNT + "/workers/services/{service}")
    public Envelope<Void> delete(@PathParam("service") String name, @QueryParam("force") boolean force) {
        EnvironmentRef ref = find(name);
        registry.change(caller.origin(), change -> {
            if (ref.environment().isProduction()) {
                change.deleteService(ref.service(), force);
            } else {
                change.deleteEnvironment(ref, force);
            }
            return ref;
        });
        return Envelope.empty();
    }

    private EnvironmentRef find(String name) {
        EnvironmentRef ref = workers.resolve(name);
        if (registry.routes().environment(ref).isEmpty()) {
            throw new ApiException(ErrorCode.SERVICE_NOT_FOUND, "There is no service '" + name + "'");
        }
        return ref;
    }

    private ServiceAnswer answer(EnvironmentRef ref) {
        ServiceSummary service = registry.service(ref.service()).orElseThrow(() -> Workers.notFound(ref.toString()));
        List<EnvironmentRef> shown =
                ref.environment().isProduction() ? readable(service).toList() : List.of(ref);
        if (shown.isEmpty()) {
            caller.require(Scope.READ, ref);
        }
        // Who may read another environment alone, learns of that one alone.
        EnvironmentAnswer main = environment(caller.may(Scope.READ, ref) ? ref : shown.getFirst());
        return new ServiceAnswer(
                Workers.scriptName(ref),
                main,
                service.createdAt(),
                main.modifiedOn(),
                "standard",
                shown.stream().map(this::environment).toList());
    }

    private EnvironmentAnswer environment(EnvironmentRef ref) {
        Environment environment = workers.environment(ref);
        Optional<Version> latest = registry.latest(ref);
        return new EnvironmentAnswer(
                ref.environment().value(),
                environment.createdAt(),
                environment.modifiedAt(),
                latest.map(version -> script(environment, version)).orElse(null));
    }

    private ScriptAnswer script(Environment environment, Version version) {
        VersionSpec spec = version.spec();
        return new ScriptAnswer(
                Workers.scriptName(environment.ref()),
                environment.ref().toString(),
                settings.json(environment, "tags"),
                Answers.etag(spec.code()),
                Answers.handlers(version),
                environment.deployment().map(deployment -> deployment.source()).orElse(version.source()),
                environment.createdAt(),
                environment.modifiedAt(),
                "standard",
                spec.compatibilityDate(),
                spec.compatibilityFlags(),
                spec.migrationTag().orElse(null));
    }
}
