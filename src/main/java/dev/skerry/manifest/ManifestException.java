package dev.skerry.manifest;

import java.util.List;
import java.util.stream.Collectors;

/** The manifest cannot be applied, and nothing was changed. Carries all that is wrong, in the order of the file. */
public final class ManifestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    ManifestException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
