package dev.skerry.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of Web Platform Tests: a line a file, totals by folder, and the failures with their messages. */
final class WptBoard {
    /**
     * One run of a file.
     *
     * @param name path and variant
     * @param note what went wrong with the file as a whole; empty when nothing did
     * @param skipped it was not run: the note says why
     */
    record Line(String folder, String name, int passed, int failed, String note, boolean skipped) {
        boolean clean() {
            return !skipped && note.isEmpty() && failed == 0;
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    void add(Line line, List<String> failed) {
        lines.add(line);
        failed.forEach(each -> failures.add(line.name() + ": " + each));
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    String totals() {
        StringBuilder text = new StringBuilder(row("folder", "files", "clean", "skipped", "passed", "failed"));
        lines.stream()
                .map(Line::folder)
                .distinct()
                .forEach(folder -> text.append(total(
                        folder,
                        lines.stream()
                                .filter(line -> line.folder().equals(folder))
                                .toList())));
        return text.append(total("all", lines)).toString();
    }

    private static String total(String name, List<Line> of) {
        return row(
                name,
                of.size(),
                of.stream().filter(Line::clean).count(),
                of.stream().filter(Line::skipped).count(),
                of.stream().mapToInt(Line::passed).sum(),
                of.stream().mapToInt(Line::failed).sum());
    }

    private static String row(Object name, Object... numbers) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-16s", name));
        for (Object number : numbers) {
            row.append(String.format(Locale.ROOT, "%9s", number));
        }
        return row.append('\n').toString();
    }

    /** Writes {@code board.txt} and {@code failures.txt}. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder text = new StringBuilder(totals()).append("\npassed failed  file\n");
        for (Line line : lines) {
            text.append(String.format(Locale.ROOT, "%6d %6d  %s", line.passed(), line.failed(), line.name()));
            text.append(line.note().isEmpty() ? "\n" : "  (" + line.note() + ")\n");
        }
        Files.writeString(folder.resolve("board.txt"), text);
        Files.write(folder.resolve("failures.txt"), failures);
    }
}
