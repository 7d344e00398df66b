package dev.skerry.webapi.compression;

import dev.skerry.binding.ByteSource;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are in the content coding which their headers name: who reads them gets what they stand for, and the network, which takes {@link #wire}, gets them
 * as they are. For one reader at a time, of one of the two.
 */
public final class Coded implements ByteSource {
    private final ByteSource wire;
    private final Supplier<ByteSource> decoder;
    private @Nullable ByteSource content;

    private Coded(ByteSource wire, Supplier<ByteSource> decoder) {
        this.wire = wire;
        this.decoder = decoder;
    }

    /**
     * @param coding {@code gzip} or {@code br}
     * @param most compressed bytes of one in br that is read
     * @param key the setting that says so
     */
    public static Coded of(ByteSource wire, String coding, int most, String key) {
        return new Coded(wire, () -> coding.equals("gzip") ? new Gunzip(wire) : new Unpacked(wire, coding, most, key));
    }

    /** The same, of which both sides are read through another source. */
    public Coded through(UnaryOperator<ByteSource> around) {
        return new Coded(around.apply(wire), () -> around.apply(decoder.get()));
    }

    /** The bytes as they are. */
    public ByteSource wire() {
        return wire;
    }

    @Override
    public CompletionStage<Optional<ByteBuffer>> read() {
        ByteSource open = content;
        if (open == null) {
            content = open = decoder.get();
        }
        return open.read();
    }

    @Override
    public void cancel(String reason) {
        ByteSource open = content;
        (open == null ? wire : open).cancel(reason);
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }
}
