package dev.skerry.manifest;

import java.nio.file.Path;

/** Something wrong, where it stands, and what to do about it. Immutable. */
public record Problem(Path file, int line, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
