package dev.skerry.webapi.compression;

import dev.skerry.binding.ByteSource;
import java.nio.ByteBuffer;
import java.util.Locale;
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
    /** Which clients get the bytes as they are; the others get what they stand for. */
    public enum Clients {
        ALL,
        /** All but those who say what they take, and do not name the coding. */
        NOT_REFUSING,
        /** Those who name the coding. */
        ACCEPTING
    }

    /**
     * How bytes are coded.
     *
     * @param most compressed bytes of one in br or zstd that is read
     * @param key the setting that says so
     */
    private record Form(String coding, Clients clients, int most, String key) {
        private ByteSource decoded(ByteSource wire) {
            return coding.equals("gzip") ? new Gunzip(wire) : new Unpacked(wire, coding, most, key);
        }
    }

    private final ByteSource wire;
    private final Form form;
    private final Supplier<ByteSource> decoder;
    private @Nullable ByteSource content;

    private Coded(ByteSource wire, Form form, Supplier<ByteSource> decoder) {
        this.wire = wire;
        this.form = form;
        this.decoder = decoder;
    }

    /**
     * @param coding as {@link #named} gives it
     * @param most compressed bytes of one in br or zstd that is read
     * @param key the setting that says so
     */
    public static Coded of(ByteSource wire, String coding, Clients clients, int most, String key) {
        return of(wire, new Form(coding, clients, most, key));
    }

    private static Coded of(ByteSource wire, Form form) {
        return new Coded(wire, form, () -> form.decoded(wire));
    }

    /** The one coding that a header {@code content-encoding} names, if we can read it: {@code gzip}, {@code br} or {@code zstd}. */
    public static Optional<String> named(String header) {
        String name = header.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "gzip", "x-gzip" -> Optional.of("gzip");
            case "br", "zstd" -> Optional.of(name);
            default -> Optional.empty();
        };
    }

    /** The same, of which both sides are read through another source. */
    public Coded through(UnaryOperator<ByteSource> around) {
        return new Coded(around.apply(wire), form, () -> around.apply(decoder.get()));
    }

    /** Other bytes in the same coding. */
    public Coded over(ByteSource otherWire) {
        return of(otherWire, form);
    }

    /** The bytes as they are. */
    public ByteSource wire() {
        return wire;
    }

    public String coding() {
        return form.coding;
    }

    public Clients clients() {
        return form.clients;
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
