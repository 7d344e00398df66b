package dev.skerry.kv;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which contents are in use though no entry may have them: one that is being written, or one that somebody reads piece by piece while its key is
 * overwritten. The sweeper leaves them alone. Thread-safe.
 *
 * <p>A reader pins what it found and then looks whether it is still there: if so it stays, for the sweeper condemns a content first, which fails if it is
 * pinned and makes pinning fail from then on, and removes it afterwards.
 */
final class Pins {
    // Both guarded by this.
    private final Map<Long, Integer> pinned = new HashMap<>();
    private final Set<Long> condemned = new HashSet<>();

    /** False if the content is about to be removed. Each success is followed by one {@link #unpin}. */
    synchronized boolean pin(long content) {
        if (condemned.contains(content)) {
            return false;
        }
        pinned.merge(content, 1, Integer::sum);
        return true;
    }

    synchronized void unpin(long content) {
        pinned.computeIfPresent(content, (id, count) -> count == 1 ? null : count - 1);
    }

    /** False if somebody uses the content. Each success is followed by one {@link #removed}. */
    synchronized boolean condemn(long content) {
        return !pinned.containsKey(content) && condemned.add(content);
    }

    /** The removal is committed, or failed. */
    synchronized void removed(long content) {
        condemned.remove(content);
    }
}
