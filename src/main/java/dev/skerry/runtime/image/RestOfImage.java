package dev.skerry.runtime.image;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.locks.VMCondition;
import com.oracle.svm.core.locks.VMMutex;
import com.oracle.svm.core.threadlocal.FastThreadLocalFactory;
import com.oracle.svm.core.threadlocal.FastThreadLocalLong;
import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.word.UnsignedWord;

/** Has a thread that runs workers rest when it made most of what was collected last and fills its memory, as {@link PauseGoal} says. */
final class RestOfImage {
    private static final VMMutex MUTEX = new VMMutex("rest");
    /** Nobody signals it. */
    private static final VMCondition OVER = new VMCondition(MUTEX, "over");
    /** The last collection that the thread has met, and what it had allocated until then. */
    private static final FastThreadLocalLong MET = FastThreadLocalFactory.createLong("Rest.met");

    private static final FastThreadLocalLong BEFORE = FastThreadLocalFactory.createLong("Rest.before");

    // Of the last small collection.
    private static long collection;
    private static long allocated;
    private static long nanos;

    private RestOfImage() {}

    /**
     * There was a small collection.
     *
     * @param bytes what had been allocated
     * @param rest how long who made most of that is to rest, in nanoseconds
     */
    static void collected(long bytes, long rest) {
        collection++;
        allocated = bytes;
        nanos = rest;
    }

    /** Rests, if it is this thread that must. */
    static void rest() {
        if (MET.get() == collection || StackReserveOfImage.KEPT.get() == 0) {
            return;
        }
        long now =
                Allocation.getAllocatedBytes(CurrentIsolate.getCurrentThread()).rawValue();
        long own = now - BEFORE.get();
        MET.set(collection);
        BEFORE.set(now);
        if (nanos == 0 || own < allocated / 2) {
            return;
        }
        MUTEX.lock();
        try {
            OVER.block(nanos);
        } finally {
            MUTEX.unlock();
        }
    }

    /** What threads allocate. */
    @TargetClass(className = "com.oracle.svm.core.genscavenge.ThreadLocalAllocation")
    static final class Allocation {
        private Allocation() {}

        @Alias
        static native UnsignedWord getAllocatedBytes(IsolateThread thread);
    }
}
