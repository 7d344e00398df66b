package dev.skerry.webapi.compression;

import dev.skerry.binding.GuestError;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The codecs that one isolate has open: so many at most, each ended when the worker forgets it, if not before. Confined to the thread in the isolate. */
final class OpenCodecs {
    private final Cleaner cleaner;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    OpenCodecs(Cleaner cleaner, int most) {
        this.cleaner = cleaner;
        this.most = most;
    }

    /** An opaque object for the guest half. */
    Object open(Supplier<Codec> codec) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            throw new GuestError(
                    "QuotaExceededError",
                    "At most " + most
                            + " compression streams can be open at a time (skerry.compression.open); read them to their end.");
        }
        return new Open(cleaner, codec.get(), open);
    }

    static Codec codec(Object opened) {
        return ((Open) opened).codec;
    }

    /** Releases its memory; nothing may be called on it afterwards. */
    static void end(Object opened) {
        ((Open) opened).cleanable.clean();
    }

    private static final class Open {
        final Codec codec;
        final Cleaner.Cleanable cleanable;

        Open(Cleaner cleaner, Codec codec, AtomicInteger open) {
            this.codec = codec;
            this.cleanable = cleaner.register(this, () -> {
                codec.end();
                open.decrementAndGet();
            });
        }
    }
}
