package dev.skerry.manifest;

import dev.skerry.model.EnvironmentRef;
import java.util.List;

/** What an application of the manifest came to, by environment, in the order of the file. Immutable. */
public record ManifestResult(List<Line> lines) {
    public ManifestResult {
        lines = List.copyOf(lines);
    }

    /**
     * One environment.
     *
     * @param version the number of the version that the file asks for
     * @param changed whether something of the environment changed
     */
    public record Line(EnvironmentRef environment, int version, boolean changed) {}

    /** Whether anything changed at all. */
    public boolean changed() {
        return lines.stream().anyMatch(Line::changed);
    }
}
