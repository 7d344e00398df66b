package dev.skerry.registry;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.VersionSpec;

/** Tries code before it becomes a version: that its modules parse, find each other, and start. Thread-safe. */
@FunctionalInterface
public interface VersionCheck {
    /**
     * Takes as long as starting a worker: never on an event loop, nor within a {@link Change}.
     *
     * @throws dev.skerry.model.RefusedException with the reason {@code CODE_INVALID} and file, line and column when the code does not start
     */
    void check(EnvironmentRef environment, VersionSpec spec);
}
