package dev.skerry.runtime.sourcemap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skerry.runtime.sourcemap.SourceMap.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one source map: https://tc39.es/ecma426/#sec-source-map-format. Confined to one thread. */
final class SourceMapReader {
    private static final int MOST_SOURCES = 100_000;
    private static final int MOST_SECTIONS = 10_000;

    private final JsonParser parser;
    private int sources;
    private int segments;

    private SourceMapReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Empty when it is no map that can be used. */
    static Optional<SourceMap> read(byte[] json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    ? Optional.ofNullable(new SourceMapReader(parser).map(true))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The object that begins here; null when it is no map. A section's map has no sections. */
    private @Nullable SourceMap map(boolean outermost) throws IOException {
        List<String> names = new ArrayList<>();
        List<Section> sections = null;
        String root = "";
        String mappings = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("mappings") && value == JsonToken.VALUE_STRING) {
                mappings = parser.getText();
            } else if (name.equals("sourceRoot") && value == JsonToken.VALUE_STRING) {
                root = parser.getText();
            } else if (name.equals("sources") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY && sources++ < MOST_SOURCES) {
                    names.add(parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "");
                }
            } else if (outermost && name.equals("sections") && value == JsonToken.START_ARRAY) {
                sections = sections();
            } else {
                parser.skipChildren();
            }
        }
        if (sections != null) {
            return new SourceMap.Index(sections);
        }
        if (mappings == null) {
            return null;
        }
        String prefix = root.isEmpty() || root.endsWith("/") ? root : root + "/";
        PlainMap map = PlainMap.read(
                names.stream().map(source -> shown(prefix + source)).toList(),
                mappings,
                PlainMap.MOST_SEGMENTS - segments);
        segments += map.segments();
        return map;
    }

    /** The array that begins here. */
    private List<Section> sections() throws IOException {
        List<Section> sections = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            int line = -1;
            int column = -1;
            SourceMap map = null;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("offset") && value == JsonToken.START_OBJECT) {
                    for (String part = parser.nextFieldName(); part != null; part = parser.nextFieldName()) {
                        boolean number = parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
                        if (part.equals("line") && number) {
                            line = parser.getIntValue();
                        } else if (part.equals("column") && number) {
                            column = parser.getIntValue();
                        } else {
                            parser.skipChildren();
                        }
                    }
                } else if (name.equals("map") && value == JsonToken.START_OBJECT) {
                    map = map(false);
                } else {
                    parser.skipChildren();
                }
            }
            if (line < 0 || column < 0 || !(map instanceof PlainMap plain) || sections.size() == MOST_SECTIONS) {
                throw new IllegalArgumentException("A section without a place or a map, or too many of them");
            }
            if (!sections.isEmpty() && !isAfter(sections.getLast(), line + 1, column + 1)) {
                throw new IllegalArgumentException("The sections are out of order");
            }
            sections.add(new Section(line + 1, column + 1, plain));
        }
        return sections;
    }

    private static boolean isAfter(Section last, int line, int column) {
        return last.line() < line || last.line() == line && last.column() < column;
    }

    /** A source as it is shown: without the climb from the folder of the bundle to that of the project. */
    private static String shown(String source) {
        return source.replaceFirst("^(\\.{1,2}/)+", "");
    }
}
