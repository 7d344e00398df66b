package dev.skerry.cache;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.binding.WebApi;
import dev.skerry.model.Bytes;
import dev.skerry.webapi.Whole;
import dev.skerry.webapi.compression.Coded;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/caches.js}. Each call counts as a subrequest. Thread-safe. */
@Singleton
public final class CacheApi implements WebApi {
    private final Shelf shelf;
    private final int most;

    @Inject
    public CacheApi(CacheConfig config) {
        this(config, Clock.systemUTC());
    }

    CacheApi(CacheConfig config, Clock clock) {
        this.shelf = new Shelf(config.size().bytes(), clock);
        this.most = (int) Math.min(config.entry().bytes(), Integer.MAX_VALUE - 64);
    }

    @Override
    public String name() {
        return "caches";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(isolate);
    }

    /** The host functions of one isolate; for the thread that is in it. */
    public final class Host {
        private final IsolateServices isolate;

        private Host(IsolateServices isolate) {
            this.isolate = isolate;
        }

        /** What is kept for a request; null for nothing. */
        @GuestCallable
        public @Nullable Hit match(String cache, String url, String headers) {
            isolate.invocation().countSubrequest();
            return shelf.find(key(cache, url), headers)
                    .map(entry -> new Hit(entry, Selection.of(entry, headers, shelf.now())))
                    .orElse(null);
        }

        @GuestCallable
        public boolean delete(String cache, String url) {
            isolate.invocation().countSubrequest();
            return shelf.delete(key(cache, url));
        }

        @GuestCallable
        public int putText(
                String cache,
                String url,
                String requestHeaders,
                int status,
                String statusText,
                String headers,
                String body) {
            return put(cache, url, requestHeaders, status, statusText, headers, new Body.Text(body));
        }

        /** The body is one that Java made, or null for none. */
        @GuestCallable
        public int putBody(
                String cache,
                String url,
                String requestHeaders,
                int status,
                String statusText,
                String headers,
                @Nullable Object body) {
            return put(
                    cache, url, requestHeaders, status, statusText, headers, body == null ? Body.EMPTY : (Body) body);
        }

        /** Keeps a response if it may be kept: 0 when that is done, else the operation that ends when its body was read. */
        private int put(
                String cache,
                String url,
                String requestHeaders,
                int status,
                String statusText,
                String headers,
                Body body) {
            Invocation invocation = isolate.invocation();
            invocation.countSubrequest();
            long now = shelf.now();
            Optional<Storable> storable = Storable.of(status, headers, requestHeaders, now);
            if (storable.isEmpty()) {
                if (body instanceof Body.Streamed streamed) {
                    streamed.source().cancel("The response is not cacheable.");
                }
                return 0;
            }
            Optional<Coded> coded = coded(body, headers);
            Keeping keeping =
                    new Keeping(key(cache, url), status, statusText, storable.get(), coded.map(Coded::coding), now);
            switch (body) {
                case Body.Empty empty -> keeping.keep(new byte[0], invocation);
                case Body.Text text -> keeping.keep(text.text().getBytes(StandardCharsets.UTF_8), invocation);
                case Body.Bytes bytes -> keeping.keep(bytes.toArray(), invocation);
                case Body.Streamed streamed -> {
                    Operation operation = isolate.begin();
                    ByteSource source = coded.map(Coded::wire).orElseGet(streamed::source);
                    Whole.read(source, most, "The response is too large to be cached.", invocation.memory())
                            .whenComplete((bytes, failure) -> {
                                if (bytes == null) {
                                    operation.reject(
                                            failure instanceof GuestError error
                                                    ? error
                                                    : GuestError.error(
                                                            "The body of the response broke off; it was not cached."));
                                    return;
                                }
                                bytes.map(all -> new Body.Bytes(all).toArray()).ifPresent(keeping::keep);
                                operation.resolve(bytes.isPresent());
                            });
                    return operation.id();
                }
            }
            return 0;
        }

        /** The body as it came, if it came in the coding that the headers name. */
        private static Optional<Coded> coded(Body body, String headers) {
            return body instanceof Body.Streamed(Coded coded)
                            && Coded.named(Headers.value(headers, "content-encoding")
                                            .orElse(""))
                                    .equals(Optional.of(coded.coding()))
                    ? Optional.of(coded)
                    : Optional.empty();
        }

        /** A response was too large; said by the guest, on its thread. */
        @GuestCallable
        public void tooLarge(String url) {
            tell(isolate.invocation(), url);
        }

        private Shelf.Key key(String cache, String url) {
            int fragment = url.indexOf('#');
            return new Shelf.Key(isolate.environment(), cache, fragment < 0 ? url : url.substring(0, fragment));
        }
    }

    private void tell(Invocation invocation, String url) {
        invocation.log(
                "warn",
                "The response for " + url + " is larger than " + most
                        + " bytes (skerry.cache.entry) and was not cached.");
    }

    /** A response that waits for its body. */
    private final class Keeping {
        private final Shelf.Key key;
        private final int status;
        private final String statusText;
        private final Storable storable;
        private final Optional<String> coding;
        private final long now;

        private Keeping(
                Shelf.Key key, int status, String statusText, Storable storable, Optional<String> coding, long now) {
            this.key = key;
            this.status = status;
            this.statusText = statusText;
            this.storable = storable;
            this.coding = coding;
            this.now = now;
        }

        private void keep(byte[] body, Invocation invocation) {
            if (body.length > most) {
                tell(invocation, key.url());
            } else {
                keep(body);
            }
        }

        private void keep(byte[] body) {
            shelf.put(
                    key,
                    new Entry(
                            status,
                            statusText,
                            storable.headers(),
                            Bytes.wrap(body),
                            coding,
                            storable.vary(),
                            now,
                            now + storable.lifetime() * 1000));
        }
    }
}
