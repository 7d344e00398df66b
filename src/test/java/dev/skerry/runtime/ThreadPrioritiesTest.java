package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Only Linux has priorities of single threads that can be read. */
@EnabledOnOs(OS.LINUX)
class ThreadPrioritiesTest {
    private static final Path TASKS = Path.of("/proc/self/task");

    /** Runners of other tests in this process, some of which may never end. */
    private final Set<Path> others = Set.copyOf(runners());

    @Test
    void aLongTurnGivesWayAndTheNextTurnsDoNot() {
        int usual = nice(Path.of("/proc/thread-self")).orElseThrow();
        assumeThat(usual).as("there is a lower priority").isLessThan(19);
        try (TestWorkers workers = new TestWorkers("skerry.limits.cpu=3s")) {
            Version loop = workers.deploy(
                    "loop", List.of(), TestWorkers.module("index.js", "export default { fetch() { for (;;) {} } };"));
            Version hello = workers.deploy(
                    "hello",
                    List.of(),
                    TestWorkers.module("index.js", "export default { fetch: () => new Response('hello') };"));
            workers.get(hello);
            // Starting may have been a long turn itself.
            TestWorkers.await(() -> niceValues().equals(Set.of(usual)));

            CompletableFuture<TestWorkers.Answer> answer = CompletableFuture.supplyAsync(() -> workers.get(loop));
            TestWorkers.await(() -> niceValues().equals(Set.of(usual, Math.min(usual + 10, 19))));
            assertThat(workers.get(hello).body()).isEqualTo("hello");
            assertThat(answer.join().outcome()).isInstanceOf(Outcome.Exceeded.class);

            TestWorkers.await(() -> {
                assertThat(workers.get(hello).body()).isEqualTo("hello");
                return niceValues().equals(Set.of(usual));
            });
        }
    }

    @Test
    void whoWasLongInATurnGivesWayFromTheBeginningOfTheNext() {
        int usual = nice(Path.of("/proc/thread-self")).orElseThrow();
        assumeThat(usual).as("there is a lower priority").isLessThan(19);
        List<Integer> atBegin = new CopyOnWriteArrayList<>();
        try (TestWorkers workers = new TestWorkers("skerry.limits.cpu=1m")) {
            workers.atConsole =
                    () -> atBegin.add(nice(Path.of("/proc/thread-self")).orElseThrow());
            Version version = workers.deploy("now-and-then", List.of(), TestWorkers.module("index.js", """
                    let long = true;
                    export default {
                      fetch() {
                        console.log('begins');
                        const end = Date.now() + 2000;
                    while (long && Date.now() < end);
                        long = false;
                        return new Response('done');
                      },
                    };
                    """));
            workers.get(version);
            TestWorkers.await(() -> niceValues().equals(Set.of(usual)));
            atBegin.clear();
            workers.get(version);
            assertThat(atBegin).containsExactly(Math.min(usual + 10, 19));

            // That one was short.
            TestWorkers.await(() -> {
                workers.get(version);
                return atBegin.getLast() == usual;
            });
        }
    }

    /** Those that this test's runners have. */
    private Set<Integer> niceValues() {
        return runners().stream()
                .filter(task -> !others.contains(task))
                .flatMap(task -> nice(task).stream())
                .collect(Collectors.toSet());
    }

    private static List<Path> runners() {
        try (Stream<Path> tasks = Files.list(TASKS)) {
            return tasks.filter(task -> read(task.resolve("comm")).startsWith("skerry-runner"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The 19th value of proc_pid_stat(5), whose second is in parentheses and may have spaces; none of a thread that has ended. */
    private static Optional<Integer> nice(Path task) {
        String stat = read(task.resolve("stat"));
        return stat.isEmpty()
                ? Optional.empty()
                : Optional.of(Integer.valueOf(
                        stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]));
    }

    /** A file's text; none when its thread has ended. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
