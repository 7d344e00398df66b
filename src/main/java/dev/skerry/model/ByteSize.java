package dev.skerry.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes; written {@code 128MB}, {@code 25MiB} or {@code 4096}. K, M and G are powers of 1024 with or without the {@code i}. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*([KMG]?)(i?B)?", Pattern.CASE_INSENSITIVE);

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("A size is not negative: " + bytes);
        }
    }

    /** @throws IllegalArgumentException when the text is no size; also how the configuration reads one */
    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size; write 4096, 64KB or 128MB");
        }
        int shift = switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
        return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        for (int shift = 30; shift > 0; shift -= 10) {
            if (bytes >= 1L << shift && bytes % (1L << shift) == 0) {
                return (bytes >> shift) + String.valueOf("KMG".charAt(shift / 10 - 1)) + "B";
            }
        }
        return bytes + "B";
    }
}
