package dev.skerry.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where each piece of a generated module came from: a source map of revision 3 (https://tc39.es/ecma426/), without an index of sections. What it holds
 * of the sources' contents is never read. Immutable.
 */
final class SourceMap {
    /** A place in an original file; line and column count from 1. */
    record Place(String source, int line, int column) {}

    /** Larger ones are not read: 40 MB in memory. */
    private static final int MOST_SEGMENTS = 2_000_000;

    private static final int MOST_LINES = 2_000_000;
    private static final int MOST_SOURCES = 100_000;
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

    private SourceMap(List<String> sources, int[] segments, int[] lines) {
        this.sources = sources;
        this.segments = segments;
        this.lines = lines;
    }

    /** Reads a map; empty when it is no map that can be used. */
    static Optional<SourceMap> read(byte[] json) {
        List<String> sources = new ArrayList<>();
        String root = "";
        String mappings = null;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("mappings") && value == JsonToken.VALUE_STRING) {
                    mappings = parser.getText();
                } else if (name.equals("sourceRoot") && value == JsonToken.VALUE_STRING) {
                    root = parser.getText();
                } else if (name.equals("sources") && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY && sources.size() < MOST_SOURCES) {
                        sources.add(parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "");
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        if (mappings == null) {
            return Optional.empty();
        }
        String prefix = root.isEmpty() || root.endsWith("/") ? root : root + "/";
        try {
            return Optional.of(new Mappings(mappings)
                    .read(sources.stream().map(source -> shown(prefix + source)).toList()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A source as it is shown: without the climb from the folder of the bundle to that of the project. */
    private static String shown(String source) {
        return source.replaceFirst("^(\\.{1,2}/)+", "");
    }

    /** What stands at a line and column of the generated module, counted from 1. */
    Optional<Place> at(int line, int column) {
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
        private int at;
        private int[] segments = new int[1024 * FIELDS];
        private int count;
        private int[] lines = new int[256];
        private int lineCount = 1;

        private Mappings(String text) {
            this.text = text;
        }

        private SourceMap read(List<String> sources) {
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
            return new SourceMap(sources, Arrays.copyOf(segments, count * FIELDS), Arrays.copyOf(lines, lineCount));
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
            if (count == MOST_SEGMENTS) {
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
