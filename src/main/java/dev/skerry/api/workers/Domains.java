package dev.skerry.api.workers;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Token.Scope;
import dev.skerry.registry.LiveEnvironment;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Custom domains: whole hostnames of a worker. One that another worker has stays there, whatever a client overrides. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Domains {
    private final Workers workers;
    private final Registry registry;
    private final Caller caller;

    @Inject
    Domains(Workers workers, Registry registry, Caller caller) {
        this.workers = workers;
        this.registry = registry;
        this.caller = caller;
    }

    /** A custom domain; its id is the hostname. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Domain(String id, String hostname, String service, String environment) {
        static Domain of(String hostname, EnvironmentRef owner) {
            return new Domain(
                    hostname,
                    hostname,
                    owner.service().value(),
                    owner.environment().value());
        }
    }

    /** What setting these domains would do; nothing was done. */
    public record Changeset(List<Domain> added, List<Domain> removed, List<Domain> updated, List<Domain> conflicting) {}

    public record DomainBody(@Nullable String hostname) {}

    public record RecordsBody(@Nullable List<DomainBody> origins) {}

    /** All custom domains, or those of one service. */
    @GET
    @Path(Paths.ACCOUNT + "/workers/domains")
    public Envelope<List<Domain>> all(@QueryParam("service") @Nullable String service) {
        return Envelope.of(registry.routes().environments().stream()
                .filter(live -> caller.may(Scope.READ, live.ref()))
                .filter(live ->
                        service == null || Workers.scriptName(live.ref()).equals(service))
                .flatMap(live -> of(live).stream())
                .toList());
    }

    @GET
    @Path(Paths.WORKER + "/domains/records")
    public Envelope<List<Domain>> list(@PathParam("worker") String worker) {
        EnvironmentRef ref = workers.find(worker);
        return Envelope.of(registry.routes().environment(ref).map(Domains::of).orElse(List.of()));
    }

    @POST
    @Path(Paths.WORKER + "/domains/changeset")
    public Envelope<Changeset> changeset(
            @PathParam("worker") String worker, @QueryParam("replace_state") boolean replace, List<DomainBody> wanted) {
        EnvironmentRef ref = workers.find(worker);
        Set<String> names = hostnames(wanted);
        List<String> has = workers.environment(ref).addresses().domains();
        List<Domain> conflicting = registry.routes().environments().stream()
                .filter(live -> !live.ref().equals(ref))
                .flatMap(live -> of(live).stream())
                .filter(domain -> names.contains(domain.hostname()))
                .toList();
        return Envelope.of(new Changeset(
                names.stream()
                        .filter(name -> !has.contains(name)
                                && conflicting.stream()
                                        .noneMatch(domain -> domain.hostname().equals(name)))
                        .map(name -> Domain.of(name, ref))
                        .toList(),
                has.stream()
                        .filter(name -> replace && !names.contains(name))
                        .map(name -> Domain.of(name, ref))
                        .toList(),
                List.of(),
                conflicting));
    }

    /** Replaces the worker's custom domains. */
    @PUT
    @Path(Paths.WORKER + "/domains/records")
    public Envelope<List<Domain>> replace(@PathParam("worker") String worker, RecordsBody body) {
        EnvironmentRef ref = workers.find(worker);
        Set<String> names = hostnames(body.origins() == null ? List.of() : body.origins());
        registry.change(caller.origin(), change -> {
            change.setDomains(ref, List.copyOf(names));
            return ref;
        });
        return list(worker);
    }

    private static List<Domain> of(LiveEnvironment live) {
        return live.environment().addresses().domains().stream()
                .map(name -> Domain.of(name, live.ref()))
                .toList();
    }

    private static Set<String> hostnames(List<DomainBody> domains) {
        Set<String> names = new LinkedHashSet<>();
        for (DomainBody domain : domains) {
            String hostname = domain.hostname();
            if (hostname == null) {
                throw new ApiException(ErrorCode.INVALID, "A custom domain has no 'hostname'");
            }
            names.add(hostname.toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
