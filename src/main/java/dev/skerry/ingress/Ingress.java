package dev.skerry.ingress;

import dev.skerry.model.HostPort;
import dev.skerry.registry.Registry;
import dev.skerry.runtime.WorkerRuntime;
import dev.skerry.webapi.websocket.WebSocketConfig;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Listens for workers' requests. Thread-safe. */
@Singleton
public final class Ingress {
    /** How long opening the port may take, on a machine that is busy or was asleep. */
    private static final int PATIENCE_MINUTES = 3;

    private final Vertx vertx;
    private final HostPort listen;
    private final IngressConfig config;
    private final WebSocketConfig sockets;
    private final Receiver receiver;
    private volatile int port;
    private volatile boolean open;

    @Inject
    public Ingress(
            Vertx vertx,
            ListenConfig listen,
            IngressConfig config,
            DevConfig dev,
            WebSocketConfig sockets,
            Registry registry,
            WorkerRuntime runtime) {
        this.vertx = vertx;
        this.listen = listen.workers();
        this.config = config;
        this.sockets = sockets;
        this.receiver = new Receiver(vertx, config, dev, sockets, registry, runtime);
    }

    /**
     * Opens the port, with as many event loops as there are cores, and returns when it is open.
     *
     * @throws IllegalStateException when it cannot be opened
     */
    public void start() {
        int loops = listen.port() == 0 ? 1 : Runtime.getRuntime().availableProcessors();
        try {
            vertx.deployVerticle(Listener::new, new DeploymentOptions().setInstances(loops))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_MINUTES, TimeUnit.MINUTES);
            open = true;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(
                    "Workers cannot be served on " + listen + " (skerry.listen.workers): " + e.getMessage(), e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(
                    "Workers cannot be served on " + listen + " (skerry.listen.workers): the port was not open within "
                            + PATIENCE_MINUTES + " minutes",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while opening " + listen, e);
        }
    }

    /** Whether the port is open. */
    public boolean open() {
        return open;
    }

    /** Where workers answer, with the port that was taken. */
    public HostPort address() {
        return new HostPort(listen.host(), port);
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(listen.host())
                .setPort(listen.port())
                .setMaxInitialLineLength(Math.toIntExact(config.requestLine().bytes()))
                .setMaxHeaderSize(Math.toIntExact(config.headers().bytes()))
                .setIdleTimeout(Math.toIntExact(config.idle().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHttp2ClearTextEnabled(config.h2c())
                // The worker's answer names the subprotocol; Exchange leaves no other to choose from.
                .setWebSocketSubProtocols(List.of("*"))
                // Frames says more, once it is known whose WebSocket it is.
                .setMaxWebSocketFrameSize(
                        Math.toIntExact(2 * sockets.webSocketMessage().bytes()))
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpNoDelay(true);
    }

    /** One event loop's server; Vert.x shares the port between them. */
    private final class Listener extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            HttpServer server = vertx.createHttpServer(options());
            server.connectionHandler(connection -> HeaderTime.watch(connection, config.headerTime()));
            server.requestHandler(receiver::receive).exceptionHandler(e -> {}).listen(opened -> {
                if (opened.succeeded()) {
                    port = opened.result().actualPort();
                    started.complete();
                } else {
                    started.fail(opened.cause());
                }
            });
        }
    }
}
