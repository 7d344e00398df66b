package dev.skerry.webapi.compression;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/nodejs/zlib/codecs.js}. Thread-safe; what it attaches is confined to the thread in its isolate. */
@Singleton
public final class ZlibApi implements WebApi {
    private final Cleaner cleaner = Cleaner.create();
    private final int mostOpen;

    @Inject
    public ZlibApi(CompressionConfig config) {
        this.mostOpen = config.open();
    }

    @Override
    public String name() {
        return "nodejs/zlib/codecs";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(new OpenCodecs(cleaner, mostOpen));
    }

    /** Called on the thread in one isolate. A codec is opened by {@link #compress} or {@link #decompress} and closed by {@link #end}. */
    public static final class Host {
        private final OpenCodecs codecs;

        private Host(OpenCodecs codecs) {
            this.codecs = codecs;
        }

        /** To gzip, deflate or deflate-raw. {@code level}: -1 to 9. {@code strategy}: 0 to 2. {@code dictionary}: empty for none. */
        @GuestCallable
        public Object compress(String format, int level, int strategy, byte[] dictionary) {
            return codecs.open(() -> {
                Compressor compressor = new Compressor(format, level, strategy);
                if (dictionary.length > 0) {
                    compressor.dictionary(dictionary);
                }
                return compressor;
            });
        }

        /** From gzip, deflate, deflate-raw, unzip (one of the first two) or brotli (which is pushed at once). */
        @GuestCallable
        public Object decompress(String format, byte[] dictionary) {
            return codecs.open(() -> switch (format) {
                case "unzip" -> new Unzip();
                case "brotli" -> new Brotli();
                default -> new Decompressor(format, true, dictionary);
            });
        }

        /** The next input, once {@link #pull} has given null for the one before. */
        @GuestCallable
        public void push(Object codec, byte[] bytes) {
            OpenCodecs.codec(codec).push(bytes);
        }

        /** All input so far is to come out, though more may follow. */
        @GuestCallable
        public void flush(Object codec) {
            if (OpenCodecs.codec(codec) instanceof Compressor compressor) {
                compressor.flush();
            }
        }

        /** There is no more input. */
        @GuestCallable
        public void finish(Object codec) {
            OpenCodecs.codec(codec).finish();
        }

        /** A bounded piece of output; null when more input is needed, or all is done. A TypeError for wrong input, an Error for input that was cut off. */
        @GuestCallable
        public @Nullable ByteBuffer pull(Object codec) {
            try {
                return OpenCodecs.codec(codec).pull();
            } catch (GuestError e) {
                throw e.message().equals(Decompressor.TRUNCATED) ? GuestError.error("unexpected end of file") : e;
            }
        }

        /** Releases the codec's memory; nothing may be called on it afterwards. */
        @GuestCallable
        public void end(Object codec) {
            OpenCodecs.end(codec);
        }
    }
}
