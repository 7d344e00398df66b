package dev.skerry.kv;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.HeldMemory;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.kv.KvResults.Batch;
import dev.skerry.kv.KvResults.Found;
import dev.skerry.kv.KvResults.FoundBody;
import dev.skerry.kv.KvResults.Page;
import dev.skerry.store.KvTable.Attributes;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What {@code js/bindings/kv.js} calls. A read gives its result at once when memory has it, which costs no event; else the number of an
 * operation. Confined to one isolate.
 */
public final class KvHost {
    private static final Logger LOG = Logger.getLogger(KvHost.class);

    private final IsolateServices isolate;
    private final KvStore store;
    private final Keyspace keyspace;

    KvHost(IsolateServices isolate, KvStore store, Keyspace keyspace) {
        this.isolate = isolate;
        this.store = store;
        this.keyspace = keyspace;
    }

    /** The value as text; null if there is none. */
    @GuestCallable
    public @Nullable Object text(String key) {
        return read(key, entry -> entry.value().utf8());
    }

    /** The value as a ByteBuffer; null if there is none. */
    @GuestCallable
    public @Nullable Object bytes(String key) {
        return read(key, entry -> new Found(entry).bytes());
    }

    /** The value with its metadata, a {@link Found}; null if there is none. */
    @GuestCallable
    public @Nullable Object find(String key) {
        return read(key, Found::new);
    }

    /** The value to be read piece by piece with its metadata, a {@link FoundBody}; null if there is none. */
    @GuestCallable
    public @Nullable Object open(String key) {
        begin("GET", key);
        Optional<Entry> known = store.cached(keyspace, key);
        if (known != null) {
            return known.map(Reads::opened).map(FoundBody::new).orElse(null);
        }
        return operation(
                "GET",
                () -> store.open(keyspace, key),
                opened -> opened.map(FoundBody::new).orElse(null));
    }

    @GuestCallable
    public void checkCacheTtl(double seconds) {
        try {
            KvRules.checkCacheTtl(seconds);
        } catch (KvException e) {
            throw guestError("GET", e);
        }
    }

    /** A {@link Batch} of so many keys. */
    @GuestCallable
    public Object batch(int size) {
        return refusing("GET_BULK", () -> new Batch(size));
    }

    /** Reads a batch: null when memory has it all, else an operation. */
    @GuestCallable
    public @Nullable Object read(Object batch) {
        isolate.invocation().countSubrequest();
        Batch keys = (Batch) batch;
        if (keys.fill(key -> store.cached(keyspace, key))) {
            return null;
        }
        return operation("GET_BULK", () -> store.findAll(keyspace, keys.names()), found -> {
            keys.fill(found);
            return null;
        });
    }

    /** {@code metadata} is JSON; {@code expiration} and {@code ttl} are in seconds, NaN when not given. As the other two, an operation. */
    @GuestCallable
    public int putText(String key, String value, @Nullable String metadata, double expiration, double ttl) {
        return put(key, new Body.Text(value), metadata, expiration, ttl);
    }

    @GuestCallable
    public int putBytes(String key, byte[] value, @Nullable String metadata, double expiration, double ttl) {
        return put(key, new Body.Bytes(ByteBuffer.wrap(value)), metadata, expiration, ttl);
    }

    @GuestCallable
    public int putBody(String key, @Nullable Object value, @Nullable String metadata, double expiration, double ttl) {
        Body body = switch (value) {
            case null -> Body.EMPTY;
            case String text -> new Body.Text(text);
            default -> (Body) value;
        };
        return put(key, body, metadata, expiration, ttl);
    }

    @GuestCallable
    public int remove(String key) {
        begin("DELETE", key);
        return operation("DELETE", () -> store.delete(keyspace, key), nothing -> null);
    }

    /** An operation that gives a {@link Page}. A limit of 0 or less is none. */
    @GuestCallable
    public int list(String prefix, @Nullable String cursor, int limit) {
        isolate.invocation().countSubrequest();
        int most = limit > 0 ? limit : KvRules.MAX_LIST;
        return operation("GET", () -> store.list(keyspace, prefix, Optional.ofNullable(cursor), most), Page::new);
    }

    private @Nullable Object read(String key, Function<Entry, Object> form) {
        begin("GET", key);
        Optional<Entry> known = store.cached(keyspace, key);
        if (known != null) {
            return known.isPresent() ? form.apply(known.get()) : null;
        }
        return operation(
                "GET", () -> store.find(keyspace, key), found -> found.map(form).orElse(null));
    }

    private int put(String key, Body value, @Nullable String metadata, double expiration, double ttl) {
        begin("PUT", key);
        HeldMemory memory = isolate.invocation().memory();
        long weight = value.weight();
        memory.hold(weight);
        return operation(
                "PUT",
                () -> {
                    Attributes attributes =
                            store.attributes(given(expiration), given(ttl), Optional.ofNullable(metadata));
                    return store.put(keyspace, key, value, attributes)
                            .whenComplete((nothing, failure) -> memory.letGo(weight));
                },
                nothing -> null);
    }

    private void begin(String method, String key) {
        if (key.isEmpty()) {
            throw GuestError.type("Key name cannot be empty.");
        }
        if (key.equals(".") || key.equals("..")) {
            throw GuestError.type('"' + key + "\" is not allowed as a key name.");
        }
        try {
            KvRules.checkLength(key);
        } catch (KvException e) {
            throw guestError(method, e);
        }
        isolate.invocation().countSubrequest();
    }

    /** Begins an operation that ends as the future does. */
    private <T> int operation(String method, Supplier<CompletableFuture<T>> begin, Function<T, @Nullable Object> form) {
        CompletableFuture<T> future = refusing(method, begin);
        Operation operation = isolate.begin();
        future.whenComplete((result, failure) -> {
            if (failure != null) {
                operation.reject(guestError(method, failure));
            } else {
                operation.resolve(form.apply(result));
            }
        });
        return operation.id();
    }

    private static <T> T refusing(String method, Supplier<T> check) {
        try {
            return check.get();
        } catch (KvException e) {
            throw guestError(method, e);
        }
    }

    private static GuestError guestError(String method, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case GuestError error -> error;
            case KvException refused ->
                GuestError.error("KV " + method + " failed: " + refused.status() + " " + refused.sentence());
            default -> {
                LOG.error("KV " + method + " failed", cause);
                yield GuestError.error("KV " + method + " failed: 500 Internal Server Error");
            }
        };
    }

    private static Optional<Long> given(double seconds) {
        return Double.isNaN(seconds) ? Optional.empty() : Optional.of((long) seconds);
    }
}
