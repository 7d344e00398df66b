package dev.skerry.runtime;

/**
 * What stays free at the end of a thread's stack, so that a worker that recurses to the end meets it in its own code.
 *
 * <p>A {@link StackOverflowError} comes wherever the end happens to be. In the worker's code and the engine's own it is an ordinary RangeError. Elsewhere it would
 * outlast the worker: a class whose static initializer it ends is broken for all workers, and so is what a method of ours has half done, as a mailbox that
 * is marked as scheduled and stands in no queue. So neither is begun when less than a bound is left: the error comes before anything has happened.
 *
 * <p>There is such a reserve in the native executable alone, where {@code image.StackReserveOfImage} takes the place of these methods. A JVM does not tell how much of
 * a stack is left, and links its call sites when they are first run.
 */
final class StackReserve {
    private StackReserve() {}

    /** Keeps a reserve on this thread from now on: it runs code of workers. */
    static void keep() {
        // There is none on a JVM.
    }
}
