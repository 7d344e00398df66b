package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.binding.HeldMemory;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.SocketEnd;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import dev.skerry.telemetry.TailEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event's way through a worker. The guest holds it as an opaque object and hands it back with the response.
 *
 * <p>Confined to the thread in the isolate, but for what says that it is thread-safe. It ends once: by the guest, by a limit that the watchdog
 * found broken, by the client's going away, or with its isolate. An end from elsewhere is told at once to whoever sent the event; what the
 * event had begun is let go by the isolate's thread later.
 */
public final class WorkerInvocation implements Invocation, PostedEvent {
    private enum State {
        RUNNING,
        RESPONDED,
        ENDED
    }

    private final Isolate isolate;
    private final String kind;
    private final EventHandler handler;
    private final long begun = System.nanoTime();
    private final int depth;
    // What is gathered for those who watch; null when nobody does.
    private final @Nullable TailEvent watched;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final Spending spending;
    private final Departure departure = new Departure(this);
    private final Stillness stillness = new Stillness(this);
    private final Belongings belongings = new Belongings(this);
    private boolean completed;
    private int holds;
    private volatile boolean cutOff;
    private volatile boolean answered;
    // When the response was whole, or the worker had heard that nobody waits for one; 0 until then.
    private volatile long respondedAt;

    WorkerInvocation(Isolate isolate, String kind, EventHandler handler, int depth, Optional<TailEvent> watched) {
        this.isolate = isolate;
        this.kind = kind;
        this.handler = handler;
        this.depth = depth;
        this.watched = watched.orElse(null);
        this.spending = new Spending(isolate, this.watched);
    }

    Isolate isolate() {
        return isolate;
    }

    Version version() {
        return isolate.version();
    }

    EventHandler handler() {
        return handler;
    }

    /** How many workers called one another to come here; the first is 1. */
    int depth() {
        return depth;
    }

    Spending spending() {
        return spending;
    }

    Departure departure() {
        return departure;
    }

    Stillness stillness() {
        return stillness;
    }

    /** When it came, by {@link System#nanoTime()}. */
    long begun() {
        return begun;
    }

    /** Whether it has no response yet, and whoever sent it waits for one. Thread-safe. */
    boolean awaited() {
        return state.get() == State.RUNNING && !departure.happened();
    }

    /** Whether nothing but its own code can answer it: it is awaited, and gave nobody anything to call. */
    boolean unanswered() {
        return awaited() && !belongings.canBeCalled();
    }

    /** Whether its response has been whole for longer than that, now being a {@link System#nanoTime()}. Thread-safe. */
    boolean outlasts(Duration most, long now) {
        long at = respondedAt;
        return at != 0 && now - at > most.toNanos();
    }

    @Override
    public void renew() {
        spending.renew();
    }

    /** Whether the worker should get the event: it has not ended while it waited. */
    boolean deliver() {
        departure.delivered();
        return !ended();
    }

    /**
     * Hands the response to whoever sent the event; one that comes late is dropped.
     *
     * @param last whether the event ends with it
     */
    void respond(int status, String statusText, String headers, Body body, boolean last) {
        if (state.compareAndSet(State.RUNNING, State.RESPONDED)) {
            isolate.events().responded(version(), status, begun);
            if (watched != null) {
                watched.responded(status);
            }
            Body sent = body;
            if (body instanceof Body.Streamed streamed) {
                sent = new Body.Streamed(ResponseStream.of(streamed.source(), this));
            } else if (!last || holds > 0) {
                respondedAt = System.nanoTime();
            }
            handler.respond(status, statusText, headers, sent);
        } else if (body instanceof Body.Streamed streamed) {
            streamed.source().cancel("The event has ended");
        }
        if (last) {
            complete();
        }
    }

    /**
     * As {@link #respond}, with the client's end of a WebSocket: as long as that is open, the response is not whole.
     *
     * @param last whether the event ends with it
     */
    void upgrade(String headers, SocketEnd socket, boolean last) {
        if (state.compareAndSet(State.RUNNING, State.RESPONDED)) {
            if (watched != null) {
                watched.responded(101);
            }
            socket.whenOver(this::responseEnded);
            handler.upgrade(headers, socket);
        } else {
            socket.lose(1011, "The event has ended");
        }
        if (last) {
            complete();
        }
    }

    /** The response's stream was read to its end: the time of waitUntil begins. Thread-safe. */
    void responseEnded() {
        respondedAt = System.nanoTime();
    }

    /** A method call has its answer: the event stays open for what it gave with that, and then for waitUntil. */
    void answered() {
        answered = true;
        if (state.compareAndSet(State.RUNNING, State.RESPONDED) && holds == 0) {
            responseEnded();
        }
    }

    /** What it has to do with others by RPC; closed when it has ended. Thread-safe. */
    RpcSession rpc() {
        return belongings.rpc();
    }

    @Override
    public void disconnect(String reason) {
        if (!ended()) {
            departure.happen(reason);
        }
    }

    /** The reader of the response's stream goes away. The stream hears of it while there still is an event to hear it in. Thread-safe. */
    void cutOff(String reason, ByteSource stream) {
        cutOff = respondedAt == 0;
        stream.cancel(reason);
        disconnect(reason);
    }

    /** The client went away before the worker got the event. Thread-safe. */
    void cancel(String reason) {
        cut(new Outcome.Canceled(reason));
    }

    /** The worker has heard that the client is gone. */
    void endWithoutClient(String reason) {
        if (departure.extended()) {
            respondedAt = System.nanoTime();
        } else {
            end(
                    state.get() == State.RESPONDED
                            ? new Outcome.ResponseStreamDisconnected()
                            : new Outcome.Canceled(reason));
        }
    }

    @Override
    public void countSubrequest() {
        spending.countSubrequest();
    }

    @Override
    public void log(String level, String text) {
        spending.log(level, text);
    }

    @Override
    public HeldMemory memory() {
        return belongings.memory();
    }

    @Override
    public <T> T kept(Class<T> type, Supplier<T> maker) {
        return belongings.kept(type, maker);
    }

    @Override
    public void whenEnded(Runnable action) {
        belongings.whenEnded(action);
    }

    @Override
    public void hold() {
        holds++;
    }

    @Override
    public void release() {
        if (--holds == 0) {
            if (answered && respondedAt == 0) {
                responseEnded();
            }
            if (completed) {
                complete();
            }
        }
    }

    /** The worker has done its part: ends it, or lets the last {@link #release} do that. */
    void complete() {
        completed = true;
        if (holds == 0) {
            end(cutOff ? new Outcome.ResponseStreamDisconnected() : new Outcome.Ok());
        }
    }

    /** The worker has more to do after all. */
    void reopen() {
        completed = false;
    }

    /** Thread-safe. */
    boolean ended() {
        return state.get() == State.ENDED;
    }

    /** The worker threw, or failed after its response. What it throws because its client has left ends it as the leaving does. */
    void threw(Outcome failure) {
        Optional<String> gone = handler.gone();
        if (gone.isEmpty()) {
            end(failure);
        } else if (state.get() == State.RUNNING) {
            end(new Outcome.Canceled(gone.get()));
        } else {
            end(departure.extended() ? failure : new Outcome.ResponseStreamDisconnected());
        }
    }

    /** Ends it, on the isolate's thread. */
    void end(Outcome outcome) {
        if (finish(outcome)) {
            letGo();
        }
    }

    /**
     * Ends it from another thread. Thread-safe.
     *
     * @return whether it had not ended before
     */
    boolean cut(Outcome outcome) {
        if (!finish(outcome)) {
            return false;
        }
        isolate.post(new Belongings.LetGo(this));
        return true;
    }

    /**
     * Tells that it has ended; {@link #letGo} is still to be called. Thread-safe.
     *
     * @return whether it had not ended before
     */
    boolean finish(Outcome outcome) {
        if (state.getAndSet(State.ENDED) == State.ENDED) {
            return false;
        }
        isolate.release(this, outcome);
        try {
            Duration wall = Duration.ofNanos(System.nanoTime() - begun);
            Duration used = spending.total();
            isolate.events().ended(version(), kind, outcome, wall, used);
            if (watched != null) {
                watched.end(outcome, wall, used);
            }
        } finally {
            // Whoever waits is told, though there be no memory to count it.
            handler.end(outcome);
        }
        return true;
    }

    /** Drops what it had begun. On the isolate's thread, or when no thread will be in the isolate again. */
    void letGo() {
        belongings.letGo();
    }
}
