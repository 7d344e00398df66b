package dev.skerry.webapi.websocket;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.ByteBuffer;

/** A client's connection to us. Vert.x answers its pings and its close. */
final class ServerCarrier extends PacedCarrier {
    private final ServerWebSocket socket;

    ServerCarrier(ServerWebSocket socket) {
        super(socket, socket);
        this.socket = socket;
    }

    @Override
    public void tell(Bridge bridge) {
        socket.pause();
        socket.frameHandler(frame -> pass(bridge, frame));
        socket.pongHandler(pong -> bridge.alive());
        socket.exceptionHandler(failure -> {});
        socket.closeHandler(closed -> bridge.gone());
    }

    private static void pass(Bridge bridge, WebSocketFrame frame) {
        if (frame.isClose()) {
            String reason = frame.closeReason();
            bridge.closed(
                    frame.binaryData().length() == 0 ? Bridge.NO_CODE : Short.toUnsignedInt(frame.closeStatusCode()),
                    reason == null ? "" : reason);
        } else if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
            bridge.arrived(frame.isText(), frame.binaryData(), frame.isFinal());
        }
    }

    @Override
    public void text(String text) {
        socket.writeFinalTextFrame(text);
    }

    @Override
    public void binary(ByteBuffer bytes) {
        socket.writeFinalBinaryFrame(BufferImpl.buffer(Unpooled.wrappedBuffer(bytes)));
    }

    @Override
    public void ping() {
        socket.writePing(Buffer.buffer());
    }

    @Override
    public void close(int code, String reason) {
        socket.close((short) code, reason);
    }

    @Override
    public boolean closed() {
        return socket.isClosed();
    }
}
