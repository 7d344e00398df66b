package dev.skerry.api.kv;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.kv.KvStore;
import dev.skerry.model.KvNamespace;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** KV namespaces: what {@code wrangler kv namespace} calls, and making a clone of one. */
@Path("/client/v4/accounts/{account}/storage/kv/namespaces")
@Singleton
public final class Namespaces {
    private final Registry registry;
    private final KvStore kv;
    private final Caller caller;

    @Inject
    Namespaces(Registry registry, KvStore kv, Caller caller) {
        this.registry = registry;
        this.kv = kv;
        this.caller = caller;
    }

    /** A namespace as clients see it. */
    public record Namespace(
            String id,
            String title,

            @JsonProperty("supports_url_encoding") boolean supportsUrlEncoding) {
        static Namespace of(KvNamespace namespace) {
            return new Namespace(namespace.id(), namespace.title(), true);
        }
    }

    /** What a namespace is to be called. */
    public record Title(@Nullable String title) {
        String given() {
            if (title == null) {
                throw new ApiException(ErrorCode.INVALID, "The body has no title; send {\"title\": \"NAME\"}");
            }
            return title;
        }
    }

    @GET
    public Envelope<List<Namespace>> list(
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("per_page") @DefaultValue("20") int perPage,
            @QueryParam("order") @DefaultValue("title") String order,
            @QueryParam("direction") @DefaultValue("asc") String direction) {
        if (page < 1 || perPage < 1) {
            throw new ApiException(ErrorCode.INVALID, "page and per_page count from 1");
        }
        Comparator<KvNamespace> by = Comparator.comparing(order.equals("id") ? KvNamespace::id : KvNamespace::title);
        return Envelope.page(
                registry.namespaces().stream()
                        .sorted(direction.equals("desc") ? by.reversed() : by)
                        .map(Namespace::of)
                        .toList(),
                page,
                perPage);
    }

    @POST
    public Envelope<Namespace> create(Title title) {
        return Envelope.of(Namespace.of(created(title)));
    }

    @GET
    @Path("/{namespace}")
    public Envelope<Namespace> get(@PathParam("namespace") String id) {
        return Envelope.of(Namespace.of(existing(registry, id)));
    }

    @PUT
    @Path("/{namespace}")
    public Envelope<Namespace> rename(@PathParam("namespace") String id, Title title) {
        return Envelope.of(Namespace.of(titled(
                () -> registry.change(caller.origin(), change -> change.renameNamespace(id, title.given())))));
    }

    /** The workers that are bound to it find it empty from now on. */
    @DELETE
    @Path("/{namespace}")
    public Envelope<Void> delete(@PathParam("namespace") String id) {
        registry.change(caller.origin(), change -> {
            change.deleteNamespace(id);
            return id;
        });
        kv.forget(kv.keyspace(id));
        return Envelope.empty();
    }

    /** Makes a namespace with the entries of this one, and answers when it has them all. Skerry's own. */
    @POST
    @Path("/{namespace}/clone")
    public Envelope<Namespace> copy(@PathParam("namespace") String id, Title title) {
        existing(registry, id);
        KvNamespace made = created(title);
        Waiting.on(() -> kv.copy(kv.keyspace(id), kv.keyspace(made.id())));
        return Envelope.of(Namespace.of(made));
    }

    /** @throws RefusedException when there is none */
    static KvNamespace existing(Registry registry, String id) {
        return registry.namespace(id)
                .orElseThrow(() -> new RefusedException(
                        Reason.NAMESPACE_NOT_FOUND, "There is no KV namespace with the id '" + id + "'"));
    }

    private KvNamespace created(Title title) {
        return titled(() -> registry.change(caller.origin(), change -> change.createNamespace(title.given())));
    }

    /** With the code that clients know for a title that is taken. */
    private static KvNamespace titled(Supplier<KvNamespace> change) {
        try {
            return change.get();
        } catch (RefusedException e) {
            if (e.reason() == Reason.TAKEN) {
                throw new ApiException(ErrorCode.NAMESPACE_TAKEN, e.sentence());
            }
            throw e;
        }
    }
}
