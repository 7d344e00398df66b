package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Only Linux has priorities of single threads that can be read. */
@EnabledOnOs(OS.LINUX)
class ThreadPrioritiesTest {
    @Test
    void aLongTurnGivesWayAndTheNextTurnsDoNot() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.cpu=1s")) {
            Version loop = workers.deploy(
                    "loop", List.of(), TestWorkers.module("index.js", "export default { fetch() { for (;;) {} } };"));
            Version hello = workers.deploy(
                    "hello",
                    List.of(),
                    TestWorkers.module("index.js", "export default { fetch: () => new Response('hello') };"));
            workers.get(hello);
            // Starting may have been a long turn itself.
            int usual = niceValues("").getFirst();
            TestWorkers.await(() -> runnersHave(usual));

            CompletableFuture<TestWorkers.Answer> answer = CompletableFuture.supplyAsync(() -> workers.get(loop));
            TestWorkers.await(() -> niceValues("skerry-runner").contains(Math.min(usual + 10, 19)));
            assertThat(workers.get(hello).body()).isEqualTo("hello");
            assertThat(answer.join().outcome()).isInstanceOf(Outcome.Exceeded.class);

            TestWorkers.await(() -> {
                assertThat(workers.get(hello).body()).isEqualTo("hello");
                return runnersHave(usual);
            });
        }
    }

    private static boolean runnersHave(int nice) {
        List<Integer> values = niceValues("skerry-runner");
        return !values.isEmpty() && values.stream().allMatch(value -> value == nice);
    }

    /** Of the process' threads whose names begin so, the main thread first. */
    private static List<Integer> niceValues(String name) {
        List<Integer> values = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.sorted().toList()) {
                try {
                    if (Files.readString(task.resolve("comm")).startsWith(name)) {
                        String stat = Files.readString(task.resolve("stat"));
                        // The 19th value of proc_pid_stat(5); the second is in parentheses and may have spaces.
                        values.add(Integer.valueOf(
                                stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]));
                    }
                } catch (NoSuchFileException e) {
                    // The thread has ended.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }
}
