package dev.skerry.api.workers;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Token.Scope;
import dev.skerry.model.Version;
import dev.skerry.registry.LiveEnvironment;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Who depends on whom, as a client asks before it deletes a worker. */
@Path(Paths.ROOT)
@Singleton
public final class References {
    private final Workers workers;
    private final Registry registry;
    private final Caller caller;

    @Inject
    References(Workers workers, Registry registry, Caller caller) {
        this.workers = workers;
        this.registry = registry;
        this.caller = caller;
    }

    /** A binding from or to another worker. */
    public record Reference(String service, String environment, String name) {
        static Reference of(EnvironmentRef ref, String name) {
            return new Reference(ref.service().value(), ref.environment().value(), name);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record ServiceReferences(List<Reference> incoming, List<Reference> outgoing, boolean pagesFunction) {}

    public record ReferencesAnswer(ServiceReferences services) {}

    /** A Durable Object namespace: a class of a worker. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record ObjectNamespace(String id, String name, String script, String environment, String className) {}

    private record Bound(EnvironmentRef from, Binding.Service binding) {}

    @GET
    @Path(Paths.WORKER + "/references")
    public Envelope<ReferencesAnswer> references(@PathParam("worker") String worker) {
        EnvironmentRef ref = workers.find(worker);
        List<Bound> all = registry.routes().environments().stream()
                .flatMap(live -> serving(live)
                        .flatMap(version -> version.spec().bindings().stream())
                        .filter(Binding.Service.class::isInstance)
                        .map(binding -> new Bound(live.ref(), (Binding.Service) binding)))
                .distinct()
                .toList();
        return Envelope.of(new ReferencesAnswer(new ServiceReferences(
                all.stream()
                        .filter(bound -> bound.binding().target().equals(ref)
                                && !bound.from().equals(ref))
                        .map(bound -> Reference.of(bound.from(), bound.binding().name()))
                        .toList(),
                all.stream()
                        .filter(bound -> bound.from().equals(ref))
                        .map(bound -> Reference.of(
                                bound.binding().target(), bound.binding().name()))
                        .toList(),
                false)));
    }

    /** Workers whose events this one hears: Skerry has no tail workers. */
    @GET
    @Path(Paths.ACCOUNT + "/workers/tails/by-consumer/{script}")
    public Envelope<List<Reference>> tailedBy(@PathParam("script") String script) {
        workers.find("scripts/" + script);
        return Envelope.of(List.of());
    }

    @GET
    @Path(Paths.ACCOUNT + "/workers/durable_objects/namespaces")
    public Envelope<List<ObjectNamespace>> objects(
            @QueryParam("page") @DefaultValue("1") int page, @QueryParam("per_page") @DefaultValue("20") int perPage) {
        List<ObjectNamespace> all = registry.routes().environments().stream()
                .filter(live -> caller.may(Scope.READ, live.ref()))
                .flatMap(live -> serving(live).flatMap(version -> objects(live.ref(), version)))
                .distinct()
                .toList();
        return Envelope.page(all, page, Math.clamp(perPage, 1, 1000));
    }

    private static Stream<ObjectNamespace> objects(EnvironmentRef ref, Version version) {
        return version.spec().bindings().stream()
                .filter(binding -> binding instanceof Binding.DurableObjectNamespace objects
                        && objects.target().isEmpty())
                .map(binding -> ((Binding.DurableObjectNamespace) binding).className())
                .map(name -> new ObjectNamespace(
                        id(ref, name),
                        Workers.scriptName(ref) + "_" + name,
                        Workers.scriptName(ref),
                        ref.environment().value(),
                        name));
    }

    private static Stream<Version> serving(LiveEnvironment live) {
        return live.shares().stream().map(LiveEnvironment.Share::version);
    }

    private static String id(EnvironmentRef ref, String className) {
        return UUID.nameUUIDFromBytes((ref + "/" + className).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
