package dev.skerry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.model.Binding;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManifestWatcherTest extends OpenFolder {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private ManifestWatcher watcher;

    @BeforeEach
    void watch() {
        folder.write("w.js", "export default {}");
        folder.write("lib.js", "export const a = 1");
        folder.write("skerry.yaml", "services: {a: {main: w.js, vars: {V: 1}}}");
        watcher = ManifestWatcher.start(folder.applier, folder.file).watcher();
    }

    @AfterEach
    void stop() {
        watcher.close();
    }

    @Test
    void anEditOfTheFileIsApplied() {
        folder.write("skerry.yaml", "services: {a: {main: w.js, vars: {V: 2, W: 3}}}");
        await(() -> number() == 2);
        assertThat(folder.serving("a", "production").spec().binding("W")).isPresent();
    }

    @Test
    void anEditOfASourceIsAppliedAndOfOneThatIsImportedOnlyThen() {
        folder.write("w.js", "import './lib.js'; export default {}");
        await(() -> number() == 2);
        folder.write("lib.js", "export const a = 12345");
        await(() -> number() == 3);
        assertThat(folder.serving("a", "production").spec().code().modules()).hasSize(2);
    }

    @Test
    void aBrokenEditLeavesWhatServesAndTheNextGoodOneIsApplied() {
        AtomicInteger tries = new AtomicInteger();
        folder.check = (environment, spec) -> {
            if (spec.bindings().contains(new Binding.PlainText("V", "broken"))) {
                tries.incrementAndGet();
                throw new RefusedException(Reason.CODE_INVALID, "w.js:1:1: odd");
            }
        };
        folder.write("skerry.yaml", "services: {a: {main: w.js, vars: {V: broken}}, b: {main: w.js}}");
        await(() -> tries.get() > 0);
        assertThat(number()).isEqualTo(1);
        folder.write("skerry.yaml", "services: {a: {main: w.js, vars: {V: good}}, b: {main: w.js}}");
        await(() -> number() == 2);
        assertThat(folder.serving("b", "production").number()).isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeAppliedAtTheStartIsTheCallersProblem() {
        folder.write("other.yaml", "services: {a: {mian: w.js}}");
        assertThatThrownBy(() -> ManifestWatcher.start(folder.applier, temp.resolve("other.yaml")))
                .isInstanceOf(ManifestException.class);
    }

    private int number() {
        return folder.serving("a", "production").number();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
