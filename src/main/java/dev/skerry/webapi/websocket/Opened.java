package dev.skerry.webapi.websocket;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.HeaderLines;
import dev.skerry.binding.SocketEnd;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A server's answer to a handshake, as {@code js/websocket.js} reads it. Immutable but for the WebSocket. */
public final class Opened {
    private final int status;
    private final String statusText;
    private final String headers;
    private final String protocol;
    private final String extensions;
    private final @Nullable SocketEnd end;
    private final @Nullable Body body;

    private Opened(FullHttpResponse response, String protocol, @Nullable SocketEnd end, @Nullable Body body) {
        this.status = response.status().code();
        this.statusText = response.status().reasonPhrase();
        this.headers = HeaderLines.of(response.headers());
        this.protocol = protocol;
        this.extensions = response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, "");
        this.end = end;
        this.body = body;
    }

    static Opened opened(FullHttpResponse response, String protocol, SocketEnd end) {
        return new Opened(response, protocol, end, null);
    }

    static Opened refused(FullHttpResponse response) {
        byte[] bytes = ByteBufUtil.getBytes(response.content());
        return new Opened(response, "", null, bytes.length == 0 ? null : new Body.Bytes(ByteBuffer.wrap(bytes)));
    }

    @GuestCallable
    public int status() {
        return status;
    }

    @GuestCallable
    public String statusText() {
        return statusText;
    }

    @GuestCallable
    public String headers() {
        return headers;
    }

    @GuestCallable
    public String protocol() {
        return protocol;
    }

    /** Those that the server agreed on, as it put them. */
    @GuestCallable
    public String extensions() {
        return extensions;
    }

    /** The worker's end; null where the server refused. */
    @GuestCallable
    public @Nullable Object socket() {
        return end;
    }

    @GuestCallable
    public @Nullable Object body() {
        return body;
    }
}
