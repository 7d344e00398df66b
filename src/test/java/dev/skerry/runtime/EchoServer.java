package dev.skerry.runtime;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of TCP that says again what it hears, but to {@code bye} says farewell and ends, at {@code drop} closes, and at {@code starttls} goes on in TLS.
 * Thread-safe.
 */
final class EchoServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetServer server;
    final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch left = new CountDownLatch(1);

    EchoServer(NetServerOptions options) throws Exception {
        server = vertx.createNetServer(options.setHost("127.0.0.1").setPort(0)).connectHandler(this::talk);
        server.listen().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    private void talk(NetSocket socket) {
        connections.incrementAndGet();
        socket.closeHandler(closed -> left.countDown());
        socket.handler(bytes -> {
            switch (bytes.toString()) {
                case "bye" -> socket.end(Buffer.buffer("farewell"));
                case "drop" -> socket.close();
                case "starttls" -> {
                    socket.write("go");
                    socket.upgradeToSsl();
                }
                default -> socket.write(bytes);
            }
        });
    }

    int port() {
        return server.actualPort();
    }

    /** Whether a connection closes within 10 seconds, or has already. */
    boolean isLeft() throws InterruptedException {
        return left.await(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        vertx.close();
    }
}
