package dev.skerry.webapi.websocket;

import java.util.concurrent.atomic.AtomicInteger;

/** So much of something, of which each one takes a part and gives it back. Thread-safe. */
public final class Share {
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    public Share(int most) {
        this.most = most;
    }

    /** Whether there was one left; it is the caller's until {@link #giveBack}. */
    public boolean take() {
        if (taken.incrementAndGet() <= most) {
            return true;
        }
        giveBack();
        return false;
    }

    public void giveBack() {
        taken.decrementAndGet();
    }
}
