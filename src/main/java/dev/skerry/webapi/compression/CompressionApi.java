package dev.skerry.webapi.compression;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/compression.js}. Thread-safe; what it attaches is confined to the thread in its isolate. */
@Singleton
public final class CompressionApi implements WebApi {
    private final Cleaner cleaner = Cleaner.create();
    private final int mostOpen;

    @Inject
    public CompressionApi(CompressionConfig config) {
        this.mostOpen = config.open();
    }

    @Override
    public String name() {
        return "compression";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(cleaner, mostOpen);
    }

    /** Called on the thread in one isolate. A stream is opened by {@link #compress} or {@link #decompress} and closed by {@link #end}. */
    public static final class Host {
        private final Cleaner cleaner;
        private final int mostOpen;
        private final AtomicInteger open = new AtomicInteger();

        private Host(Cleaner cleaner, int mostOpen) {
            this.cleaner = cleaner;
            this.mostOpen = mostOpen;
        }

        /** A stream that compresses to gzip, deflate or deflate-raw. */
        @GuestCallable
        public Object compress(String format) {
            return opened(() -> new Compressor(format));
        }

        /** A stream that decompresses from gzip, deflate or deflate-raw. */
        @GuestCallable
        public Object decompress(String format) {
            return opened(() -> new Decompressor(format));
        }

        /** The next input, once {@link #pull} has given null for the one before. */
        @GuestCallable
        public void push(Object stream, byte[] bytes) {
            ((Open) stream).codec.push(bytes);
        }

        /** There is no more input. */
        @GuestCallable
        public void finish(Object stream) {
            ((Open) stream).codec.finish();
        }

        /** A bounded piece of output; null when more input is needed, or all is done. A TypeError for wrong input. */
        @GuestCallable
        public @Nullable ByteBuffer pull(Object stream) {
            return ((Open) stream).codec.pull();
        }

        /** Releases the stream's memory; nothing may be called on it afterwards. */
        @GuestCallable
        public void end(Object stream) {
            ((Open) stream).cleanable.clean();
        }

        private Open opened(Supplier<Codec> codec) {
            if (open.incrementAndGet() > mostOpen) {
                open.decrementAndGet();
                throw new GuestError(
                        "QuotaExceededError",
                        "At most " + mostOpen
                                + " compression streams can be open at a time (skerry.compression.open); read them to their end.");
            }
            return new Open(cleaner, codec.get(), open);
        }
    }

    /** A codec that is ended when the worker forgets it, if not before. */
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
