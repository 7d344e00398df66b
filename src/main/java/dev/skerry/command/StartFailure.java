package dev.skerry.command;

import dev.skerry.manifest.ManifestException;
import org.jspecify.annotations.Nullable;

/** Says on standard error why the server did not start, in sentences rather than stack traces. */
final class StartFailure {
    /** The exit code for a configuration that cannot be used. */
    static final int BAD_CONFIGURATION = 2;

    private StartFailure() {}

    static int explain(@Nullable Throwable failure) {
        if (failure == null) {
            return 0;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ManifestException manifest) {
                System.err.println(manifest.getMessage());
                return BAD_CONFIGURATION;
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        System.err.println("Skerry did not start: " + root.getMessage());
        if (root instanceof IllegalArgumentException) {
            return BAD_CONFIGURATION;
        }
        // Nothing that a sentence explains: where it happened is all there is to go by.
        failure.printStackTrace();
        return 1;
    }
}
