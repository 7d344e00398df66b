package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import dev.skerry.kv.History;
import dev.skerry.kv.TestKv;
import dev.skerry.model.Binding;
import dev.skerry.model.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvServicesTest {
    private static final String WORKER = """
            export default {
              async fetch(request, env) {
                if (request.method === 'PUT') {
                  const value = await request.text();
                  await env.SHARED.put('key', value);
                  return new Response(value);
                }
                return new Response(await env.SHARED.get('key'));
              },
            };
            """;
    private static final long DURATION = TimeUnit.SECONDS.toNanos(3);

    @TempDir
    Path temp;

    @Test
    void manyServicesThatShareANamespaceSeeALinearHistory() {
        try (TestKv kv = new TestKv(temp);
                TestWorkers workers = new TestWorkers(List.of(kv.binding()))) {
            kv.namespace("shared");
            List<Version> services = new ArrayList<>();
            for (String name : List.of("one", "two", "three", "four")) {
                services.add(workers.deploy(
                        name,
                        List.of(new Binding.KvNamespace("SHARED", "shared")),
                        TestWorkers.module("main.js", WORKER)));
            }
            History history = new History();
            AtomicInteger number = new AtomicInteger();
            put(workers, services.getFirst(), history, number).join();
            long end = System.nanoTime() + DURATION;
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Version service = services.get(i % 4);
                boolean writes = i < 4;
                clients.add(CompletableFuture.runAsync(
                        () -> {
                            while (System.nanoTime() < end || number.get() <= 20) {
                                (writes ? put(workers, service, history, number) : get(workers, service, history))
                                        .join();
                            }
                        },
                        task -> Thread.ofPlatform().start(task)));
            }
            clients.forEach(CompletableFuture::join);
            assertThat(number.get()).isGreaterThan(20);
            assertThat(history.size()).isGreaterThan(number.get() + 20);
            assertThat(history.flaw()).isEmpty();
        }
    }

    private static CompletableFuture<Void> put(
            TestWorkers workers, Version service, History history, AtomicInteger number) {
        String value = "value " + number.incrementAndGet();
        long called = System.nanoTime();
        return workers.fetch(service, FetchEvent.of("PUT", "http://example.com/", "", new Body.Text(value)))
                .thenAccept(answer -> {
                    assertThat(answer.body()).isEqualTo(value);
                    history.wrote(value, called, System.nanoTime());
                });
    }

    private static CompletableFuture<Void> get(TestWorkers workers, Version service, History history) {
        long called = System.nanoTime();
        return workers.fetch(service, FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY))
                .thenAccept(answer -> history.read(answer.body(), called, System.nanoTime()));
    }
}
