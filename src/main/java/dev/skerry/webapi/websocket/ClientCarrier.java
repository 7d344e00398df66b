package dev.skerry.webapi.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.NetSocketInternal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A worker's connection to a server, after its handshake. Not Vert.x' own client: that resolves the host's name once more, and would connect to an
 * address that nobody has checked.
 */
final class ClientCarrier extends PacedCarrier {
    private static final long CLOSING_MILLIS = 10_000;

    /** Many servers take no larger frame. */
    private static final int MOST_FRAME = 64 * 1024;

    private final Vertx vertx;
    private final NetSocketInternal socket;
    private boolean sentClose;
    private boolean closed;

    /** @param socket paused, its pipeline made for WebSocket frames */
    ClientCarrier(Vertx vertx, NetSocketInternal socket) {
        super(socket, socket);
        this.vertx = vertx;
        this.socket = socket;
    }

    /** Has an action run for a frame that would grow beyond the bound when it is decompressed. */
    void refuse(Runnable tooBig) {
        ChannelHandlerContext own = socket.channelHandlerContext();
        own.pipeline().addBefore(own.name(), "refusal", new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
                if (Deflate.isCauseOf(failure)) {
                    tooBig.run();
                } else {
                    context.fireExceptionCaught(failure);
                }
            }
        });
    }

    @Override
    public void tell(Bridge bridge) {
        socket.messageHandler(message -> {
            try {
                pass(bridge, message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        });
        socket.exceptionHandler(failure -> socket.close());
        socket.closeHandler(end -> {
            closed = true;
            bridge.gone();
        });
    }

    private void pass(Bridge bridge, Object message) {
        switch (message) {
            case CloseWebSocketFrame close -> {
                boolean bare = close.content().readableBytes() == 0;
                bridge.closed(bare ? Bridge.NO_CODE : close.statusCode(), bare ? "" : close.reasonText());
                if (!sentClose) {
                    close(bare ? Bridge.NO_CODE : close.statusCode(), "");
                }
                socket.resume();
            }
            case PingWebSocketFrame ping -> {
                bridge.alive();
                socket.writeMessage(new PongWebSocketFrame(ping.content().copy()));
                more();
            }
            case PongWebSocketFrame pong -> {
                bridge.alive();
                more();
            }
            case WebSocketFrame frame ->
                bridge.arrived(frame instanceof TextWebSocketFrame, bytes(frame.content()), frame.isFinalFragment());
            default -> more();
        }
    }

    private static Buffer bytes(ByteBuf content) {
        return Buffer.buffer(ByteBufUtil.getBytes(content));
    }

    @Override
    public void text(String text) {
        write(true, Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void binary(ByteBuffer bytes) {
        write(false, Unpooled.wrappedBuffer(bytes));
    }

    private void write(boolean isText, ByteBuf message) {
        boolean first = true;
        do {
            ByteBuf part = message.readRetainedSlice(Math.min(MOST_FRAME, message.readableBytes()));
            boolean last = !message.isReadable();
            if (!first) {
                socket.writeMessage(new ContinuationWebSocketFrame(last, 0, part));
            } else if (isText) {
                socket.writeMessage(new TextWebSocketFrame(last, 0, part));
            } else {
                socket.writeMessage(new BinaryWebSocketFrame(last, 0, part));
            }
            first = false;
        } while (message.isReadable());
        message.release();
    }

    @Override
    public void ping() {
        socket.writeMessage(new PingWebSocketFrame());
    }

    /** The server closes the connection after both closes; it gets some time for that. */
    @Override
    public void close(int code, String reason) {
        if (!sentClose) {
            sentClose = true;
            socket.writeMessage(
                    code == Bridge.NO_CODE ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, reason));
            vertx.setTimer(CLOSING_MILLIS, late -> {
                if (!closed) {
                    socket.close();
                }
            });
        }
    }

    @Override
    public boolean closed() {
        return closed || sentClose;
    }
}
