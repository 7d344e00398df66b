package dev.skerry.assets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One range of bytes (RFC 9110, section 14.1.2), both ends inclusive; empty where nothing of the file is in it. Immutable. */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** What a {@code Range} header asks for; empty when it is to be passed over: several ranges, other units, no range at all. */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = SINGLE.matcher(header.replace(" ", ""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ByteRange(Math.max(0, size - Long.parseLong(last)), size - 1));
        }
        long start = Long.parseLong(first);
        long end = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        // Ends that stand the wrong way round are no range.
        return !last.isEmpty() && Long.parseLong(last) < start
                ? Optional.empty()
                : Optional.of(new ByteRange(start, end));
    }

    long length() {
        return last - first + 1;
    }

    boolean isEmpty() {
        return length() <= 0;
    }
}
