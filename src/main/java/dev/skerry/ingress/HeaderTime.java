package dev.skerry.ingress;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends an HTTP/1.1 connection whose client takes too long to send the headers of a request: one that sends a byte now and then is never idle. Where HTTP/2
 * without TLS has to be expected ({@code skerry.ingress.h2c}), Vert.x tells of a connection only after its first request. This sees the bytes before they are
 * decoded and, by {@link Seen}, what was decoded of them; headers that come at once cost no timer. Confined to the connection's event loop.
 */
final class HeaderTime extends ChannelInboundHandlerAdapter {
    private static final String NAME = "skerry-header-time";
    private static final byte[] ANSWER =
            "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1);

    private final long millis;
    private boolean off;
    /** Headers have arrived, and the body not to its end. */
    private boolean inBody;

    /** The bytes of the last read had the end of a request in them. */
    private boolean arrived;

    private boolean first = true;
    private @Nullable Future<?> timer;

    private HeaderTime(Duration most) {
        this.millis = most.toMillis();
    }

    static void watch(HttpConnection connection, Duration most) {
        if (connection instanceof ConnectionBase base
                && base.channel().pipeline().get("httpDecoder") != null) {
            ChannelPipeline pipeline = base.channel().pipeline();
            HeaderTime time = new HeaderTime(most);
            pipeline.addFirst(NAME, time);
            pipeline.addAfter("httpDecoder", NAME + "-seen", time.new Seen());
        }
    }

    /** The connection speaks something else from now on. */
    static void forget(HttpConnection connection) {
        if (connection instanceof ConnectionBase base
                && base.channel().pipeline().get(NAME) instanceof HeaderTime time) {
            time.off = true;
            time.stop();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        context.fireChannelRead(bytes);
        if (!off && !inBody && timer == null && !arrived) {
            timer = context.executor().schedule(() -> giveUp(context), millis, TimeUnit.MILLISECONDS);
        }
        arrived = false;
    }

    private void giveUp(ChannelHandlerContext context) {
        if (!off && context.channel().isActive()) {
            off = true;
            if (first) {
                context.writeAndFlush(Unpooled.wrappedBuffer(ANSWER)).addListener(ChannelFutureListener.CLOSE);
            } else {
                // An answer to a request before may still be on its way.
                context.close();
            }
        }
    }

    private void stop() {
        Future<?> running = timer;
        if (running != null) {
            timer = null;
            running.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    /** Behind the decoder. */
    private final class Seen extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                stop();
                first = false;
                inBody = true;
            }
            if (message instanceof LastHttpContent) {
                inBody = false;
                arrived = true;
            }
            context.fireChannelRead(message);
        }
    }
}
