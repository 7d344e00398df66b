package dev.skerry.cache;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import dev.skerry.webapi.compression.Coded;
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
        byte[] bytes = entry.body().array();
        if (entry.coding().isPresent()) {
            KeptBody kept = new KeptBody(bytes, from, to);
            String coding = entry.coding().get();
            return new Body.Streamed(Coded.of(kept, coding, Coded.Clients.ACCEPTING, bytes.length, "its size"));
        }
        return to - from <= SMALL
                ? new Body.Bytes(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to)))
                : new Body.Streamed(new KeptBody(bytes, from, to));
    }
}
