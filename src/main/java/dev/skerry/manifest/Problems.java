package dev.skerry.manifest;

import dev.skerry.model.RefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gathers what is wrong with one manifest. Confined to the thread that reads it. */
final class Problems {
    private final Path file;
    private final List<Problem> list = new ArrayList<>();

    Problems(Path file) {
        this.file = file;
    }

    void add(int line, String message) {
        Problem problem = new Problem(file, line, message);
        if (!list.contains(problem)) {
            list.add(problem);
        }
    }

    /** The value, or nothing and a problem when the model refuses it. */
    <T> Optional<T> valid(int line, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException | RefusedException e) {
            add(line, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** @throws ManifestException if there is any problem */
    void throwIfAny() {
        if (!list.isEmpty()) {
            list.sort(Comparator.comparing(Problem::line));
            throw new ManifestException(list);
        }
    }
}
