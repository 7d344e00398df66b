package dev.skerry.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearHistoryTest {
    private static final long DURATION = TimeUnit.SECONDS.toNanos(4);

    @TempDir
    Path temp;

    @Test
    void writersAndReadersOfAKeySeeALinearHistory() throws InterruptedException, ExecutionException {
        // A small cache, so that entries are evicted and filled again all the time.
        try (TestKv kv = new TestKv(temp, "skerry.kv.cache=64KB")) {
            Keyspace keyspace = kv.namespace("shared");
            History history = new History();
            AtomicInteger number = new AtomicInteger();
            write(kv, keyspace, "hot", history, "0:");
            try (ExecutorService threads = Executors.newCachedThreadPool()) {
                List<Future<?>> running = new ArrayList<>();
                long end = System.nanoTime() + DURATION;
                for (int i = 0; i < 3; i++) {
                    running.add(threads.submit(() -> {
                        while (System.nanoTime() < end || number.get() <= 100) {
                            // Some too large for the cache, some in several pieces of the store.
                            int size = List.of(10, 600, 900, 3000)
                                    .get(ThreadLocalRandom.current().nextInt(4));
                            write(kv, keyspace, "hot", history, number.incrementAndGet() + ":" + "x".repeat(size));
                        }
                    }));
                    running.add(threads.submit(() -> {
                        while (System.nanoTime() < end || number.get() <= 100) {
                            long called = System.nanoTime();
                            String value = kv.get(keyspace, "hot").orElse("absent");
                            history.read(value, called, System.nanoTime());
                        }
                    }));
                }
                running.add(threads.submit(() -> {
                    while (System.nanoTime() < end || number.get() <= 100) {
                        long called = System.nanoTime();
                        String value = text(kv.kv.open(keyspace, "hot").join().orElseThrow());
                        history.read(value, called, System.nanoTime());
                    }
                }));
                running.add(threads.submit(() -> {
                    while (System.nanoTime() < end || number.get() <= 100) {
                        String other = "other" + ThreadLocalRandom.current().nextInt(1000);
                        kv.get(keyspace, other);
                        kv.kv.sweep();
                    }
                }));
                for (Future<?> future : running) {
                    future.get();
                }
            }
            assertThat(number.get()).isGreaterThan(100);
            assertThat(history.flaw()).isEmpty();
            System.out.println("Linear history: " + number.get() + " writes, " + (history.size() - number.get())
                    + " reads of one key");
        }
    }

    @Test
    void theCheckFindsAReadThatGoesBack() {
        History history = new History();
        history.wrote("a", 0, 1);
        history.wrote("b", 2, 9);
        history.read("b", 3, 4);
        history.read("a", 5, 6);
        assertThat(history.flaw()).isPresent();
    }

    @Test
    void theCheckFindsAReadThatMissesAnAcknowledgedWrite() {
        History history = new History();
        history.wrote("a", 0, 1);
        history.wrote("b", 2, 3);
        history.read("a", 4, 5);
        assertThat(history.flaw()).isPresent();
    }

    @Test
    void theCheckAllowsWhatOverlaps() {
        History history = new History();
        history.wrote("a", 0, 1);
        history.wrote("b", 2, 9);
        history.read("a", 3, 5);
        history.read("b", 4, 8);
        history.read("b", 10, 11);
        assertThat(history.flaw()).isEmpty();
    }

    private static void write(TestKv kv, Keyspace keyspace, String key, History history, String value) {
        long called = System.nanoTime();
        CompletableFuture<Void> done = kv.put(keyspace, key, value);
        done.join();
        history.wrote(value, called, System.nanoTime());
    }

    private static String text(KvStore.Opened opened) {
        ByteBuffer bytes = ((Body.Bytes) opened.body()).bytes();
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    @Test
    void aReadOfManyKeysIsOfTheLastWrites() {
        try (TestKv kv = new TestKv(temp)) {
            Keyspace keyspace = kv.namespace("shared");
            List<String> keys = List.of("a", "b", "c");
            for (int i = 0; i < 50; i++) {
                String value = "v" + i;
                keys.forEach(key -> kv.put(keyspace, key, value).join());
                assertThat(kv.kv.findAll(keyspace, keys).join())
                        .allSatisfy(found -> assertThat(
                                        found.map(entry -> entry.value().utf8()))
                                .isEqualTo(Optional.of(value)));
            }
        }
    }
}
