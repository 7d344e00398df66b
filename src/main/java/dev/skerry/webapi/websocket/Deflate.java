package dev.skerry.webapi.websocket;

import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilter;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilterProvider;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compression of messages (<a href="https://www.rfc-editor.org/rfc/rfc7692">permessage-deflate</a>). What is sent keeps nothing from one message to the
 * next; what is received does, some 40 KB, unless the other side does without, too. A message is left as it is where compressing gains little, or would
 * keep the event loop long. Without state.
 */
public final class Deflate {
    private static final String SERVER_FORGETS = "server_no_context_takeover";
    private static final String CLIENT_FORGETS = "client_no_context_takeover";

    /** What we offer to a server: first that it keeps nothing from one message to the next, then that it does. */
    static final String OFFER =
            "permessage-deflate; " + CLIENT_FORGETS + "; " + SERVER_FORGETS + ", permessage-deflate; " + CLIENT_FORGETS;

    private static final String NAME = "permessage-deflate";
    /** Quick rather than small. */
    private static final int LEVEL = 1;

    private static final int LEAST = 256;
    private static final int MOST = 64 * 1024;
    private static final int WINDOW = PerMessageDeflateServerExtensionHandshaker.MAX_WINDOW_SIZE;
    private static final WebSocketExtensionFilterProvider WORTHWHILE = new WebSocketExtensionFilterProvider() {
        @Override
        public WebSocketExtensionFilter encoderFilter() {
            return frame -> !isWorthwhile(frame);
        }

        @Override
        public WebSocketExtensionFilter decoderFilter() {
            return WebSocketExtensionFilter.NEVER_SKIP;
        }
    };

    private Deflate() {}

    /** A message in one frame, not too small and not too large. */
    private static boolean isWorthwhile(WebSocketFrame frame) {
        int size = frame.content().readableBytes();
        return size >= LEAST
                && size <= MOST
                && frame.isFinalFragment()
                && !(frame instanceof ContinuationWebSocketFrame);
    }

    /**
     * What is agreed on with a client; null for nothing.
     *
     * @param mostFrame the largest that a frame may grow to
     * @param offered the client's {@code Sec-WebSocket-Extensions}
     */
    public static @Nullable WebSocketServerExtension agree(int mostFrame, String offered) {
        PerMessageDeflateServerExtensionHandshaker handshaker =
                new PerMessageDeflateServerExtensionHandshaker(LEVEL, false, WINDOW, true, true, WORTHWHILE, mostFrame);
        try {
            for (WebSocketExtensionData offer : WebSocketExtensionUtil.extractExtensions(offered)) {
                // A server may say so whether it was asked to or not.
                WebSocketServerExtension agreed = handshaker.handshakeExtension(with(offer, SERVER_FORGETS));
                if (agreed != null && offer.name().equals(NAME)) {
                    return agreed;
                }
            }
        } catch (IllegalArgumentException e) {
            // An offer that makes no sense is none.
        }
        return null;
    }

    /**
     * What a server agreed on to {@link #OFFER}; null where that is not what was offered.
     *
     * @param mostFrame the largest that a frame may grow to
     * @param answered the server's {@code Sec-WebSocket-Extensions}
     */
    static @Nullable WebSocketClientExtension agreed(int mostFrame, String answered) {
        try {
            List<WebSocketExtensionData> answers = WebSocketExtensionUtil.extractExtensions(answered);
            if (answers.size() != 1) {
                return null;
            }
            WebSocketExtensionData answer = answers.get(0);
            boolean forgets = answer.parameters().containsKey(SERVER_FORGETS);
            // A client may keep nothing whether that is said or not.
            return new PerMessageDeflateClientExtensionHandshaker(
                            LEVEL, false, WINDOW, true, forgets, WORTHWHILE, mostFrame)
                    .handshakeExtension(with(answer, CLIENT_FORGETS));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static WebSocketExtensionData with(WebSocketExtensionData data, String parameter) {
        Map<String, String> parameters = new HashMap<>(data.parameters());
        parameters.put(parameter, null);
        return new WebSocketExtensionData(data.name(), parameters);
    }

    /** Whether a frame failed that would have grown too large, or that is not compressed as it should be. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DecompressionException) {
                return true;
            }
        }
        return false;
    }
}
