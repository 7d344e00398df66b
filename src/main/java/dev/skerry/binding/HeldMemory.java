package dev.skerry.binding;

/**
 * What Java keeps in memory for one event of a worker, outside of the isolate: bodies that are being read whole, pieces that wait for a reader, values on
 * their way. All events of an isolate together, and the isolate itself, may keep {@code skerry.limits.memory}. With the event all of it is let go.
 * Thread-safe.
 */
public interface HeldMemory {
    /** Bounded by nothing, for what is no worker's. */
    HeldMemory UNBOUNDED = new HeldMemory() {
        @Override
        public boolean hold(long bytes) {
            return true;
        }

        @Override
        public void letGo(long bytes) {}
    };

    /**
     * Counts bytes that will be kept.
     *
     * @return false when they need not be: the event has ended, or its isolate keeps too much and is being closed
     */
    boolean hold(long bytes);

    /** Counts bytes out again. */
    void letGo(long bytes);
}
