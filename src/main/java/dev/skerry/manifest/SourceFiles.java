package dev.skerry.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files and folders that a manifest was made of, each as it was just before it was read: so a change while reading is seen as one. Confined to one
 * thread.
 */
final class SourceFiles {
    /** What a change of a file changes; a file that is not there is {@link #ABSENT}. */
    private record Stamp(FileTime modified, long size) {}

    private static final Stamp ABSENT = new Stamp(FileTime.fromMillis(0), -1);

    private final Map<Path, Stamp> stamps = new HashMap<>();

    byte[] read(Path file) throws IOException {
        remember(file);
        return Files.readAllBytes(file);
    }

    boolean isFile(Path file) {
        remember(file);
        return Files.isRegularFile(file);
    }

    boolean isFolder(Path folder) {
        remember(folder);
        return Files.isDirectory(folder);
    }

    /** The files of a folder and those below, sorted; hidden ones, but for {@code .well-known}, and {@code node_modules} left out. */
    List<Path> walk(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> wanted =
                    paths.filter(path -> isWanted(folder, path)).sorted().toList();
            wanted.stream().filter(Files::isDirectory).forEach(this::remember);
            return wanted.stream().filter(Files::isRegularFile).toList();
        }
    }

    /** Whether any of them is different now. */
    boolean changed() {
        return stamps.entrySet().stream()
                .anyMatch(entry -> !stamp(entry.getKey()).equals(entry.getValue()));
    }

    /** How they are now: equal twice means that nobody is writing. */
    Object now() {
        Map<Path, Stamp> current = new HashMap<>();
        stamps.keySet().forEach(path -> current.put(path, stamp(path)));
        return current;
    }

    private void remember(Path path) {
        stamps.putIfAbsent(path, stamp(path));
    }

    private static boolean isWanted(Path folder, Path path) {
        for (Path part : folder.relativize(path)) {
            String name = part.toString();
            if (name.startsWith(".") && !name.equals(".well-known") || name.equals("node_modules")) {
                return false;
            }
        }
        return true;
    }

    private static Stamp stamp(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.isDirectory() ? 0 : attributes.size());
        } catch (IOException e) {
            return ABSENT;
        }
    }
}
