package dev.skerry.webapi.websocket;

import dev.skerry.model.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What WebSockets may hold in memory: keys of {@code skerry.limits.*}. */
@ConfigMapping(prefix = "skerry.limits")
public interface WebSocketConfig {
    /** The largest message from the network; a larger one closes the connection with code 1009. */
    @WithDefault("1MB")
    ByteSize webSocketMessage();

    /** Messages that wait for a reader in one direction of one WebSocket; more close the connection with code 1011. */
    @WithDefault("4MB")
    ByteSize webSocketQueue();
}
