package dev.skerry.ingress;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilter;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilterProvider;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one client's WebSocket: how large they may be, and whether they are compressed. Vert.x has one bound for a whole server where each
 * environment has its own, none on what a compressed frame may grow to, and no close without a code. Confined to the connection's event loop.
 *
 * <p>Compression (<a href="https://www.rfc-editor.org/rfc/rfc7692">permessage-deflate</a>) keeps nothing from one message to the next; of what the
 * client sends it does unless that offers to do without, which is some 40 KB, so there is a bound on how many are compressed. A message is left as it
 * is where compressing gains little, or would keep the event loop long.
 */
final class Frames {
    private static final String DEFLATE = "permessage-deflate";
    private static final int NO_CODE = 1005;
    /** Quick rather than small. */
    private static final int LEVEL = 1;

    private static final int LEAST = 256;
    private static final int MOST = 64 * 1024;
    private static final int WINDOW = PerMessageDeflateServerExtensionHandshaker.MAX_WINDOW_SIZE;
    private static final WebSocketExtensionFilterProvider WORTHWHILE = new WebSocketExtensionFilterProvider() {
        @Override
        public WebSocketExtensionFilter encoderFilter() {
            return frame ->
                    frame.content().readableBytes() < LEAST || frame.content().readableBytes() > MOST;
        }

        @Override
        public WebSocketExtensionFilter decoderFilter() {
            return WebSocketExtensionFilter.NEVER_SKIP;
        }
    };

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
        WebSocketServerExtension deflate = offered == null ? null : deflate(mostFrame, offered);
        return new Frames(mostFrame, compressed, deflate != null && compressed.take() ? deflate : null);
    }

    /** There is no connection after all. */
    void drop() {
        if (deflate != null) {
            compressed.giveBack();
        }
    }

    private static @Nullable WebSocketServerExtension deflate(int mostFrame, String offered) {
        PerMessageDeflateServerExtensionHandshaker handshaker =
                new PerMessageDeflateServerExtensionHandshaker(LEVEL, false, WINDOW, true, true, WORTHWHILE, mostFrame);
        try {
            for (WebSocketExtensionData offer : WebSocketExtensionUtil.extractExtensions(offered)) {
                Map<String, String> parameters = new HashMap<>(offer.parameters());
                // A server may say so whether it was asked to or not.
                parameters.put("server_no_context_takeover", null);
                WebSocketServerExtension agreed =
                        handshaker.handshakeExtension(new WebSocketExtensionData(offer.name(), parameters));
                if (agreed != null && offer.name().equals(DEFLATE)) {
                    return agreed;
                }
            }
        } catch (IllegalArgumentException e) {
            // An offer that makes no sense is none.
        }
        return null;
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
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof DecompressionException) {
                    tooLarge.run();
                    return;
                }
            }
            context.fireExceptionCaught(failure);
        }
    }
}
