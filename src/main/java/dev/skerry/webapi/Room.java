package dev.skerry.webapi;

import io.vertx.core.streams.WriteStream;

/** Waits for room in a stream of bytes that go out. Stateless; on the stream's event loop. */
public final class Room {
    private Room() {}

    /** Runs an action when a full stream has room again: once, while a drain handler is called each time that there is room, also long after. */
    public static void whenThereIs(WriteStream<?> stream, Runnable action) {
        stream.drainHandler(drained -> {
            stream.drainHandler(null);
            action.run();
        });
    }
}
