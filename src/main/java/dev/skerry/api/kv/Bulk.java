package dev.skerry.api.kv;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.skerry.api.ApiException;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.binding.Body;
import dev.skerry.kv.Entry;
import dev.skerry.kv.Keyspace;
import dev.skerry.kv.KvRules;
import dev.skerry.kv.KvStore;
import dev.skerry.registry.Registry;
import dev.skerry.store.KvTable;
import dev.skerry.store.KvTable.Attributes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Many keys at once: what {@code wrangler kv bulk} calls. All is checked before anything is written; each key is written on its own. */
@Path("/client/v4/accounts/{account}/storage/kv/namespaces/{namespace}/bulk")
@Singleton
public final class Bulk {
    /** Keys of one call. */
    private static final int MAX_PAIRS = 10_000;

    /** Writes that wait for the disk together. */
    private static final int WINDOW = 500;

    private final Registry registry;
    private final KvStore kv;

    @Inject
    Bulk(Registry registry, KvStore kv) {
        this.registry = registry;
        this.kv = kv;
    }

    /** A key to be put. */
    public record Pair(
            @Nullable String key,
            @Nullable String value,
            @Nullable Long expiration,

            @JsonProperty("expiration_ttl") @Nullable Long expirationTtl,

            @Nullable JsonNode metadata,
            @Nullable Boolean base64) {}

    /** How it went. */
    public record Result(
            @JsonProperty("successful_key_count") int successfulKeyCount,
            @JsonProperty("unsuccessful_keys") List<String> unsuccessfulKeys) {}

    /** Keys to be read. */
    public record Query(
            @Nullable List<String> keys,
            @Nullable String type,
            @Nullable Boolean withMetadata) {}

    /** Values by key; null for a key that is not there. */
    public record Found(Map<String, @Nullable Object> values) {}

    /** A value where its metadata was asked for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WithMetadata(
            JsonNode value,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            JsonNode metadata,

            @Nullable Long expiration) {}

    private record Write(String key, Body.Bytes value, Attributes attributes) {}

    @PUT
    public Envelope<Result> put(@PathParam("namespace") String namespace, List<Pair> pairs) {
        Keyspace keyspace = keyspace(namespace);
        count(pairs.size());
        List<Write> writes = pairs.stream().map(this::write).toList();
        inWindows(writes, write -> kv.put(keyspace, write.key(), write.value(), write.attributes()));
        return Envelope.of(new Result(writes.size(), List.of()));
    }

    @POST
    @Path("/get")
    public Envelope<Found> get(@PathParam("namespace") String namespace, Query query) {
        Keyspace keyspace = keyspace(namespace);
        List<String> keys = query.keys() == null ? List.of() : query.keys();
        if (keys.isEmpty() || keys.size() > KvRules.MAX_KEYS) {
            throw new ApiException(
                    ErrorCode.INVALID, "A call reads 1 to " + KvRules.MAX_KEYS + " keys, not " + keys.size());
        }
        keys.forEach(Bulk::checked);
        String type = query.type() == null ? "text" : query.type();
        if (!type.equals("text") && !type.equals("json")) {
            throw new ApiException(ErrorCode.INVALID, '"' + type + "\" is not a valid type. Use \"json\" or \"text\"");
        }
        List<Optional<Entry>> found = Waiting.on(() -> kv.findAll(keyspace, keys));
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            values.put(
                    keys.get(i),
                    found.get(i)
                            .map(entry -> shown(entry, type, Boolean.TRUE.equals(query.withMetadata())))
                            .orElse(null));
        }
        return Envelope.of(new Found(values));
    }

    @DELETE
    public Envelope<Result> delete(@PathParam("namespace") String namespace, List<String> keys) {
        Keyspace keyspace = keyspace(namespace);
        count(keys.size());
        keys.forEach(Bulk::checked);
        inWindows(keys, key -> kv.delete(keyspace, key));
        return Envelope.of(new Result(keys.size(), List.of()));
    }

    @POST
    @Path("/delete")
    public Envelope<Result> deleteByPost(@PathParam("namespace") String namespace, List<String> keys) {
        return delete(namespace, keys);
    }

    private Keyspace keyspace(String namespace) {
        return kv.keyspace(Namespaces.existing(registry, namespace).id());
    }

    private Write write(Pair pair) {
        if (pair.key() == null || pair.value() == null) {
            throw new ApiException(ErrorCode.INVALID, "Each pair has a key and a value; one lacks one of them");
        }
        String key = checked(pair.key());
        byte[] value = bytes(key, pair.value(), Boolean.TRUE.equals(pair.base64()));
        Optional<String> metadata = Optional.ofNullable(pair.metadata())
                .filter(node -> !node.isNull())
                .map(JsonNode::toString);
        Attributes attributes = Waiting.on(() -> CompletableFuture.completedFuture(kv.attributes(
                Optional.ofNullable(pair.expiration()), Optional.ofNullable(pair.expirationTtl()), metadata)));
        return new Write(key, new Body.Bytes(ByteBuffer.wrap(value)), attributes);
    }

    private static byte[] bytes(String key, String value, boolean base64) {
        try {
            return base64 ? Base64.getDecoder().decode(value) : value.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.INVALID, "The value of '" + key + "' is not base64: " + e.getMessage());
        }
    }

    private static Object shown(Entry entry, String type, boolean withMetadata) {
        JsonNode value = type.equals("json")
                ? Metadata.parse(entry.value().utf8())
                : TextNode.valueOf(entry.value().utf8());
        return withMetadata
                ? new WithMetadata(
                        value,
                        entry.metadata().map(Metadata::parse).orElse(null),
                        entry.expires() == KvTable.NEVER ? null : entry.expires())
                : value;
    }

    private static String checked(String key) {
        Waiting.check(() -> KvRules.checkKey(key));
        return key;
    }

    private static void count(int keys) {
        if (keys > MAX_PAIRS) {
            throw new ApiException(ErrorCode.INVALID, "A call writes at most " + MAX_PAIRS + " keys, not " + keys);
        }
    }

    private static <T> void inWindows(List<T> all, Function<T, CompletableFuture<Void>> write) {
        for (int from = 0; from < all.size(); from += WINDOW) {
            List<T> window = all.subList(from, Math.min(all.size(), from + WINDOW));
            Waiting.on(() -> CompletableFuture.allOf(window.stream().map(write).toArray(CompletableFuture[]::new)));
        }
    }
}
