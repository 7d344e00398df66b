package dev.skerry.command;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Outcome;
import dev.skerry.model.RefusedException;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.VersionCheck;
import dev.skerry.runtime.WorkerRuntime;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;

/** Tries code by starting it in an isolate that serves nobody. Thread-safe. */
@Singleton
final class StartCheck implements VersionCheck {
    private final WorkerRuntime runtime;

    @Inject
    StartCheck(WorkerRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void check(EnvironmentRef environment, VersionSpec spec) {
        Version version =
                new Version(VersionId.random(), 1, environment, spec, "check", "check", Instant.now(), Map.of());
        switch (runtime.tryStart(version).toCompletableFuture().join().outcome()) {
            case Outcome.Ok ok -> {}
            case Outcome.Threw threw -> throw refused(threw.message() + "\n" + threw.stack());
            case Outcome.Exceeded exceeded -> throw refused(exceeded.detail());
            case Outcome.Canceled canceled -> throw refused(canceled.reason());
            case Outcome.ResponseStreamDisconnected gone -> throw refused("It was cut off");
            case Outcome.ScriptNotFound missing -> throw refused(missing.detail());
        }
    }

    private static RefusedException refused(String sentence) {
        return new RefusedException(RefusedException.Reason.CODE_INVALID, sentence);
    }
}
