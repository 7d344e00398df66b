package dev.skerry.runtime.image;

/**
 * How the native executable's collector keeps its pauses short. While memory is collected every worker stands still, so
 * one that fills its memory must not make the others wait for long: what it keeps is copied in small portions, and the heap as a whole when it no longer
 * grows. Sizes in bytes, times in nanoseconds. Called while memory is being collected, so nothing here may be allocated.
 */
final class PauseGoal {
    /** The longest that a collection of what is young should take. */
    static final long GOAL = 4_200_000;
    /** What it takes before anything is copied: stacks, machine code, the image's own heap. */
    static final long FIXED = 2_000_000;
    /** The least that is allocated between two. */
    static final long LEAST = 4 << 20;
    /** The most while some worker fills its memory: all of it may be kept the next time. */
    static final long FILLING = 8 << 20;
    /** What one gives back to the system of what a full collection freed: some 0.8 ms. */
    static final long STEP = 8 << 20;

    /**
     * How far apart two should be where pauses allow it. Who allocates little need not collect much at once, and starts from there when it becomes more. What was so before that
     * time is over.
     */
    static final long APART = 100_000_000;
    /** If no more than one part in this many was alive, a long pause had other causes than that. */
    private static final int LITTLE = 16;
    /** How much more may be allocated after a pause that was short, so that the next is not long ... */
    private static final double SLOWLY = 1.1;
    /** ... and how much more or less where they do not matter. */
    private static final double QUICKLY = 2;
    /** Survivors are one part in this many of what may be allocated. */
    private static final int SURVIVORS = 6;
    /** What may become old before a full collection, as a multiple of what may be allocated between two small ones ... */
    private static final int OLD = 16;
    /** ... and at most as one part in this many of the largest heap. */
    private static final int PART = 4;
    /** If more than one part in this many of what was allocated is kept, a full collection had better wait ... */
    private static final int MUCH = 8;
    /** ... and if it is more than one in this many, some worker fills its memory. The events that are under way at a time are less than that of the least. */
    private static final int FILLED = 3;
    /** How many times as long as a pause its cause rests, and at most how long. */
    private static final int REST = 2;

    private static final long MOST_REST = 20_000_000;

    private PauseGoal() {}

    /**
     * How much may be allocated before the next collection of what is young.
     *
     * @param eden how much that was before this one
     * @param most the most that it may be
     * @param since how long ago the last one ended when this one began
     * @param pause how long this one took
     * @param alive what it found alive and so had to copy
     * @param growth how much becomes old
     */
    static long eden(long eden, long most, long since, long pause, long alive, double growth) {
        double apart = Math.min(Math.max((double) APART / Math.max(since, 1), 1 / QUICKLY), QUICKLY);
        double next = eden * apart;
        if (alive > eden / LITTLE) {
            double factor = Math.min(SLOWLY, (double) (GOAL - FIXED) / Math.max(pause - FIXED, 1));
            next = Math.min(next, eden * factor);
        }
        return Math.min(Math.max((long) next, LEAST), isFilled(growth) ? Math.min(FILLING, most) : most);
    }

    /** How much of that may stay young when it was alive; the rest becomes old, and so does all that is kept while some worker fills its memory: it is not copied twice. */
    static long survivors(long eden, double growth) {
        return isFilled(growth) ? 0 : Math.max(eden / SURVIVORS, LEAST / 2);
    }

    /**
     * How large the old generation may become before a full collection.
     *
     * @param alive what the last one left of it
     * @param eden the most that may be allocated between two small ones
     * @param heap the largest heap
     */
    static long old(long alive, long eden, long heap) {
        return alive + Math.max(alive / 2, Math.min(OLD * eden, heap / PART));
    }

    /** How much of what a full collection freed may be given back later, of each kind of memory. */
    static long debt(long heap) {
        return heap / PART / 2;
    }

    /**
     * What has become old lately of each part that was allocated: the last small collections, each half as much as the one after it.
     *
     * @param before the same before this one
     * @param since how long ago the last one ended when this one began
     * @param promoted what became old in this one
     * @param eden what had been allocated
     */
    static double growth(double before, long since, long promoted, long eden) {
        return ((since < APART ? before : 0) + (double) promoted / eden) / 2;
    }

    /** Whether so much becomes old that some worker fills its memory. */
    static boolean isFilled(double growth) {
        return growth * FILLED > 1;
    }

    /**
     * How long who made most of what was collected must rest then, if it fills its memory: a small collection would follow the other, and an event of another worker get
     * forward only between them.
     */
    static long rest(long pause) {
        return Math.min(REST * pause, MOST_REST);
    }

    /**
     * Whether a full collection is due. It is put off while much of what is young is kept: some worker's memory grows, which would be copied
     * as a whole, and is garbage if that breaks its limit. Until twice the size, or half of the heap.
     *
     * @param old the old generation now
     * @param bound how large it may become
     * @param growth how much becomes old
     */
    static boolean fullIsDue(long old, long bound, double growth, long heap) {
        return old > bound && (growth * MUCH < 1 || old > Math.min(2 * bound, heap / 2));
    }
}
