package dev.skerry.registry;

import static dev.skerry.registry.Specs.TESTER;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import dev.skerry.store.TestStore;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry for each test, in a folder of its own. */
abstract class OpenRegistry {
    @TempDir
    Path temp;

    TestStore store;
    Registry registry;

    @BeforeEach
    void open() {
        store = new TestStore(temp);
        registry = new Registry(store.database, store.sealer, store.registryConfig);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** The registry as it is after a restart. */
    void reopen() {
        close();
        open();
    }

    /** Makes a change that gives nothing back. */
    void set(Consumer<Change> steps) {
        registry.change(TESTER, change -> {
            steps.accept(change);
            return true;
        });
    }

    /** The version that serves an environment, where it is one alone. */
    Version serving(EnvironmentRef ref) {
        return registry.routes()
                .environment(ref)
                .orElseThrow()
                .choose(new Random(1))
                .orElseThrow();
    }
}
