package dev.skerry.api.workers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.skerry.telemetry.Tail;
import dev.skerry.telemetry.TailConfig;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The WebSockets of tails: subprotocol {@code trace-v1}, one JSON text an event. A tail is reached by its random id alone. Thread-safe. */
@Singleton
public final class TailSockets implements HttpServerOptionsCustomizer {
    static final String PATH = "/client/v4/tails/";
    private static final int ID_BYTES = 16;
    private static final int MOST_TAILS = 1000;

    private final Cache<String, Tail> tails;
    private final SecureRandom random = new SecureRandom();

    @Inject
    TailSockets(TailConfig config) {
        this.tails = Caffeine.newBuilder()
                .maximumSize(MOST_TAILS)
                .expireAfterWrite(config.lifetime())
                .scheduler(Scheduler.systemScheduler())
                .removalListener((@Nullable String id, @Nullable Tail tail, RemovalCause cause) -> {
                    if (tail != null) {
                        tail.close();
                    }
                })
                .build();
    }

    /** The id by which the WebSocket finds it. */
    String add(Tail tail) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        tails.put(id, tail);
        return id;
    }

    void close(String id) {
        tails.invalidate(id);
    }

    /** wrangler's first frame comes without a mask, against RFC 6455, section 5.1. */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.addWebSocketSubProtocol("trace-v1").setAcceptUnmaskedFrames(true);
    }

    void route(@Observes Router router) {
        router.get(PATH + ":tail").handler(this::connect);
    }

    private void connect(RoutingContext request) {
        String id = request.pathParam("tail");
        Tail tail = tails.getIfPresent(id);
        if (tail == null) {
            request.response().setStatusCode(404).end();
            return;
        }
        request.request()
                .toWebSocket()
                .onSuccess(socket -> new Reader(Vertx.currentContext(), socket, tail).start(() -> close(id)))
                .onFailure(request::fail);
    }

    /** Carries messages to one client, as fast as it takes them. What is not said to be thread-safe is confined to the socket's event loop. */
    private static final class Reader {
        private final Context loop;
        private final ServerWebSocket socket;
        private final Tail tail;
        private final AtomicBoolean scheduled = new AtomicBoolean();
        private boolean waiting;

        private Reader(Context loop, ServerWebSocket socket, Tail tail) {
            this.loop = loop;
            this.socket = socket;
            this.tail = tail;
        }

        void start(Runnable closed) {
            socket.closeHandler(gone -> closed.run());
            socket.exceptionHandler(e -> {});
            tail.whenReady(this::wake);
        }

        /** Thread-safe. */
        private void wake() {
            if (scheduled.compareAndSet(false, true)) {
                loop.runOnContext(on -> {
                    scheduled.set(false);
                    send();
                });
            }
        }

        private void send() {
            while (!socket.isClosed() && !waiting) {
                var message = tail.poll();
                if (message.isEmpty()) {
                    return;
                }
                Future<Void> written = socket.writeTextMessage(message.get());
                if (!socket.isClosed() && socket.writeQueueFull()) {
                    // Not by a drain handler: Vert.x gives the word to the response of the upgrade instead.
                    waiting = true;
                    written.onComplete(done -> loop.runOnContext(on -> {
                        waiting = false;
                        send();
                    }));
                }
            }
        }
    }
}
