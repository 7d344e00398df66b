package dev.skerry.ingress;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** The frames of a client's WebSocket. Vert.x has one bound on them for a whole server, and each environment has its own. */
final class Frames {
    private static final String DECODER = "wsdecoder";

    private Frames() {}

    /** Reads none larger from now on. On the connection's event loop, when the handshake is done and nothing was read after it. */
    static void bound(HttpConnection connection, int most) {
        if (connection instanceof ConnectionBase base) {
            ChannelPipeline pipeline = base.channel().pipeline();
            if (pipeline.get(DECODER) != null) {
                WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                        .expectMaskedFrames(true)
                        .allowExtensions(false)
                        .maxFramePayloadLength(most)
                        .build();
                pipeline.replace(DECODER, DECODER, new WebSocket13FrameDecoder(config));
            }
        }
    }
}
