package dev.skerry.binding;

import dev.skerry.model.LimitKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One end of a WebSocket on the Java side, as {@link Body} is for bytes: passed by reference between workers, and at last read by a worker, or by who
 * carries it over the network. Both ends are alike. Thread-safe; what waits for something is told outside of the lock.
 *
 * <p>What one end has sent and the other not yet read is bounded: a message more breaks the connection, for a worker that sends cannot be made to wait.
 * Who can wait looks at {@link #waiting} before it sends more.
 */
public final class SocketEnd {
    /** The two ends of a new WebSocket. */
    public record Pair(SocketEnd one, SocketEnd other) {}

    private final Wire wire;
    private final Lane in;
    private final Lane out;
    private boolean taken;

    private SocketEnd(Wire wire, Lane in, Lane out) {
        this.wire = wire;
        this.in = in;
        this.out = out;
    }

    /**
     * @param bound bytes that may wait in one direction ({@code skerry.limits.web-socket-queue})
     * @param full hears why the connection broke when more had to
     * @param memory where what waits is counted
     */
    public static Pair pair(long bound, Consumer<String> full, HeldMemory memory) {
        Wire wire = new Wire(bound, full, memory);
        return new Pair(new SocketEnd(wire, wire.back, wire.forth), new SocketEnd(wire, wire.forth, wire.back));
    }

    /** What both ends share; its monitor guards all of it. */
    private static final class Wire {
        private final long bound;
        private final Consumer<String> full;
        private final HeldMemory memory;
        private final Lane forth = new Lane();
        private final Lane back = new Lane();
        private final List<Runnable> whenOver = new ArrayList<>(1);
        private boolean outside;

        private Wire(long bound, Consumer<String> full, HeldMemory memory) {
            this.bound = bound;
            this.full = full;
            this.memory = memory;
        }
    }

    /** One direction. */
    private static final class Lane {
        private final Queue<SocketMessage> queue = new ArrayDeque<>(2);
        private long bytes;
        private @Nullable SocketMessage last;
        private @Nullable CompletableFuture<SocketMessage> reader;
        private @Nullable Runnable room;
        private long enough;
    }

    /** Somebody reads this end, or will: from now on it is theirs to close. */
    public void take() {
        synchronized (wire) {
            taken = true;
        }
    }

    /** Hands this end on: whoever it goes to has not taken it yet. */
    public void offer() {
        synchronized (wire) {
            taken = false;
        }
    }

    /** Breaks the connection if nobody has taken this end. */
    public void drop(int code, String reason) {
        synchronized (wire) {
            if (taken) {
                return;
            }
        }
        lose(code, reason);
    }

    /** The other end is carried over the network. */
    public void leadsOutside() {
        synchronized (wire) {
            wire.outside = true;
        }
    }

    /** Whether either end is carried over the network. */
    public boolean isFromOutside() {
        synchronized (wire) {
            return wire.outside;
        }
    }

    /** The next message; asked for again only after it has come. After the last one, that one again. */
    public CompletionStage<SocketMessage> read() {
        SocketMessage message;
        Runnable room = null;
        synchronized (wire) {
            message = in.queue.poll();
            if (message != null) {
                in.bytes -= message.weight();
                wire.memory.letGo(message.weight());
                if (in.room != null && in.bytes <= in.enough) {
                    room = in.room;
                    in.room = null;
                }
            } else if (in.last != null) {
                message = in.last;
            } else {
                in.reader = new CompletableFuture<>();
                return in.reader;
            }
        }
        if (room != null) {
            room.run();
        }
        return CompletableFuture.completedStage(message);
    }

    /** Sends a message, in its turn; after a last one, nothing. One that has no room breaks the connection. */
    public void send(SocketMessage message) {
        CompletableFuture<SocketMessage> reader;
        List<Runnable> over = List.of();
        synchronized (wire) {
            if (out.last != null) {
                return;
            }
            if (message.last()) {
                out.last = message;
                over = over();
            } else if (out.reader == null) {
                if (out.bytes + message.weight() > wire.bound) {
                    clear(out);
                    message = null;
                } else {
                    out.bytes += message.weight();
                    wire.memory.hold(message.weight());
                    out.queue.add(message);
                }
            }
            reader = out.reader;
            out.reader = null;
        }
        if (message == null) {
            String reason = "More than " + wire.bound + " bytes waited for a reader that is too slow ("
                    + LimitKey.WEB_SOCKET_QUEUE + ")";
            wire.full.accept(reason + ".");
            lose(1011, reason);
            return;
        }
        if (reader != null) {
            reader.complete(message);
        }
        over.forEach(Runnable::run);
    }

    /** Bytes that this end has sent and the other not yet read. */
    public long waiting() {
        synchronized (wire) {
            return out.bytes;
        }
    }

    /** Runs an action, once, as soon as no more than some bytes wait. */
    public void whenRoom(long enough, Runnable action) {
        synchronized (wire) {
            if (out.bytes > enough && out.last == null) {
                out.enough = enough;
                out.room = action;
                return;
            }
        }
        action.run();
    }

    /** Breaks the connection: the other end reads what was sent before, this end nothing any more. */
    public void lose(int code, String reason) {
        SocketMessage.Lost lost = new SocketMessage.Lost(code, reason);
        CompletableFuture<SocketMessage> other = null;
        CompletableFuture<SocketMessage> own = null;
        Runnable room;
        List<Runnable> over;
        synchronized (wire) {
            if (out.last == null) {
                out.last = lost;
                other = out.reader;
                out.reader = null;
            }
            if (in.last == null) {
                clear(in);
                in.last = lost;
                own = in.reader;
                in.reader = null;
            }
            room = in.room;
            in.room = null;
            over = over();
        }
        if (other != null) {
            other.complete(lost);
        }
        if (own != null) {
            own.complete(lost);
        }
        if (room != null) {
            room.run();
        }
        over.forEach(Runnable::run);
    }

    private void clear(Lane lane) {
        wire.memory.letGo(lane.bytes);
        lane.queue.clear();
        lane.bytes = 0;
    }

    private List<Runnable> over() {
        if (wire.forth.last == null || wire.back.last == null) {
            return List.of();
        }
        List<Runnable> actions = List.copyOf(wire.whenOver);
        wire.whenOver.clear();
        return actions;
    }

    /** Runs an action when both ends have closed, or the connection broke. */
    public void whenOver(Runnable action) {
        synchronized (wire) {
            if (wire.forth.last == null || wire.back.last == null) {
                wire.whenOver.add(action);
                return;
            }
        }
        action.run();
    }
}
