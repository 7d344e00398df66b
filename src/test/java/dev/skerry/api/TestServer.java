package dev.skerry.api;

import dev.skerry.ServerProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A data folder and ports of its own for the server of a {@code @QuarkusTest}. */
public final class TestServer implements QuarkusTestResourceLifecycleManager {
    public static final String TOKEN = "a token for tests";
    public static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    /** Where this account's calls begin. */
    public static final String A = "/client/v4/accounts/" + ACCOUNT;

    @Override
    public Map<String, String> start() {
        try {
            return Map.of(
                    // Little, so that a tail's reader is soon a slow one; and its worker's long lines are not to be
                    // seen.
                    "skerry.tail.queue",
                    "5",
                    "quarkus.log.category.\"skerry.console\".level",
                    "WARN",
                    "skerry.data",
                    Files.createTempDirectory("skerry-test").toString(),
                    "skerry.admin-token",
                    TOKEN,
                    "skerry.account-id",
                    ACCOUNT,
                    "skerry.listen.admin",
                    "127.0.0.1:" + ServerProcess.freePort(),
                    "skerry.listen.workers",
                    "127.0.0.1:0",
                    // A worker's state is then the same for every request, and stays.
                    "skerry.limits.isolates",
                    "1",
                    "skerry.runtime.heap-pressure",
                    "100");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
