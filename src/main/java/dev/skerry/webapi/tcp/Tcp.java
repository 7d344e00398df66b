package dev.skerry.webapi.tcp;

import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.Operation;
import dev.skerry.webapi.Arriving;
import dev.skerry.webapi.egress.Addresses;
import dev.skerry.webapi.egress.Dialer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One connection of a worker. Begun, written and closed from any thread; all state is touched on its event loop alone. */
final class Tcp implements Arriving.Connection {
    private final Context context;
    private final Dialer dialer;
    private final String host;
    private final int port;
    private final boolean tls;
    private final boolean halfOpen;
    private final Operation opened;
    private final Operation closed;
    private final Runnable answered;
    private final CompletableFuture<Arriving> arriving = new CompletableFuture<>();
    private boolean over;
    private @Nullable NetSocket socket;
    private @Nullable GuestError failure;
    /** A write that waits for room. */
    private @Nullable Operation blocked;

    /** @param answered run once, when it is connected or will not be */
    Tcp(
            Context context,
            Dialer dialer,
            String host,
            int port,
            boolean tls,
            boolean halfOpen,
            Operation opened,
            Operation closed,
            Runnable answered) {
        this.context = context;
        this.dialer = dialer;
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.halfOpen = halfOpen;
        this.opened = opened;
        this.closed = closed;
        this.answered = answered;
    }

    /** The addresses of both ends. Immutable. */
    public record Ends(String remote, String local) {
        @GuestCallable
        public String remoteAddress() {
            return remote;
        }

        @GuestCallable
        public String localAddress() {
            return local;
        }
    }

    int openedId() {
        return opened.id();
    }

    int closedId() {
        return closed.id();
    }

    void start() {
        context.runOnContext(on -> {
            if (!over) {
                dialer.dial("connect()", tls, host, port)
                        .onSuccess(this::connected)
                        .onFailure(e -> fail(e instanceof GuestError error ? error : lost()));
            }
        });
    }

    private void connected(NetSocket connection) {
        if (over) {
            connection.close();
            return;
        }
        socket = connection;
        answered.run();
        Arriving body = new Arriving(context, connection, OptionalLong.empty(), this);
        if (halfOpen) {
            NetSocketInternal inner = (NetSocketInternal) connection;
            inner.channelHandlerContext().channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            inner.eventHandler(event -> {
                if (event instanceof ChannelInputShutdownEvent) {
                    body.end(null);
                }
            });
        }
        // What has arrived is still to be read: the stream tells its own end.
        connection.closeHandler(end -> end());
        arriving.complete(body);
        opened.resolve(new Ends(String.valueOf(connection.remoteAddress()), String.valueOf(connection.localAddress())));
    }

    private static GuestError lost() {
        return GuestError.error("Network connection lost.");
    }

    private void fail(GuestError error) {
        if (!over) {
            failure = error;
            end();
        }
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        if (socket == null) {
            answered.run();
        }
        GuestError error = failure;
        Operation writer = blocked;
        if (writer != null) {
            writer.reject(error == null ? lost() : error);
        }
        if (error == null) {
            opened.reject(GuestError.error("The socket was closed before it was connected."));
            closed.resolve(null);
        } else {
            opened.reject(error);
            closed.reject(error);
        }
        arriving.completeExceptionally(error == null ? lost() : error);
    }

    /** What arrives once it is connected. */
    ByteSource incoming() {
        return new ByteSource() {
            @Override
            public CompletionStage<Optional<ByteBuffer>> read() {
                return arriving.thenCompose(Arriving::read);
            }

            @Override
            public void cancel(String reason) {
                arriving.thenAccept(body -> body.cancel(reason));
            }

            @Override
            public OptionalLong length() {
                return OptionalLong.empty();
            }
        };
    }

    /** The worker reads no more, which says nothing of what it writes: what comes is dropped. */
    @Override
    public void unwanted() {
        NetSocket connection = socket;
        if (connection != null) {
            connection.handler(null);
            connection.resume();
        }
    }

    @Override
    public Throwable seen(Throwable cause) {
        GuestError error = lost();
        failure = error;
        return error;
    }

    void write(byte[] bytes, Operation operation) {
        context.runOnContext(on -> {
            NetSocket connection = socket;
            if (over || connection == null) {
                operation.reject(failure == null ? lost() : failure);
                return;
            }
            connection.write(Buffer.buffer(bytes)).onFailure(e -> operation.reject(lost()));
            if (connection.writeQueueFull()) {
                blocked = operation;
                connection.drainHandler(drained -> {
                    blocked = null;
                    operation.resolve(null);
                });
            } else {
                operation.resolve(null);
            }
        });
    }

    /** The other side hears the end; without half-open connections it ends with that. */
    void end(Operation operation) {
        context.runOnContext(on -> {
            NetSocket connection = socket;
            if (over || connection == null) {
                operation.resolve(null);
                return;
            }
            Channel channel =
                    ((NetSocketInternal) connection).channelHandlerContext().channel();
            if (channel instanceof DuplexChannel duplex && channel.pipeline().get(SslHandler.class) == null) {
                connection
                        .write(Buffer.buffer())
                        .onComplete(flushed -> duplex.shutdownOutput().addListener(done -> operation.resolve(null)));
            } else {
                connection.end().onComplete(done -> operation.resolve(null));
            }
        });
    }

    void close() {
        context.runOnContext(on -> {
            NetSocket connection = socket;
            if (connection != null) {
                connection.close();
            } else {
                end();
            }
        });
    }

    void startTls(String name, Operation operation) {
        context.runOnContext(on -> {
            NetSocket connection = socket;
            if (over || connection == null) {
                operation.reject(lost());
                return;
            }
            String server = Dialer.serverName(name);
            (server == null ? connection.upgradeToSsl() : connection.upgradeToSsl(server))
                    .onSuccess(done -> operation.resolve(null))
                    .onFailure(e -> {
                        GuestError error =
                                GuestError.error("The TLS handshake with " + Addresses.name(name, port) + " failed.");
                        failure = error;
                        connection.close();
                        operation.reject(error);
                    });
        });
    }
}
