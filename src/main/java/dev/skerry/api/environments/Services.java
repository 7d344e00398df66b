package dev.skerry.api.environments;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.Need;
import dev.skerry.api.WorkerNames;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceName;
import dev.skerry.model.ServiceSummary;
import dev.skerry.model.Token.Scope;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Services: made and renamed. They are listed and deleted where wrangler does it too. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Services {
    private final Registry registry;
    private final Lookup lookup;
    private final Caller caller;

    @Inject
    Services(Registry registry, Lookup lookup, Caller caller) {
        this.registry = registry;
        this.lookup = lookup;
        this.caller = caller;
    }

    /** A service and its environments' names. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record ServiceItem(String name, List<String> environments, Instant createdOn) {
        static ServiceItem of(ServiceSummary service) {
            return new ServiceItem(
                    service.name().value(),
                    service.environments().stream().map(EnvironmentName::value).toList(),
                    service.createdAt());
        }
    }

    /** The name of a new service. */
    public record NewService(@Nullable String name) {}

    /**
     * Another name.
     *
     * @param redirectSeconds how long the hostname of before redirects; without, it answers 404 at once
     */
    public record NewName(
            @Nullable String name,
            @JsonProperty("redirect_seconds") @Nullable Long redirectSeconds) {}

    /** Makes a service with an empty {@code production}. */
    @POST
    @Path(Paths.WORKERS + "/services")
    public RestResponse<Envelope<ServiceItem>> create(NewService body) {
        ServiceName name = WorkerNames.named(Lookup.required(body.name(), "name"));
        caller.require(Scope.DEPLOY, EnvironmentRef.production(name));
        registry.createService(name, caller.origin());
        return RestResponse.status(
                RestResponse.Status.CREATED, Envelope.of(ServiceItem.of(lookup.service(name.value()))));
    }

    /** Renames a service, and with it the hostnames of its environments; bindings of others follow. */
    @PATCH
    @Path(Paths.SERVICE)
    public Envelope<ServiceItem> rename(@PathParam("service") String service, NewName body) {
        ServiceName from = lookup.service(service).name();
        ServiceName to = WorkerNames.named(Lookup.required(body.name(), "name"));
        caller.require(new Need.InAllOf(Scope.ADMIN, from));
        caller.require(new Need.InAllOf(Scope.ADMIN, to));
        registry.change(caller.origin(), change -> {
            change.renameService(from, to, Lookup.redirect(body.redirectSeconds()));
            return to;
        });
        return Envelope.of(ServiceItem.of(lookup.service(to.value())));
    }
}
