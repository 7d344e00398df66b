package dev.skerry.runtime.sourcemap;

import java.util.List;
import java.util.Optional;

/** Where each piece of a generated module came from: a source map of revision 3 (https://tc39.es/ecma426/), which {@link SourceMapReader} reads. Immutable. */
sealed interface SourceMap permits PlainMap, SourceMap.Index {
    /** A place in an original file; line and column count from 1. */
    record Place(String source, int line, int column) {}

    /** What stands at a line and column of the generated module, counted from 1. */
    Optional<Place> at(int line, int column);

    /** A map of which each section is another: https://tc39.es/ecma426/#sec-index-source-map */
    record Index(List<Section> sections) implements SourceMap {
        public Index {
            sections = List.copyOf(sections);
        }

        @Override
        public Optional<Place> at(int line, int column) {
            for (Section section : sections.reversed()) {
                if (section.line() < line || section.line() == line && section.column() <= column) {
                    return section.map()
                            .at(
                                    line - section.line() + 1,
                                    line == section.line() ? column - section.column() + 1 : column);
                }
            }
            return Optional.empty();
        }
    }

    /** A part of the generated module that begins at a line and column, counted from 1. */
    record Section(int line, int column, PlainMap map) {}
}
