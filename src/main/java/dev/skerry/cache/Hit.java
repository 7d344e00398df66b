package dev.skerry.cache;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was found, as {@code js/caches.js} reads it. Immutable. */
public final class Hit {
    /** A body of fewer bytes is given at once. */
    private static final int SMALL = 16 << 10;

    private final Entry entry;
    private final Selection selection;

    Hit(Entry entry, Selection selection) {
        this.entry = entry;
        this.selection = selection;
    }

    @GuestCallable
    public int status() {
        return selection.status();
    }

    @GuestCallable
    public String statusText() {
        return selection.statusText();
    }

    @GuestCallable
    public String headers() {
        return selection.headers();
    }

    @GuestCallable
    public @Nullable Object body() {
        int from = selection.from();
        int to = selection.to();
        if (from == to) {
            return null;
        }
        return to - from <= SMALL
                ? new Body.Bytes(ByteBuffer.wrap(Arrays.copyOfRange(entry.body().array(), from, to)))
                : new Body.Streamed(new KeptBody(entry.body().array(), from, to));
    }
}
