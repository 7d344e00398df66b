package dev.skerry.api.kv;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.skerry.api.ApiException;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.Multipart;
import dev.skerry.binding.Body;
import dev.skerry.kv.Keyspace;
import dev.skerry.kv.KvRules;
import dev.skerry.kv.KvStore;
import dev.skerry.kv.Listing;
import dev.skerry.model.Bytes;
import dev.skerry.registry.Registry;
import dev.skerry.store.KvTable;
import dev.skerry.store.KvTable.Attributes;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys and values one by one: what {@code wrangler kv key} calls. A key is percent-encoded in the path, any slash in it too. */
@Path("/client/v4/accounts/{account}/storage/kv/namespaces/{namespace}")
@Singleton
public final class Values {
    private final Registry registry;
    private final KvStore kv;

    @Inject
    Values(Registry registry, KvStore kv) {
        this.registry = registry;
        this.kv = kv;
    }

    /** A key in a listing; what it does not have is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Key(
            String name,
            @Nullable Long expiration,
            @Nullable JsonNode metadata) {
        static Key of(Listing.Key key) {
            return new Key(
                    key.name(),
                    key.attributes().expires() == KvTable.NEVER
                            ? null
                            : key.attributes().expires(),
                    key.attributes().metadata().map(Metadata::parse).orElse(null));
        }
    }

    /** The bytes as they are; the header {@code expiration} has the seconds since 1970 when the key ends. */
    @GET
    @Path("/values/{key:.+}")
    public Response get(@PathParam("namespace") String namespace, @Context HttpServerRequest request) {
        String key = Keys.inPath(request.path(), "/values/");
        Keyspace keyspace = keyspace(namespace);
        KvStore.Opened found = Waiting.on(() -> kv.open(keyspace, key)).orElseThrow(() -> missing(key));
        Response.ResponseBuilder response = Response.ok(
                        switch (found.body()) {
                            case Body.Bytes bytes -> bytes.toArray();
                            case Body.Streamed(var source) -> new SourceStream(source);
                            default -> throw new IllegalStateException("A value is bytes or streamed");
                        })
                .type(MediaType.APPLICATION_OCTET_STREAM_TYPE);
        if (found.attributes().expires() != KvTable.NEVER) {
            response.header("expiration", found.attributes().expires());
        }
        return response.build();
    }

    /** The raw value, or a form with the parts {@code value} and {@code metadata} (JSON). */
    @PUT
    @Path("/values/{key:.+}")
    public Envelope<Void> put(
            @PathParam("namespace") String namespace,
            @QueryParam("expiration") @Nullable Long expiration,
            @QueryParam("expiration_ttl") @Nullable Long ttl,
            @HeaderParam("Content-Type") @Nullable String type,
            @HeaderParam("Content-Length") @Nullable Integer length,
            @Context HttpServerRequest request,
            InputStream body)
            throws IOException {
        String key = Keys.inPath(request.path(), "/values/");
        Keyspace keyspace = keyspace(namespace);
        byte[] bytes = read(body, length);
        Bytes value = Bytes.wrap(bytes);
        Optional<String> metadata = Optional.empty();
        if (Multipart.announced(type)) {
            List<Multipart.Part> parts = Multipart.parse(bytes, type);
            value = part(parts, "value")
                    .orElseThrow(() -> new ApiException(ErrorCode.INVALID, "The form has no part 'value'"));
            metadata = part(parts, "metadata").map(Bytes::utf8);
        }
        Optional<String> json = metadata.map(Metadata::compact);
        ByteBuffer content = ByteBuffer.wrap(value.array());
        Waiting.on(() -> {
            Attributes attributes = kv.attributes(Optional.ofNullable(expiration), Optional.ofNullable(ttl), json);
            return kv.put(keyspace, key, new Body.Bytes(content), attributes);
        });
        return Envelope.empty();
    }

    @DELETE
    @Path("/values/{key:.+}")
    public Envelope<Void> delete(@PathParam("namespace") String namespace, @Context HttpServerRequest request) {
        String key = Keys.inPath(request.path(), "/values/");
        Keyspace keyspace = keyspace(namespace);
        Waiting.on(() -> kv.delete(keyspace, key));
        return Envelope.empty();
    }

    @GET
    @Path("/metadata/{key:.+}")
    public Envelope<@Nullable JsonNode> metadata(
            @PathParam("namespace") String namespace, @Context HttpServerRequest request) {
        String key = Keys.inPath(request.path(), "/metadata/");
        Keyspace keyspace = keyspace(namespace);
        KvStore.Opened found = Waiting.on(() -> kv.open(keyspace, key)).orElseThrow(() -> missing(key));
        if (found.body() instanceof Body.Streamed(var source)) {
            source.cancel("Only the metadata was asked for");
        }
        return found.attributes()
                .metadata()
                .<Envelope<@Nullable JsonNode>>map(json -> Envelope.of(Metadata.parse(json)))
                .orElseGet(Envelope::empty);
    }

    @GET
    @Path("/keys")
    public Envelope<List<Key>> keys(
            @PathParam("namespace") String namespace,
            @QueryParam("prefix") @DefaultValue("") String prefix,
            @QueryParam("limit") @DefaultValue("1000") int limit,
            @QueryParam("cursor") @DefaultValue("") String cursor) {
        Keyspace keyspace = keyspace(namespace);
        Listing page =
                Waiting.on(() -> kv.list(keyspace, prefix, Optional.of(cursor).filter(text -> !text.isEmpty()), limit));
        return Envelope.part(
                page.keys().stream().map(Key::of).toList(), page.cursor().orElse(""));
    }

    private Keyspace keyspace(String namespace) {
        return kv.keyspace(Namespaces.existing(registry, namespace).id());
    }

    private static Optional<Bytes> part(List<Multipart.Part> parts, String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .map(Multipart.Part::content);
    }

    /** All of the body in one array, where its length is known without a second one. */
    private static byte[] read(InputStream body, @Nullable Integer length) throws IOException {
        if (length == null) {
            return body.readNBytes(KvRules.MAX_VALUE + (1 << 20));
        }
        byte[] bytes = new byte[length];
        int read = body.readNBytes(bytes, 0, length);
        if (read < length) {
            throw new ApiException(
                    ErrorCode.BODY_UNREADABLE, "The body ended after " + read + " of " + length + " bytes");
        }
        return bytes;
    }

    private static ApiException missing(String key) {
        return new ApiException(ErrorCode.KEY_NOT_FOUND, "get: 'key not found': " + key);
    }
}
