package dev.skerry.runtime.sourcemap;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A source map without sections. What it holds of the sources' contents was never read. Immutable. */
final class PlainMap implements SourceMap {
    /** Larger ones are not read: 40 MB in memory. */
    static final int MOST_SEGMENTS = 2_000_000;

    private static final int MOST_LINES = 2_000_000;
    /** A segment: generated column, source, original line, original column. */
    private static final int FIELDS = 4;

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < DIGITS.length(); i++) {
            VALUES[DIGITS.charAt(i)] = (byte) i;
        }
    }

    private final List<String> sources;
    private final int[] segments;
    /** Where a line's segments begin; one more than there are lines. */
    private final int[] lines;

    private PlainMap(List<String> sources, int[] segments, int[] lines) {
        this.sources = sources;
        this.segments = segments;
        this.lines = lines;
    }

    /**
     * Reads the mappings of a map.
     *
     * @param most how many segments at most
     * @throws IllegalArgumentException when they are none
     */
    static PlainMap read(List<String> sources, String mappings, int most) {
        return new Mappings(mappings, most).read(sources);
    }

    int segments() {
        return segments.length / FIELDS;
    }

    @Override
    public Optional<Place> at(int line, int column) {
        if (line < 1 || line >= lines.length) {
            return Optional.empty();
        }
        int low = lines[line - 1];
        int high = lines[line] - 1;
        int found = -1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (segments[middle * FIELDS] < column) {
                found = middle;
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (found < 0) {
            return Optional.empty();
        }
        int source = segments[found * FIELDS + 1];
        if (source < 0 || source >= sources.size() || sources.get(source).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Place(sources.get(source), segments[found * FIELDS + 2] + 1, segments[found * FIELDS + 3] + 1));
    }

    /** Reads the mappings: lines between {@code ;}, segments between {@code ,}, each of one, four or five Base64 VLQ numbers, relative to the ones before. */
    private static final class Mappings {
        private final String text;
        private final int most;
        private int at;
        private int[] segments = new int[1024 * FIELDS];
        private int count;
        private int[] lines = new int[256];
        private int lineCount = 1;

        private Mappings(String text, int most) {
            this.text = text;
            this.most = most;
        }

        private PlainMap read(List<String> sources) {
            int[] segment = new int[FIELDS];
            while (at < text.length()) {
                switch (text.charAt(at)) {
                    case ';' -> {
                        at++;
                        endLine();
                        segment[0] = 0;
                    }
                    case ',' -> at++;
                    default -> segment(segment);
                }
            }
            endLine();
            return new PlainMap(sources, Arrays.copyOf(segments, count * FIELDS), Arrays.copyOf(lines, lineCount));
        }

        private void endLine() {
            if (lineCount == MOST_LINES) {
                throw new IllegalArgumentException("Too many lines");
            }
            if (lineCount == lines.length) {
                lines = Arrays.copyOf(lines, lineCount * 2);
            }
            lines[lineCount++] = count;
        }

        private void segment(int[] segment) {
            int before = segment[0];
            segment[0] += number();
            if (segment[0] < before) {
                throw new IllegalArgumentException("The columns of a line do not rise");
            }
            boolean mapped = more();
            if (mapped) {
                segment[1] += number();
                segment[2] += number();
                segment[3] += number();
                if (more()) {
                    number();
                }
            }
            if (count == most) {
                throw new IllegalArgumentException("Too many segments");
            }
            if (count * FIELDS == segments.length) {
                segments = Arrays.copyOf(segments, segments.length * 2);
            }
            int to = count++ * FIELDS;
            System.arraycopy(segment, 0, segments, to, FIELDS);
            if (!mapped) {
                segments[to + 1] = -1;
            }
        }

        private boolean more() {
            return at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ';';
        }

        private int number() {
            int value = 0;
            int shift = 0;
            int digit;
            do {
                if (!more() || text.charAt(at) >= 128 || shift > 30) {
                    throw new IllegalArgumentException("Not a number at " + at);
                }
                digit = VALUES[text.charAt(at++)];
                if (digit < 0) {
                    throw new IllegalArgumentException("Not a digit at " + at);
                }
                value |= (digit & 31) << shift;
                shift += 5;
            } while ((digit & 32) != 0);
            return (value & 1) == 0 ? value >>> 1 : -(value >>> 1);
        }
    }
}
