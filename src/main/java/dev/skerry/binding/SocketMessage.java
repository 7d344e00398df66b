package dev.skerry.binding;

import java.nio.ByteBuffer;

/** What one end of a WebSocket sends to the other. Immutable; the bytes are on the heap and nobody changes them. */
public sealed interface SocketMessage {
    record Text(String text) implements SocketMessage {}

    record Binary(ByteBuffer bytes) implements SocketMessage {}

    /**
     * The sender sends no more.
     *
     * @param code 1005 where none was said
     */
    record Close(int code, String reason) implements SocketMessage {}

    /**
     * The connection broke without a close.
     *
     * @param code what a client over the network is told, with the reason: 1001, 1009, 1011
     */
    record Lost(int code, String reason) implements SocketMessage {}

    /** Whether nothing follows it. */
    default boolean last() {
        return this instanceof Close || this instanceof Lost;
    }

    /** Bytes that it takes while it waits, about. */
    default long weight() {
        return switch (this) {
            case Text(String text) -> 64 + text.length();
            case Binary(ByteBuffer bytes) -> 64 + bytes.remaining();
            case Close close -> 0;
            case Lost lost -> 0;
        };
    }
}
