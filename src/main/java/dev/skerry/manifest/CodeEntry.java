package dev.skerry.manifest;

import dev.skerry.model.Code.Format;
import java.util.List;
import java.util.Optional;

/**
 * Where the code is. Immutable.
 *
 * @param main the entry module's file
 * @param modules files, folders and globs; empty when they are what {@code main} imports
 * @param format how the entry is written; empty when its text tells
 */
record CodeEntry(int line, Optional<String> main, List<String> modules, Optional<Format> format) {}
