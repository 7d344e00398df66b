package dev.skerry.api.workers;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Outcome;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.VersionCheck;
import dev.skerry.runtime.StartReport;
import dev.skerry.runtime.WorkerRuntime;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tries code by starting it in an isolate that serves nobody. Thread-safe; waits for the trial. */
@Singleton
public final class CodeCheck implements VersionCheck {
    private static final long PATIENCE_SECONDS = 60;

    private final WorkerRuntime runtime;

    @Inject
    CodeCheck(WorkerRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void check(EnvironmentRef environment, VersionSpec spec) {
        trial(environment, spec);
    }

    /** As {@link #check}, and tells what was seen. */
    StartReport trial(EnvironmentRef environment, VersionSpec spec) {
        Version version =
                new Version(VersionId.random(), 1, environment, spec, "check", "check", Instant.now(), Map.of());
        try {
            StartReport report =
                    runtime.tryStart(version).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!(report.outcome() instanceof Outcome.Ok)) {
                throw new RefusedException(Reason.CODE_INVALID, sentence(report.outcome()));
            }
            return report;
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.CODE_INVALID, String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("The trial failed", e.getCause());
        } catch (TimeoutException e) {
            throw new RefusedException(Reason.CODE_INVALID, "The code did not start within " + PATIENCE_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server stops", e);
        }
    }

    private static String sentence(Outcome failure) {
        return switch (failure) {
            case Outcome.Threw threw ->
                "Uncaught " + (threw.message().startsWith(threw.name()) ? "" : threw.name() + ": ") + threw.message()
                        + (threw.stack().isEmpty() ? "" : "\n" + threw.stack().indent(2));
            case Outcome.Exceeded exceeded -> exceeded.detail();
            case Outcome.Canceled canceled -> "The start was canceled: " + canceled.reason();
            case Outcome.ScriptNotFound missing -> missing.detail();
            case Outcome.Ok ok -> "ok";
            case Outcome.ResponseStreamDisconnected disconnected -> disconnected.wireName();
        };
    }
}
