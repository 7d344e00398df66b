package dev.skerry.manifest;

import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.Code.Format;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a worker's modules from files. Confined to one thread.
 *
 * <p>A module is named by its path below the folder that all of the worker's files have in common, so relative imports mean what they mean on disk.
 */
final class WorkerSource {
    /** The entry of a folder whose {@code main} is not said: the first of these that is there. */
    private static final List<String> ENTRIES =
            List.of("index.js", "index.mjs", "worker.js", "worker.mjs", "main.js", "main.mjs");

    private static final Map<String, ModuleType> TYPES = Map.ofEntries(
            Map.entry("js", ModuleType.ES_MODULE),
            Map.entry("mjs", ModuleType.ES_MODULE),
            Map.entry("cjs", ModuleType.COMMON_JS),
            Map.entry("json", ModuleType.JSON),
            Map.entry("wasm", ModuleType.WASM),
            Map.entry("txt", ModuleType.TEXT),
            Map.entry("html", ModuleType.TEXT),
            Map.entry("sql", ModuleType.TEXT),
            Map.entry("bin", ModuleType.DATA),
            Map.entry("map", ModuleType.SOURCE_MAP));

    private static final String SOURCE_MAP = "//# sourceMappingURL=";

    private final Path folder;
    private final SourceFiles files;
    private final Problems problems;
    private final String what;
    private final CodeEntry entry;
    private final Map<Path, Bytes> contents = new LinkedHashMap<>();

    /** @param folder the manifest's, to which its paths are relative */
    WorkerSource(Path folder, SourceFiles files, Problems problems, String what, CodeEntry entry) {
        this.folder = folder;
        this.files = files;
        this.problems = problems;
        this.what = what;
        this.entry = entry;
    }

    /** The code; empty, and problems, when files are missing. */
    Optional<Code> read() {
        try {
            Optional<Path> imported = readImported();
            readListed();
            Optional<Path> main = entry.main().isPresent() || entry.modules().isEmpty() ? imported : likelyMain();
            return main.filter(contents::containsKey).flatMap(path -> problems.valid(entry.line(), () -> code(path)));
        } catch (IOException e) {
            problems.add(entry.line(), "The code of " + what + " cannot be read: " + e);
            return Optional.empty();
        }
    }

    /** The main file and, from there, all that is imported by a relative path. */
    private Optional<Path> readImported() throws IOException {
        if (entry.main().isEmpty()) {
            return Optional.empty();
        }
        Path main = resolve(entry.main().get());
        if (!files.isFile(main)) {
            problems.add(
                    entry.line(), "The main file '" + entry.main().get() + "' of " + what + " is not there: " + main);
            return Optional.empty();
        }
        if (type(main) != ModuleType.ES_MODULE && type(main) != ModuleType.COMMON_JS) {
            problems.add(
                    entry.line(),
                    "The main file '" + entry.main().get() + "' of " + what
                            + " is not JavaScript (.js, .mjs, .cjs); TypeScript is bundled to it first");
            return Optional.empty();
        }
        Deque<Path> waiting = new ArrayDeque<>(List.of(main));
        while (!waiting.isEmpty()) {
            Path file = waiting.remove();
            if (!contents.containsKey(file)) {
                Bytes content = Bytes.wrap(files.read(file));
                contents.put(file, content);
                if (type(file) == ModuleType.ES_MODULE) {
                    waiting.addAll(imported(file, content));
                    sourceMap(file, content).ifPresent(waiting::add);
                }
            }
        }
        return Optional.of(main);
    }

    private List<Path> imported(Path file, Bytes content) {
        List<Path> found = new ArrayList<>();
        for (String specifier : ModuleScan.of(content.utf8()).imports()) {
            if (specifier.startsWith("./") || specifier.startsWith("../")) {
                Path target = file.resolveSibling(specifier).normalize();
                if (files.isFile(target)) {
                    found.add(target);
                } else {
                    problems.add(
                            entry.line(),
                            "'" + folder.relativize(file) + "' of " + what + " imports '" + specifier
                                    + "', which is not there: " + target);
                }
            }
        }
        return found;
    }

    /** The source map beside a file that its last line names. */
    private Optional<Path> sourceMap(Path file, Bytes content) {
        String text = content.utf8().stripTrailing();
        String last = text.substring(text.lastIndexOf('\n') + 1);
        if (!last.startsWith(SOURCE_MAP) || last.indexOf('/', SOURCE_MAP.length()) >= 0 || !last.endsWith(".map")) {
            return Optional.empty();
        }
        return Optional.of(file.resolveSibling(last.substring(SOURCE_MAP.length())))
                .filter(files::isFile);
    }

    /** What {@code modules} names: files, folders with all below that has a known ending, globs. */
    private void readListed() throws IOException {
        for (String listed : entry.modules()) {
            List<Path> found = expand(listed);
            if (found.isEmpty()) {
                problems.add(entry.line(), "'modules' of " + what + " names '" + listed + "', where no module is");
            }
            for (Path file : found) {
                contents.put(file, Bytes.wrap(files.read(file)));
            }
        }
    }

    private Optional<Path> likelyMain() {
        Path first = resolve(entry.modules().getFirst());
        Optional<Path> main = contents.containsKey(first)
                ? Optional.of(first)
                : ENTRIES.stream()
                        .map(first::resolve)
                        .filter(contents::containsKey)
                        .findFirst();
        if (main.isEmpty()) {
            problems.add(
                    entry.line(),
                    "The main module of " + what + " is not among its modules; name it in 'main': "
                            + String.join(", ", ENTRIES));
        }
        return main;
    }

    private List<Path> expand(String listed) throws IOException {
        int glob = firstOf(listed, "*?[{");
        if (glob >= 0) {
            Path base = resolve(listed.substring(0, Math.max(0, listed.lastIndexOf('/', glob))));
            PathMatcher matcher = FileSystems.getDefault()
                    .getPathMatcher("glob:" + folder.resolve(listed).normalize());
            return files.isFolder(base)
                    ? files.walk(base).stream().filter(matcher::matches).toList()
                    : List.of();
        }
        Path path = resolve(listed);
        if (files.isFolder(path)) {
            return files.walk(path).stream()
                    .filter(file -> TYPES.containsKey(ending(file)))
                    .toList();
        }
        return files.isFile(path) ? List.of(path) : List.of();
    }

    private Code code(Path main) {
        Path base = commonFolder();
        List<Module> modules = contents.entrySet().stream()
                .map(file -> new Module(name(base, file.getKey()), type(file.getKey()), file.getValue()))
                .toList();
        return new Code(name(base, main), entry.format().orElseGet(() -> formatOf(main)), modules);
    }

    private Format formatOf(Path main) {
        Bytes content = contents.getOrDefault(main, Bytes.EMPTY);
        ModuleScan.Result scan = ModuleScan.of(content.utf8());
        return scan.listens() && !scan.module() ? Format.SERVICE_WORKER : Format.MODULES;
    }

    private Path commonFolder() {
        Path common = null;
        for (Path file : contents.keySet()) {
            Path parent = file.getParent();
            common = common == null ? parent : common;
            while (common != null && parent != null && !parent.startsWith(common)) {
                common = common.getParent();
            }
        }
        return common == null ? folder : common;
    }

    private static String name(Path base, Path file) {
        return base.relativize(file).toString().replace('\\', '/');
    }

    private Path resolve(String path) {
        return folder.resolve(path).normalize();
    }

    private static ModuleType type(Path file) {
        return TYPES.getOrDefault(ending(file), ModuleType.DATA);
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static int firstOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
