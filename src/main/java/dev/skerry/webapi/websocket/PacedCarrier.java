package dev.skerry.webapi.websocket;

import dev.skerry.webapi.Room;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/** What carriers have in common: the pace of their connection in both directions. Confined to its event loop. */
abstract class PacedCarrier implements Carrier {
    private final ReadStream<?> in;
    private final WriteStream<?> out;

    PacedCarrier(ReadStream<?> in, WriteStream<?> out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public final void more() {
        in.fetch(1);
    }

    @Override
    public final void all() {
        in.resume();
    }

    @Override
    public final boolean full() {
        return out.writeQueueFull();
    }

    @Override
    public final void whenRoom(Runnable action) {
        Room.whenThereIs(out, action);
    }
}
