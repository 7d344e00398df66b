package dev.skerry.ingress;

import dev.skerry.webapi.websocket.Deflate;
import dev.skerry.webapi.websocket.Share;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one client's WebSocket: how large they may be, and whether they are compressed. Vert.x has one bound for a whole server where each
 * environment has its own, none on what a compressed frame may grow to, and no close without a code. Confined to the connection's event loop.
 *
 * <p>A client that does not offer to do without keeps some 40 KB for {@link Deflate}, so there is a bound on how many are compressed.
 */
final class Frames {
    private static final int NO_CODE = 1005;

    private final int mostFrame;
    private final Share compressed;
    private final @Nullable WebSocketServerExtension deflate;

    private Frames(int mostFrame, Share compressed, @Nullable WebSocketServerExtension deflate) {
        this.mostFrame = mostFrame;
        this.compressed = compressed;
        this.deflate = deflate;
    }

    /**
     * What is agreed on with a client.
     *
     * @param mostFrame the largest that is read, also after it was decompressed
     * @param offered the client's {@code Sec-WebSocket-Extensions}; null if it has none
     * @param compressed of which this takes a part, if it comes to that, until {@link #drop} or the end of the connection it is installed in
     */
    static Frames agree(int mostFrame, @Nullable String offered, Share compressed) {
        WebSocketServerExtension deflate = offered == null ? null : Deflate.agree(mostFrame, offered);
        return new Frames(mostFrame, compressed, deflate != null && compressed.take() ? deflate : null);
    }

    /** There is no connection after all. */
    void drop() {
        if (deflate != null) {
            compressed.giveBack();
        }
    }

    /** The answer's {@code Sec-WebSocket-Extensions}; null for none. */
    @Nullable
    String answer() {
        if (deflate == null) {
            return null;
        }
        WebSocketExtensionData data = deflate.newReponseData();
        return data.parameters().entrySet().stream()
                .map(parameter ->
                        "; " + parameter.getKey() + (parameter.getValue() == null ? "" : "=" + parameter.getValue()))
                .sorted()
                .collect(Collectors.joining("", data.name(), ""));
    }

    /**
     * Has the connection keep to it. When the handshake is done, and nothing was read after it.
     *
     * @param tooLarge run for a frame that would grow beyond the bound
     */
    void install(HttpConnection connection, Runnable tooLarge) {
        if (!(connection instanceof ConnectionBase base)
                || base.channel().pipeline().get("wsdecoder") == null) {
            drop();
            return;
        }
        base.channel().closeFuture().addListener(closed -> drop());
        ChannelPipeline pipeline = base.channel().pipeline();
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowExtensions(deflate != null)
                .maxFramePayloadLength(mostFrame)
                .build();
        pipeline.replace("wsdecoder", "wsdecoder", new WebSocket13FrameDecoder(config));
        if (deflate != null) {
            pipeline.addBefore("handler", "skerry-inflate", deflate.newExtensionDecoder());
            pipeline.addBefore("handler", "skerry-deflate", deflate.newExtensionEncoder());
        }
        pipeline.addBefore("handler", "skerry-utf8", new Utf8FrameValidator());
        pipeline.addBefore("handler", "skerry-frames", new Last(tooLarge));
    }

    /** Next to Vert.x. */
    private static final class Last extends ChannelDuplexHandler {
        private final Runnable tooLarge;
        private boolean answersBare;

        private Last(Runnable tooLarge) {
            this.tooLarge = tooLarge;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            answersBare = message instanceof CloseWebSocketFrame close
                    && !close.content().isReadable();
            context.fireChannelRead(message);
        }

        /** The code that stands for none is never sent; and a close without a code, which Vert.x would answer with one, is answered without. */
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
            if (message instanceof CloseWebSocketFrame close && (answersBare || close.statusCode() == NO_CODE)) {
                close.release();
                context.write(new CloseWebSocketFrame(), written);
            } else {
                context.write(message, written);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            if (Deflate.isCauseOf(failure)) {
                tooLarge.run();
            } else {
                context.fireExceptionCaught(failure);
            }
        }
    }
}
