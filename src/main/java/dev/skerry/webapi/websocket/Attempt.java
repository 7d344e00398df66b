package dev.skerry.webapi.websocket;

import dev.skerry.binding.GuestError;
import dev.skerry.binding.HeaderLines;
import dev.skerry.binding.Operation;
import dev.skerry.binding.SocketEnd;
import dev.skerry.webapi.egress.Addresses;
import dev.skerry.webapi.egress.Dialer;
import dev.skerry.webapi.egress.EgressConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtension;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Context;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One opening of a WebSocket to a server: connection, handshake, and what came of it. Begun and given up from any thread; state is the event loop's. */
final class Attempt {
    /** Headers that the handshake makes itself. */
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "sec-websocket-accept",
            "sec-websocket-extensions",
            "sec-websocket-key",
            "sec-websocket-protocol",
            "sec-websocket-version",
            "te",
            "transfer-encoding",
            "upgrade");

    /** Of the body of a response that refuses the WebSocket. */
    private static final int MOST_BODY = 1024 * 1024;

    private static final int MOST_HEADERS = 128 * 1024;

    /**
     * Where to.
     *
     * @param host without brackets
     * @param path with the query
     */
    record Target(boolean secure, String host, int port, String path) {
        URI uri() {
            return URI.create((secure ? "wss://" : "ws://") + Addresses.name(host, port) + path);
        }

        /** As {@code Host} names it. */
        String authority() {
            return port == (secure ? 443 : 80)
                    ? Addresses.name(host, port).replaceFirst(":\\d+$", "")
                    : Addresses.name(host, port);
        }
    }

    private final Dialer dialer;
    private final EgressConfig egress;
    private final MessageLimit limit;
    private final Share compressed;
    private final Supplier<SocketEnd.Pair> pairs;
    private final Context context;
    private final Target target;
    private final String headers;
    private final String protocols;
    private final Operation operation;
    private final Runnable answered;
    private boolean done;
    private long timer;
    private @Nullable NetSocket connection;
    private @Nullable SocketEnd opened;

    /**
     * @param compressed of which this takes a part as long as it may be compressed
     * @param pairs makes the two ends of what is opened
     * @param headers in the form of {@link HeaderLines}
     * @param protocols with commas, or empty
     * @param operation ends with an {@link Opened}
     * @param answered run once, when it is open or will not be
     */
    Attempt(
            Dialer dialer,
            EgressConfig egress,
            MessageLimit limit,
            Share compressed,
            Supplier<SocketEnd.Pair> pairs,
            Context context,
            Target target,
            String headers,
            String protocols,
            Operation operation,
            Runnable answered) {
        this.dialer = dialer;
        this.egress = egress;
        this.limit = limit;
        this.compressed = compressed;
        this.pairs = pairs;
        this.context = context;
        this.target = target;
        this.headers = headers;
        this.protocols = protocols;
        this.operation = operation;
        this.answered = answered;
    }

    int id() {
        return operation.id();
    }

    void start() {
        context.runOnContext(on -> {
            if (done) {
                return;
            }
            timer = context.owner()
                    .setTimer(
                            Math.max(1, egress.headers().toMillis()),
                            late -> fail(GuestError.type("WebSocket failed: " + target.authority()
                                    + " did not answer the handshake within "
                                    + egress.headers().toMillis() + " ms (skerry.egress.headers).")));
            dialer.dial("WebSocket", target.secure(), target.host(), target.port())
                    .onSuccess(this::shakeHands)
                    .onFailure(this::fail);
        });
    }

    /** Nobody waits for it any more: an end that nobody took is let go of. */
    void giveUp(GuestError error) {
        context.runOnContext(on -> {
            fail(error);
            SocketEnd unused = opened;
            if (unused != null) {
                unused.drop(1001, error.message());
            }
        });
    }

    private void fail(Throwable failure) {
        if (done) {
            return;
        }
        end();
        NetSocket open = connection;
        if (open != null) {
            open.close();
        }
        operation.reject(
                failure instanceof GuestError error
                        ? error
                        : GuestError.type(
                                "WebSocket failed: " + target.authority() + " gave no right answer to the handshake."));
    }

    private void end() {
        done = true;
        context.owner().cancelTimer(timer);
        answered.run();
    }

    private void shakeHands(NetSocket connected) {
        if (done) {
            connected.close();
            return;
        }
        connection = connected;
        NetSocketInternal socket = (NetSocketInternal) connected;
        try {
            HttpHeaders asked = new DefaultHttpHeaders();
            HeaderLines.forEach(headers, (name, value) -> {
                if (!OURS.contains(name)) {
                    asked.add(name, value);
                }
            });
            asked.set(HttpHeaderNames.HOST, target.authority());
            boolean offers = compressed.take();
            if (offers) {
                socket.channelHandlerContext().channel().closeFuture().addListener(closed -> compressed.giveBack());
                asked.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, Deflate.OFFER);
            }
            WebSocketClientHandshaker handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                    target.uri(),
                    WebSocketVersion.V13,
                    protocols.isEmpty() ? null : protocols,
                    offers,
                    asked,
                    limit.mostFrame());
            ChannelHandlerContext channel = socket.channelHandlerContext();
            ChannelPipeline pipeline = channel.pipeline();
            String own = channel.name();
            pipeline.addBefore(own, "codec", new HttpClientCodec(MOST_HEADERS, MOST_HEADERS, 8192));
            pipeline.addBefore(own, "aggregator", new HttpObjectAggregator(MOST_BODY));
            socket.messageHandler(message -> answered(socket, handshaker, message));
            socket.exceptionHandler(this::fail);
            socket.closeHandler(closed ->
                    fail(GuestError.type("WebSocket failed: " + target.authority() + " closed the connection.")));
            handshaker.handshake(channel.channel()).addListener(sent -> {
                if (!sent.isSuccess()) {
                    fail(sent.cause());
                }
            });
        } catch (GuestError | IllegalArgumentException e) {
            fail(e);
        }
    }

    private void answered(NetSocketInternal socket, WebSocketClientHandshaker handshaker, Object message) {
        try {
            if (done || !(message instanceof FullHttpResponse response)) {
                return;
            }
            if (response.status().code() != 101) {
                end();
                operation.resolve(Opened.refused(response));
                socket.close();
                return;
            }
            try {
                handshaker.finishHandshake(socket.channelHandlerContext().channel(), response);
            } catch (WebSocketHandshakeException e) {
                fail(e);
                return;
            }
            socket.pause();
            if (!agree(socket.channelHandlerContext(), response)) {
                fail(GuestError.type("WebSocket failed: " + target.authority()
                        + " answered the handshake with an extension that was not asked for."));
                return;
            }
            end();
            SocketEnd.Pair pair = pairs.get();
            opened = pair.one();
            ClientCarrier carrier = new ClientCarrier(context.owner(), socket);
            Bridge bridge = Bridge.carry(context, carrier, pair.other(), limit, egress.idle());
            carrier.refuse(bridge::tooBig);
            String protocol = handshaker.actualSubprotocol();
            operation.resolve(Opened.opened(response, protocol == null ? "" : protocol, pair.one()));
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Has the connection keep to what the server agreed on; false where that is not what was offered. */
    private boolean agree(ChannelHandlerContext own, FullHttpResponse response) {
        ChannelPipeline pipeline = own.pipeline();
        String answered = response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
        if (answered == null) {
            WebSocketDecoderConfig plain = WebSocketDecoderConfig.newBuilder()
                    .expectMaskedFrames(false)
                    .allowExtensions(false)
                    .maxFramePayloadLength(limit.mostFrame())
                    .build();
            pipeline.replace(WebSocket13FrameDecoder.class, "ws-decoder", new WebSocket13FrameDecoder(plain));
        } else {
            WebSocketClientExtension deflate = Deflate.agreed(limit.mostFrame(), answered);
            if (deflate == null) {
                return false;
            }
            pipeline.addBefore(own.name(), "inflate", deflate.newExtensionDecoder());
            pipeline.addBefore(own.name(), "deflate", deflate.newExtensionEncoder());
        }
        pipeline.addBefore(own.name(), "utf8", new Utf8FrameValidator());
        return true;
    }
}
