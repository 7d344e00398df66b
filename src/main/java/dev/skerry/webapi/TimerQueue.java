package dev.skerry.webapi;

import java.util.Arrays;

/**
 * Timers by when they are due, and of those due at once by their numbers: a binary heap in arrays, since a worker may have thousands, which every
 * collection would have to look at as objects. Times are of {@link System#nanoTime}. Confined to one thread.
 */
final class TimerQueue {
    private int[] ids = new int[4];
    private long[] due = new long[4];
    private long[] every = new long[4];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /**
     * Adds a timer that is not there.
     *
     * @param due when it is due, in nanoseconds
     * @param every after how many nanoseconds it is due again; 0 if it is not
     */
    void add(int id, long due, long every) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            this.due = Arrays.copyOf(this.due, 2 * size);
            this.every = Arrays.copyOf(this.every, 2 * size);
        }
        up(size++, id, due, every);
    }

    /** The timer that is due first. There must be one. */
    int first() {
        return ids[0];
    }

    /** When the first is due. */
    long firstDue() {
        return due[0];
    }

    /** After how long the first is due again, 0 if it is not. */
    long firstEvery() {
        return every[0];
    }

    void removeFirst() {
        removeAt(0);
    }

    /** Removes a timer, if it is there. */
    void remove(int id) {
        for (int i = 0; i < size; i++) {
            if (ids[i] == id) {
                removeAt(i);
                return;
            }
        }
    }

    /** Removes one, whichever is the quickest; there must be one. */
    int removeAny() {
        return ids[--size];
    }

    private void removeAt(int at) {
        size--;
        if (at == size) {
            return;
        }
        int id = ids[size];
        long when = due[size];
        long again = every[size];
        if (at > 0 && before(id, when, (at - 1) / 2)) {
            up(at, id, when, again);
        } else {
            down(at, id, when, again);
        }
    }

    /** Puts one that belongs at a free place or above it. */
    private void up(int from, int id, long when, long again) {
        int at = from;
        while (at > 0 && before(id, when, (at - 1) / 2)) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        put(at, id, when, again);
    }

    /** Puts one that belongs at a free place or below it. */
    private void down(int from, int id, long when, long again) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && before(ids[child + 1], due[child + 1], child)) {
                child++;
            }
            if (before(id, when, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, id, when, again);
    }

    private boolean before(int id, long when, int other) {
        long earlier = when - due[other];
        return earlier == 0 ? id < ids[other] : earlier < 0;
    }

    private void move(int from, int to) {
        put(to, ids[from], due[from], every[from]);
    }

    private void put(int at, int id, long when, long again) {
        ids[at] = id;
        due[at] = when;
        every[at] = again;
    }
}
