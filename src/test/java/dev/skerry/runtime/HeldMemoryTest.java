package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Java keeps for a worker counts as the isolate's memory: all events' together are bounded, and what is let go is counted no more. */
class HeldMemoryTest {
    private static final int MB = 1 << 20;

    private final TestWorkers workers = new TestWorkers("skerry.limits.memory=16MB", "skerry.limits.isolates=1");

    @AfterEach
    void close() {
        workers.close();
    }

    /** Pieces of 1 MB, as many as it has; then the end, or nothing for ever. */
    private static final class Megabytes implements ByteSource {
        private final AtomicInteger left;
        private final boolean ends;
        private volatile boolean cancelled;

        private Megabytes(int count, boolean ends) {
            this.left = new AtomicInteger(count);
            this.ends = ends;
        }

        @Override
        public CompletionStage<Optional<ByteBuffer>> read() {
            if (left.getAndDecrement() > 0) {
                return CompletableFuture.supplyAsync(() -> Optional.of(ByteBuffer.wrap(new byte[MB])));
            }
            return ends ? CompletableFuture.completedFuture(Optional.empty()) : new CompletableFuture<>();
        }

        @Override
        public void cancel(String reason) {
            cancelled = true;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }
    }

    @Test
    void bodiesThatAreReadWholeAreBoundedTogether() {
        Version version = deploy("const bytes = await request.arrayBuffer(); return new Response(bytes.byteLength);");
        List<Megabytes> bodies = new ArrayList<>();
        List<CompletableFuture<TestWorkers.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Megabytes body = new Megabytes(6, false);
            bodies.add(body);
            answers.add(send(version, body));
        }

        for (CompletableFuture<TestWorkers.Answer> answer : answers) {
            assertThat(answer.join().outcome()).isInstanceOfSatisfying(Outcome.Exceeded.class, exceeded -> {
                assertThat(exceeded.limit()).isEqualTo(Outcome.Limit.MEMORY);
                assertThat(exceeded.detail())
                        .startsWith("Worker exceeded memory limit of 16MB (skerry.limits.memory): the server keeps ");
            });
        }
        TestWorkers.await(() -> bodies.stream().anyMatch(body -> body.cancelled));
        TestWorkers.await(() -> !workers.reached.isEmpty());
        assertThat(workers.reached).singleElement().asString().contains(" skerry.limits.memory: ");
        assertThat(send(version, new Megabytes(2, true)).join().body()).isEqualTo(String.valueOf(2 * MB));
    }

    @Test
    void whatWasReadIsNotCountedTwice() {
        Version version = deploy("const bytes = await request.arrayBuffer(); return new Response(bytes.byteLength);");

        for (int i = 0; i < 8; i++) {
            assertThat(send(version, new Megabytes(9, true)).join().body()).isEqualTo(String.valueOf(9 * MB));
        }
        assertThat(held()).isZero();
    }

    @Test
    void whatAnEventLeavesIsLetGoWithIt() {
        Version version = deploy("""
                const [one, other] = request.body.tee();
                const reader = one.getReader();
                for (let i = 0; i < 9; i++) await reader.read();
                return new Response('done');
                """);

        for (int i = 0; i < 4; i++) {
            assertThat(send(version, new Megabytes(9, false)).join().body()).isEqualTo("done");
        }
        assertThat(held()).isZero();
    }

    @Test
    void whatOneSideOfACloneIsBehindCounts() {
        Version version = deploy("""
                const clone = request.clone();
                const reader = clone.body.getReader();
                for (;;) await reader.read();
                """);

        assertThat(send(version, new Megabytes(60, false)).join().outcome()).isInstanceOf(Outcome.Exceeded.class);
    }

    @Test
    void messagesThatWaitForTheReaderOfAWebSocketCount() {
        Version version = deploy("""
                const sockets = [];
                for (let i = 0; i < 10; i++) {
                  const [one, other] = Object.values(new WebSocketPair());
                  one.accept();
                  for (let n = 0; n < 3; n++) one.send('x'.repeat(1000000));
                  sockets.push(other);
                }
                await scheduler.wait(1e9);
                """);

        assertThat(send(version, new Megabytes(0, true)).join().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Exceeded.class,
                        exceeded -> assertThat(exceeded.limit()).isEqualTo(Outcome.Limit.MEMORY));
    }

    @Test
    void whatIsOnItsWayToAnotherWorkerCounts() {
        Version version = deploy("""
                const { Slow } = ctx.exports;
                const bytes = new Uint8Array(3000000);
                await Promise.all(Array.from({ length: 10 }, () => Slow.take(bytes)));
                return new Response('done');
                """);

        assertThat(send(version, new Megabytes(0, true)).join().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Exceeded.class,
                        exceeded -> assertThat(exceeded.limit()).isEqualTo(Outcome.Limit.MEMORY));
    }

    private long held() {
        TestWorkers.await(() -> workers.runtime.isolates().stream().allMatch(Isolate::idle));
        return workers.runtime.isolates().stream()
                .mapToLong(isolate -> isolate.footprint().held())
                .sum();
    }

    private Version deploy(String code) {
        return workers.deploy("held", List.of(), TestWorkers.module("index.js", """
                import { WorkerEntrypoint } from 'cloudflare:workers';
                export class Slow extends WorkerEntrypoint { take(bytes) { return bytes.length; } }
                export default {
                  async fetch(request, env, ctx) {
                    %s
                  },
                };
                """.formatted(code)));
    }

    private CompletableFuture<TestWorkers.Answer> send(Version version, ByteSource body) {
        return workers.fetch(version, FetchEvent.of("POST", "http://example.com/", "", new Body.Streamed(body)));
    }
}
