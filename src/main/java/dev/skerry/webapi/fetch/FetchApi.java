package dev.skerry.webapi.fetch;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import dev.skerry.webapi.egress.EgressConfig;
import dev.skerry.webapi.egress.Slots;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/fetch.js}: sends one request at a time; the guest half follows redirects. Thread-safe. */
@Singleton
public final class FetchApi implements WebApi {
    private final Vertx vertx;
    private final EgressConfig config;
    private final Egress egress;

    /** @throws IllegalArgumentException when {@code skerry.egress.allow} has an entry that is no address */
    @Inject
    public FetchApi(Vertx vertx, EgressConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.egress = new Egress(vertx, config);
    }

    @Override
    public String name() {
        return "fetch";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(isolate);
    }

    @PreDestroy
    void close() {
        egress.close();
    }

    /** The requests of one event. What waits for its headers is given up when the event ends. */
    private static final class Requests {
        private final Set<Exchange> waiting = ConcurrentHashMap.newKeySet();

        private void giveUp() {
            waiting.forEach(exchange -> exchange.abort(GuestError.error("The event that sent the request has ended.")));
        }
    }

    /** For the thread in one isolate. */
    public final class Host {
        private final IsolateServices isolate;
        private final Map<Invocation, Requests> ofInvocation = new HashMap<>();

        private Host(IsolateServices isolate) {
            this.isolate = isolate;
        }

        /** A body of a text. */
        @GuestCallable
        public Object text(String text) {
            return new Body.Text(text);
        }

        /** Whether a body can be sent a second time. */
        @GuestCallable
        public boolean replayable(Object body) {
            return !(body instanceof Body.Streamed);
        }

        /**
         * Sends a request, which counts as a subrequest; {@link #id} of the result is an operation that ends with a {@link Fetched}.
         *
         * @param host without brackets
         * @param path with the query
         * @param headers in the form of {@link dev.skerry.binding.HeaderLines}
         * @param body one that Java made, or null for none
         * @param wire whether the body of the response is read as it came, in whatever coding
         */
        @GuestCallable
        public Object send(
                String method,
                boolean secure,
                String host,
                int port,
                String path,
                String headers,
                @Nullable Object body,
                boolean wire) {
            Invocation invocation = isolate.invocation();
            invocation.countSubrequest();
            Requests requests = ofInvocation.computeIfAbsent(invocation, begun -> {
                Requests none = new Requests();
                begun.whenEnded(() -> {
                    ofInvocation.remove(begun);
                    none.giveUp();
                });
                return none;
            });
            Slots slots = Slots.of(invocation, config);
            Exchange[] made = new Exchange[1];
            Exchange exchange = new Exchange(
                    egress,
                    config,
                    vertx.getOrCreateContext(),
                    new Target(secure, host, port, path),
                    method,
                    headers,
                    body == null ? Body.EMPTY : (Body) body,
                    wire,
                    isolate.begin(),
                    () -> {
                        requests.waiting.remove(made[0]);
                        slots.free();
                    });
            made[0] = exchange;
            requests.waiting.add(exchange);
            slots.take(exchange::start);
            return exchange;
        }

        @GuestCallable
        public int id(Object exchange) {
            return ((Exchange) exchange).id();
        }

        /** Gives a request up, or what is left of the body of its response. */
        @GuestCallable
        public void abort(Object exchange, String name, String message) {
            ((Exchange) exchange).abort(new GuestError(name, message));
        }

        /** Drops the body of a response. */
        @GuestCallable
        public void drop(Object body) {
            if (body instanceof Body.Streamed streamed) {
                streamed.source().cancel("Nobody reads it.");
            }
        }

        /** The response that a data: URL holds: what is behind the scheme, without the fragment. */
        @GuestCallable
        public Object data(String url) {
            return DataUrl.fetch(url);
        }
    }
}
