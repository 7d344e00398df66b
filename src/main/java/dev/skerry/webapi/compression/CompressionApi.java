package dev.skerry.webapi.compression;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
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
        return new Host(new OpenCodecs(cleaner, mostOpen));
    }

    /** Called on the thread in one isolate. A stream is opened by {@link #compress} or {@link #decompress} and closed by {@link #end}. */
    public static final class Host {
        private final OpenCodecs codecs;

        private Host(OpenCodecs codecs) {
            this.codecs = codecs;
        }

        /** A stream that compresses to gzip, deflate or deflate-raw. */
        @GuestCallable
        public Object compress(String format) {
            return codecs.open(() -> new Compressor(format));
        }

        /** A stream that decompresses from gzip, deflate or deflate-raw. */
        @GuestCallable
        public Object decompress(String format) {
            return codecs.open(() -> new Decompressor(format));
        }

        /** The next input, once {@link #pull} has given null for the one before. */
        @GuestCallable
        public void push(Object stream, byte[] bytes) {
            OpenCodecs.codec(stream).push(bytes);
        }

        /** There is no more input. */
        @GuestCallable
        public void finish(Object stream) {
            OpenCodecs.codec(stream).finish();
        }

        /** A bounded piece of output; null when more input is needed, or all is done. A TypeError for wrong input. */
        @GuestCallable
        public @Nullable ByteBuffer pull(Object stream) {
            return OpenCodecs.codec(stream).pull();
        }

        /** Releases the stream's memory; nothing may be called on it afterwards. */
        @GuestCallable
        public void end(Object stream) {
            OpenCodecs.end(stream);
        }
    }
}
