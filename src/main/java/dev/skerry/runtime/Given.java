package dev.skerry.runtime;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Java's buffers and bodies that were given to a worker: weighing does not see them, though its ArrayBuffers and Responses are made of them. They are counted
 * until a collection finds that the worker holds them no more, so the sum is what it holds at the most. Thread-safe.
 */
final class Given {
    /** Smaller ones weigh about as much as what the worker has of them. */
    static final int LIGHT = 512;

    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final Set<Gift> gifts = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong ever = new AtomicLong();

    private static final class Gift extends PhantomReference<Object> {
        private final long size;

        private Gift(Object value, long size, ReferenceQueue<Object> gone) {
            super(value, gone);
            this.size = size;
        }
    }

    void add(Object value, long size) {
        forget();
        ever.addAndGet(size);
        bytes.addAndGet(size);
        gifts.add(new Gift(value, size, gone));
    }

    /** What the worker holds at the most. */
    long bytes() {
        forget();
        return bytes.get();
    }

    /** All that it ever was given. */
    long ever() {
        return ever.get();
    }

    private void forget() {
        for (Reference<?> found = gone.poll(); found != null; found = gone.poll()) {
            if (found instanceof Gift gift && gifts.remove(gift)) {
                bytes.addAndGet(-gift.size);
            }
        }
    }

    /** Something that the next collection of what is young takes away. */
    static WeakReference<Object> sentinel() {
        return new WeakReference<>(new Object());
    }
}
