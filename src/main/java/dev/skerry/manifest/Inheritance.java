package dev.skerry.manifest;

import dev.skerry.model.ServiceName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills in what the environments of one service inherit: each from the one that {@code from:} names, and at the root from the service itself.
 *
 * @param defaults what is written at the service
 * @param written the environments by name
 */
record Inheritance(
        ServiceName service, EnvironmentEntry defaults, Map<String, EnvironmentEntry> written, Problems problems) {
    /** The environment with all that it inherits; empty, and a problem, when {@code from} leads nowhere or round. */
    Optional<EnvironmentEntry> resolve(String name) {
        return resolve(name, new ArrayList<>());
    }

    /** @param path the names that led here */
    private Optional<EnvironmentEntry> resolve(String name, List<String> path) {
        EnvironmentEntry entry = written.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        if (path.contains(name)) {
            tellCycle(path.subList(path.indexOf(name), path.size()));
            return Optional.empty();
        }
        if (entry.from().isEmpty()) {
            return Optional.of(entry.inherit(defaults));
        }
        String from = entry.from().get();
        if (!written.containsKey(from)) {
            problems.add(
                    entry.line(),
                    "'from' of " + service + "/" + name + " names environment '" + from + "', which is not here"
                            + Spelling.hint(from, written.keySet()));
            return Optional.empty();
        }
        path.add(name);
        return resolve(from, path).map(entry::inherit);
    }

    /** Told from its first name on, so that it is one problem wherever one came in. */
    private void tellCycle(List<String> names) {
        List<String> cycle = new ArrayList<>(names);
        Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
        EnvironmentEntry first = written.get(cycle.getFirst());
        cycle.add(cycle.getFirst());
        problems.add(
                first == null ? defaults.line() : first.line(),
                "'from' of " + service + " goes round: " + String.join(" -> ", cycle));
    }
}
