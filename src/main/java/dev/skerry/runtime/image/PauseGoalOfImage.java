package dev.skerry.runtime.image;

import com.oracle.svm.core.Isolates;
import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.genscavenge.GCAccounting;
import com.oracle.svm.core.genscavenge.GCImpl;
import com.oracle.svm.core.genscavenge.HeapChunk;
import com.oracle.svm.core.genscavenge.HeapImpl;
import com.oracle.svm.core.genscavenge.UnalignedHeapChunk.UnalignedHeader;
import com.oracle.svm.core.heap.GCCause;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * Puts the {@link PauseGoal} into GraalVM's collection policy {@code Proportionate}. Confined to the thread that collects. Sizes in bytes.
 *
 * <p>Most of the time of a full collection would go into giving back to the system what it freed. That is done bit by bit, by the small ones that follow;
 * at once only if the full one was asked for.
 */
@SuppressWarnings("unused")
final class PauseGoalOfImage {
    private static long begun;
    private static long ended;
    private static boolean full;
    /** What the last full collection left in the old generation. */
    private static long alive;
    /** What small ones made old of each part that was allocated. */
    private static double growth;
    /** Whether the small one that ends shows that a full one is due. */
    private static boolean due;
    /** How much memory for small objects is kept for what is allocated next. */
    private static long spare;
    /** Memory of large objects that is still to be given back: the first in a list of chunks, and how much they are. */
    private static long freed;

    private static long owed;

    private PauseGoalOfImage() {}

    private static void giveBack(long bytes) {
        long rest = owed - bytes;
        while (owed > rest && freed != 0) {
            UnalignedHeader chunk = WordFactory.pointer(freed);
            freed = HeapChunk.getNext(chunk).rawValue();
            owed -= HeapChunk.getEndOffset(chunk).rawValue();
            Chunks.freeUnalignedChunk(chunk);
        }
    }

    private static void afterFull(long old, long debt) {
        alive = old;
        due = false;
        spare = Math.min(Heap.getChunkProvider().getBytesInUnusedChunks().rawValue(), debt);
        giveBack(owed - debt);
    }

    private static void afterSmall(Sizes sizes, Accounting accounting, long old, long heap) {
        long eden = sizes.getEdenSize().rawValue();
        long most = sizes.getMaxEdenSize().rawValue();
        long promoted =
                accounting.getLastIncrementalCollectionPromotedChunkBytes().rawValue();
        long bound = PauseGoal.old(alive, most, heap);
        growth = PauseGoal.growth(growth, begun - ended, promoted, eden);
        due = PauseGoal.fullIsDue(old, bound, growth, heap);
        sizes.setOldSize(WordFactory.unsigned(Math.max(old, bound)));
        // The compiler has an isolate of its own, where nobody waits.
        if (Isolates.isCurrentFirst()) {
            long pause = System.nanoTime() - begun;
            long young = GCImpl.getChunkBytes().rawValue() - old;
            long next = PauseGoal.eden(eden, most, begun - ended, pause, promoted + young, growth);
            sizes.setEdenSize(WordFactory.unsigned(next));
            sizes.setSurvivorSize(WordFactory.unsigned(PauseGoal.survivors(next, growth)));
            RestOfImage.collected(eden, PauseGoal.isFilled(growth) ? PauseGoal.rest(pause) : 0);
        }
        giveBack(PauseGoal.STEP);
    }

    /** When to collect, and what. */
    @TargetClass(className = "com.oracle.svm.core.genscavenge.ProportionateSpacesPolicy")
    static final class Policy {
        private Policy() {}

        @Alias
        private native void adjustDesiredTenuringThreshold();

        @Substitute
        public boolean shouldCollectCompletely(boolean followingIncrementalCollection, boolean forceFullGC) {
            return forceFullGC || followingIncrementalCollection && due;
        }

        @Substitute
        public void onCollectionBegin(boolean completeCollection, long requestingNanoTime) {
            begun = System.nanoTime();
            full = completeCollection;
            spare = full ? Long.MAX_VALUE : Math.max(spare - PauseGoal.STEP, 0);
        }

        @Substitute
        public void onCollectionEnd(boolean completeCollection, GCCause cause) {
            Sizes sizes = SubstrateUtil.cast(this, BasePolicy.class).sizes;
            Accounting accounting = Collector.getAccounting();
            long old = accounting.getOldGenerationAfterChunkBytes().rawValue();
            long heap = sizes.getMaxHeapSize().rawValue();
            if (completeCollection) {
                boolean asked = cause == GCCause.JavaLangSystemGC;
                afterFull(old, asked ? 0 : PauseGoal.debt(heap));
            } else {
                afterSmall(sizes, accounting, old, heap);
            }
            adjustDesiredTenuringThreshold();
            ended = System.nanoTime();
        }
    }

    /** What all policies have. */
    @TargetClass(className = "com.oracle.svm.core.genscavenge.AbstractCollectionPolicy")
    static final class BasePolicy {
        @Alias
        @SuppressWarnings("NullAway.Init")
        Sizes sizes;

        private BasePolicy() {}

        @Alias
        native void updateSizeParameters();

        /** Called by a thread before it allocates from what all share. */
        @Substitute
        public void ensureSizeParametersInitialized() {
            if (!sizes.isInitialized()) {
                updateSizeParameters();
            }
            RestOfImage.rest();
        }

        /** The policy means to keep as much as was in use, but never learns how much that is: it would give all back after each collection, 2 ms of a pause. */
        @Substitute
        public UnsignedWord getMaximumFreeAlignedChunksSize() {
            return WordFactory.unsigned(Math.max(sizes.getMaxYoungSize().rawValue(), spare));
        }
    }

    /** The sizes that a policy sets. */
    @TargetClass(className = "com.oracle.svm.core.genscavenge.SizeParameters")
    static final class Sizes {
        private Sizes() {}

        @Alias
        native boolean isInitialized();

        @Alias
        native UnsignedWord getEdenSize();

        @Alias
        native UnsignedWord getMaxEdenSize();

        @Alias
        native UnsignedWord getMaxYoungSize();

        @Alias
        native UnsignedWord getMaxHeapSize();

        @Alias
        native void setEdenSize(UnsignedWord value);

        @Alias
        native void setSurvivorSize(UnsignedWord value);

        @Alias
        native void setOldSize(UnsignedWord value);
    }

    /** Memory from the system, of which a chunk holds one large object or many small ones. */
    @TargetClass(className = "com.oracle.svm.core.genscavenge.HeapChunkProvider")
    static final class Chunks {
        private Chunks() {}

        @Alias
        native UnsignedWord getBytesInUnusedChunks();

        @Alias
        static native void freeUnalignedChunk(UnalignedHeader chunk);

        @Substitute
        static void consumeUnalignedChunks(UnalignedHeader firstChunk) {
            UnalignedHeader chunk = firstChunk;
            while (chunk.isNonNull()) {
                UnalignedHeader next = HeapChunk.getNext(chunk);
                if (full) {
                    UnalignedHeader rest = WordFactory.pointer(freed);
                    HeapChunk.setNext(chunk, rest);
                    freed = chunk.rawValue();
                    owed += HeapChunk.getEndOffset(chunk).rawValue();
                } else {
                    freeUnalignedChunk(chunk);
                }
                chunk = next;
            }
        }
    }

    /** What was found by a collection. */
    @TargetClass(GCAccounting.class)
    static final class Accounting {
        private Accounting() {}

        @Alias
        native UnsignedWord getOldGenerationAfterChunkBytes();

        @Alias
        native UnsignedWord getLastIncrementalCollectionPromotedChunkBytes();
    }

    /** Who collects. */
    @TargetClass(GCImpl.class)
    static final class Collector {
        private Collector() {}

        @Alias
        static native Accounting getAccounting();
    }

    /** Where all this is. */
    @TargetClass(HeapImpl.class)
    static final class Heap {
        private Heap() {}

        @Alias
        static native Chunks getChunkProvider();
    }
}
