package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that workers read whole, in a server whose heap is smaller than all of them: the isolate's memory bounds their sum. */
class WholeBodiesIT {
    private static final int CLIENTS = 20;
    private static final int SIZE = 50 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"/whole", "/kept"})
    void manyLargeBodiesAtOnceCostTheirOwnIsolateAndNoOther(String path) throws Exception {
        try (ServerProcess server = start("-Xmx512m");
                ExecutorService clients = Executors.newCachedThreadPool()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(clients.submit(() -> post(server, path)));
            }
            while (!answers.stream().allMatch(Future::isDone)) {
                assertThat(server.get("neighbour.localhost", "/").body()).isEqualTo("still here");
                TimeUnit.MILLISECONDS.sleep(10);
            }

            for (Future<Integer> answer : answers) {
                // 0: the connection was closed while the client was still sending.
                assertThat(answer.get()).isIn(0, 200, 503);
            }
            server.await(
                    "the outcome in the metrics",
                    () -> Pattern.compile(
                                    "skerry_worker_events_seconds_count\\{.*outcome=\"exceededMemory\",service=\"reader\"")
                            .matcher(server.admin("/q/metrics").body())
                            .find());
            server.awaitLog("reader/production v1 reached its limit memory: ");
            assertThat(server.log())
                    .contains("reader/production v1 reached its limit memory: Worker exceeded memory limit of 128MB")
                    .doesNotContain("OutOfMemoryError");
            assertThat(server.admin("/q/health").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"buffers", "responses", "blobs", "echoes", "encoded"})
    void whatJavaGaveAWorkerCountsAsLongAsItIsHeld(String name) {
        // So large a heap is never short of memory here.
        try (ServerProcess server = start("-Xmx3g")) {
            assertThat(server.get("keeper.localhost", "/" + name).statusCode()).isEqualTo(503);

            server.awaitLog("keeper/production v1 reached its limit memory: ");
            assertThat(server.log())
                    .contains("keeper/production v1 reached its limit memory: Worker exceeded memory limit of 128MB");
            // What is not held is no matter, however much it is.
            assertThat(server.get("keeper.localhost", "/" + name + "/dropped").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void largeBodiesOneAfterTheOtherAreRead() throws Exception {
        try (ServerProcess server = start("-Xmx512m")) {
            for (int i = 0; i < 10; i++) {
                assertThat(post(server, "/whole")).isEqualTo(200);
            }
        }
    }

    private ServerProcess start(String heap) {
        Workers workers = new Workers(folder)
                .write("neighbour.js", Workers.answering("still here"))
                .write("reader.js", """
                        export default {
                          async fetch(request) {
                            const bytes = await request.arrayBuffer();
                            if (request.url.endsWith('/kept')) await scheduler.wait(3000);
                            return new Response(String(bytes.byteLength));
                          },
                        };
                        """)
                .write("peer.js", """
                        import { WorkerEntrypoint } from 'cloudflare:workers';
                        export default class extends WorkerEntrypoint { echo(value) { return value; } }
                        """)
                .write("keeper.js", """
                        const MB = 1_000_000;
                        const made = {
                          buffers: () => new Response('x'.repeat(MB)).arrayBuffer(),
                          responses: () => new Response(new Uint8Array(MB)),
                          blobs: () => new Blob([new Uint8Array(MB)]),
                          echoes: (env) => env.PEER.echo(new Uint8Array(MB)),
                          encoded: () => new TextEncoder().encode('x'.repeat(MB)),
                        };
                        export default {
                          async fetch(request, env) {
                            const [, name, dropped] = new URL(request.url).pathname.split('/');
                            const kept = [];
                            for (let i = 0; i < 800; i++) {
                              const value = await made[name](env);
                              if (!dropped) kept.push(value);
                            }
                            return new Response(String(kept.length));
                          },
                        };
                        """)
                .write("skerry.yaml", """
                        services:
                          peer: {main: peer.js}
                          keeper: {main: keeper.js, services: {PEER: peer}}
                          neighbour: {main: neighbour.js}
                          reader: {main: reader.js}
                        """);
        return workers.startWith(heap);
    }

    /** The answer's status; 0 when there is none. */
    private static int post(ServerProcess server, String path) throws InterruptedException {
        byte[] piece = new byte[1 << 20];
        List<byte[]> body = new ArrayList<>();
        for (int i = 0; i < SIZE / piece.length; i++) {
            body.add(piece);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("host", "reader.localhost")
                .timeout(Duration.ofMinutes(2))
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(body), SIZE))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                assertThat(response.body()).isEqualTo(String.valueOf(SIZE));
            }
            return response.statusCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
