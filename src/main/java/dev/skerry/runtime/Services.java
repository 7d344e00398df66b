package dev.skerry.runtime;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import java.util.Optional;

/** Finds the worker that a service binding names. Thread-safe, quick: no SQL, no lock. */
public interface Services {
    /** The version of the environment that takes the next call; empty when there is no such environment, or nothing is deployed in it. */
    Optional<Version> choose(EnvironmentRef environment);
}
