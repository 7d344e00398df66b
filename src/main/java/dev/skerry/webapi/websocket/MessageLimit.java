package dev.skerry.webapi.websocket;

import dev.skerry.model.ByteSize;
import dev.skerry.model.LimitKey;
import dev.skerry.model.LimitOverrides;
import java.util.function.BiConsumer;

/**
 * The largest message that a WebSocket takes from the network. Immutable.
 *
 * @param reached hears of a larger one, on the event loop
 */
public record MessageLimit(ByteSize most, BiConsumer<LimitKey, String> reached) {
    /** Of a version. */
    public static MessageLimit of(
            WebSocketConfig config, LimitOverrides overrides, BiConsumer<LimitKey, String> reached) {
        return new MessageLimit(overrides.webSocketMessage().orElse(config.webSocketMessage()), reached);
    }

    /** The largest frame that is read: more than a message may have, so that its sender can be told, but not much more. */
    public int mostFrame() {
        return (int) Math.min(Integer.MAX_VALUE, 2 * most.bytes());
    }
}
