package dev.skerry.telemetry;

import dev.skerry.model.EnvironmentRef;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** One watcher of an environment: a bounded queue between workers, which never wait, and a reader at its own pace. Thread-safe. */
public final class Tail implements AutoCloseable {
    private final TailHub hub;
    private final EnvironmentRef environment;
    private final TailFilter filter;
    private final int bound;
    private final long mostCharacters;
    private final Queue<String> queue = new ArrayDeque<>();
    private long characters;
    private long lost;
    private Runnable awake = () -> {};

    Tail(TailHub hub, EnvironmentRef environment, TailFilter filter, TailConfig config) {
        this.hub = hub;
        this.environment = environment;
        this.filter = filter;
        this.bound = config.queue();
        this.mostCharacters = config.memory().bytes();
    }

    EnvironmentRef environment() {
        return environment;
    }

    /** The action runs, on any thread, whenever there is something to {@link #poll}; it must not block. */
    public void whenReady(Runnable action) {
        synchronized (this) {
            awake = action;
        }
        action.run();
    }

    void offer(TailEvent event) {
        if (!filter.wants(event)) {
            return;
        }
        Runnable action;
        synchronized (this) {
            // What is not wanted any more is not even written.
            String message = queue.size() < bound ? event.json() : "";
            if (!message.isEmpty() && characters + message.length() <= mostCharacters) {
                queue.add(message);
                characters += message.length();
            } else {
                lost++;
            }
            action = awake;
        }
        action.run();
    }

    /** The next message; how many were lost is told as soon as the queue has been read. */
    public synchronized Optional<String> poll() {
        String next = queue.poll();
        if (next != null) {
            characters -= next.length();
        } else if (lost > 0) {
            next = lost(lost);
            lost = 0;
        }
        return Optional.ofNullable(next);
    }

    @Override
    public void close() {
        hub.remove(this);
    }

    /** In the form that wrangler prints as a warning. */
    private static String lost(long count) {
        return "{\"outcome\":\"ok\",\"scriptName\":null,\"exceptions\":[],\"logs\":[],\"eventTimestamp\":"
                + System.currentTimeMillis()
                + ",\"event\":{\"type\":\"overload\",\"message\":\"" + count
                + " events were lost since this reader is slower than the worker (skerry.tail.queue, skerry.tail.memory)\"}}";
    }
}
