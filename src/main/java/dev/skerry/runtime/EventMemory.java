package dev.skerry.runtime;

import dev.skerry.binding.HeldMemory;

/** What Java keeps for one event, counted in the footprint of its isolate, which closes when that is too much. Thread-safe. */
final class EventMemory implements HeldMemory {
    private final Isolate isolate;
    private long held;
    private boolean ended;

    EventMemory(Isolate isolate) {
        this.isolate = isolate;
    }

    @Override
    public boolean hold(long bytes) {
        synchronized (this) {
            if (ended) {
                return false;
            }
            held += bytes;
        }
        Footprint footprint = isolate.footprint();
        if (footprint.hold(bytes)) {
            return true;
        }
        if (footprint.firstExcess()) {
            isolate.pool().closeLater(isolate, Failures.exhausted(isolate.limits(), footprint.held()), null);
        }
        return false;
    }

    @Override
    public void letGo(long bytes) {
        synchronized (this) {
            if (ended) {
                return;
            }
            held -= bytes;
        }
        isolate.footprint().letGo(bytes);
    }

    /** The event keeps nothing any more. */
    void end() {
        long rest;
        synchronized (this) {
            ended = true;
            rest = held;
            held = 0;
        }
        isolate.footprint().letGo(rest);
    }
}
