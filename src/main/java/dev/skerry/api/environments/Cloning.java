package dev.skerry.api.environments;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.WorkerNames;
import dev.skerry.api.kv.Waiting;
import dev.skerry.kv.KvStore;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.KvNamespace;
import dev.skerry.model.Token.Scope;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Makes environments like others. What serves in the source (before the first deployment, what was uploaded last) serves in the clone, with the same
 * variables, secrets and bindings; routes, custom domains, schedules and aliases are not taken along.
 */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Cloning {
    private final Registry registry;
    private final KvStore kv;
    private final Environments environments;
    private final Lookup lookup;
    private final Caller caller;

    @Inject
    Cloning(Registry registry, KvStore kv, Environments environments, Lookup lookup, Caller caller) {
        this.registry = registry;
        this.kv = kv;
        this.environments = environments;
        this.lookup = lookup;
        this.caller = caller;
    }

    /**
     * What to make.
     *
     * @param service whose environment the clone is; without, the same service's. It must be there
     * @param copyKvNamespaces whether the clone gets copies of the KV namespaces, else it is bound to the same
     * @param copyDurableObjects whether the clone gets copies of the Durable Objects: Skerry cannot do that
     */
    public record Clone(
            @Nullable String name,
            @Nullable String service,
            @JsonProperty("copy_kv_namespaces") boolean copyKvNamespaces,
            @JsonProperty("copy_durable_objects") boolean copyDurableObjects) {}

    /** A namespace that was copied, and the copy. */
    public record Copied(String from, String id, String title) {}

    /** The new environment. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Cloned(EnvironmentItem environment, List<Copied> kvNamespaces) {}

    /** The path is the source. Who clones must be allowed to deploy to both: the clone's code can read the source's secrets. */
    @POST
    @Path(Paths.ENVIRONMENT + "/clone")
    public RestResponse<Envelope<Cloned>> clone(
            @PathParam("service") String service, @PathParam("environment") String environment, Clone body) {
        EnvironmentRef source = lookup.environment(service, environment);
        EnvironmentRef target = WorkerNames.named(
                body.service() == null ? service : body.service(), Lookup.required(body.name(), "name"));
        caller.require(Scope.DEPLOY, source);
        caller.require(Scope.DEPLOY, target);
        if (body.copyDurableObjects()) {
            throw new ApiException(
                    ErrorCode.NOT_SUPPORTED,
                    "Skerry does not copy Durable Objects: a clone begins with none. Leave out 'copy_durable_objects'");
        }
        Map<String, KvNamespace> copies = body.copyKvNamespaces()
                ? registry.change(caller.origin(), change -> change.makeNamespaces(source, target))
                : Map.of();
        try {
            copies.forEach((id, copy) -> Waiting.on(() -> kv.copy(kv.keyspace(id), kv.keyspace(copy.id()))));
            registry.change(caller.origin(), change -> {
                if (body.copyKvNamespaces()) {
                    change.requireNamespaces(source, copies);
                }
                Map<String, String> ids = new LinkedHashMap<>();
                copies.forEach((id, copy) -> ids.put(id, copy.id()));
                change.cloneEnvironment(source, target, ids);
                return target;
            });
        } catch (RuntimeException e) {
            forget(copies);
            throw e;
        }
        return RestResponse.status(
                RestResponse.Status.CREATED,
                Envelope.of(new Cloned(
                        environments.item(target),
                        copies.entrySet().stream()
                                .map(copy -> new Copied(
                                        copy.getKey(),
                                        copy.getValue().id(),
                                        copy.getValue().title()))
                                .toList())));
    }

    private void forget(Map<String, KvNamespace> copies) {
        for (KvNamespace copy : copies.values()) {
            registry.change(caller.origin(), change -> {
                change.deleteNamespace(copy.id());
                return copy;
            });
            kv.forget(kv.keyspace(copy.id()));
        }
    }
}
