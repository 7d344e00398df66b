package dev.skerry.webapi.websocket;

import java.nio.ByteBuffer;

/** A connection that speaks WebSocket, for a {@link Bridge}. Confined to its event loop. */
interface Carrier {
    /** Begins to tell of what arrives: no frame until it is asked for. */
    void tell(Bridge bridge);

    /** Reads one frame of a message, or a close. */
    void more();

    /** Reads whatever there is; nothing is asked for any more. */
    void all();

    void text(String text);

    void binary(ByteBuffer bytes);

    void ping();

    /** With the code or, if that is {@link Bridge#NO_CODE}, without one: begins to close, or answers the other side's close; the connection ends when both have. */
    void close(int code, String reason);

    boolean closed();

    /** Whether a message more had better wait. */
    boolean full();

    /** Runs an action, once, when there is room again. */
    void whenRoom(Runnable action);
}
