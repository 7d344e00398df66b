package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workers that take all the memory and time they can get, one after the other, in a server with a small heap: each ends with the right outcome, its
 * service goes on with a new isolate, and another service answers all along.
 */
class HogsIT {
    /** A line of {@code hogs/hogs.txt}. */
    record Hog(String name, Set<String> outcomes, String code) {
        private static Hog of(String line) {
            String[] parts = line.split("\\|", 3);
            return new Hog(
                    parts[0].replace('*', ' ').strip(),
                    new TreeSet<>(Arrays.asList(parts[1].strip().split(" +"))),
                    parts[2].strip());
        }

        String host() {
            return name + ".localhost";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Pattern COUNTED = Pattern.compile(
            "skerry_worker_events_seconds_count\\{.*kind=\"fetch\",outcome=\"(\\w+)\",service=\"([\\w-]+)\".*");

    @TempDir
    private static Path folder;

    private static ServerProcess server;

    static List<Hog> hogs() throws IOException {
        try (InputStream file = Objects.requireNonNull(HogsIT.class.getResourceAsStream("/hogs/hogs.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .filter(line -> Boolean.getBoolean("hogs.all") || !line.startsWith("*"))
                    .map(Hog::of)
                    .toList();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        Workers workers = new Workers(folder)
                .write("neighbour.js", Workers.answering("still here"))
                .write("peer.js", """
                        import { WorkerEntrypoint, RpcTarget } from 'cloudflare:workers';
                        export default class extends WorkerEntrypoint {
                          async fetch(request) { return new Response(await request.text()); }
                          echo(value) { return value; }
                          counter() { return new RpcTarget(); }
                        }
                        """);
        StringBuilder yaml = new StringBuilder("""
                skerry: {limits: {wall: 150s}}
                services:
                  neighbour: {main: neighbour.js}
                  peer: {main: peer.js}
                """);
        for (Hog hog : hogs()) {
            workers.write(hog.name() + ".js", """
                    const kept = [];
                    const keep = (value) => { kept.push(value); };
                    export default {
                      async fetch(request, env, ctx) {
                        if (new URL(request.url).pathname === '/fine') return new Response('fine');
                        %s
                        return new Response('done');
                      },
                    };
                    """.formatted(hog.code()));
            yaml.append("  ")
                    .append(hog.name())
                    .append(": {main: ")
                    .append(hog.name())
                    .append(".js, limits: {cpu: ")
                    // To be weighed takes time, too.
                    .append(hog.outcomes().contains("exceededCpu") ? "2s" : "20s")
                    .append("}, services: {PEER: {service: peer}}, kv-namespaces: {KV: hogs}}\n");
        }
        workers.write("skerry.yaml", yaml.toString());
        server = workers.startWith("-Xmx512m");
        assertThat(server.get("neighbour.localhost", "/").body()).isEqualTo("still here");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hogs")
    void aHogEndsWhileAnotherServiceKeepsAnswering(Hog hog) throws Exception {
        try (ExecutorService client = Executors.newSingleThreadExecutor()) {
            Future<HttpResponse<String>> answer = client.submit(() -> server.get(hog.host(), "/"));
            do {
                assertThat(server.get("neighbour.localhost", "/").statusCode()).isEqualTo(200);
                TimeUnit.MILLISECONDS.sleep(5);
            } while (!answer.isDone());

            server.await("an outcome of " + hog, () -> !outcomes(hog).isEmpty());
            assertThat(hog.outcomes()).containsAll(outcomes(hog));
            assertThat(answer.get().statusCode()).isIn(outcomes(hog).equals(List.of("ok")) ? 200 : 500, 503);
        }
        assertThat(server.get(hog.host(), "/fine").body()).isEqualTo("fine");
        assertThat(server.get("neighbour.localhost", "/").body()).isEqualTo("still here");
        assertThat(server.admin("/q/health").statusCode()).isEqualTo(200);
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
    }

    /** How the events of a hog ended, as the metrics count them. */
    private static List<String> outcomes(Hog hog) {
        List<String> outcomes = new ArrayList<>();
        server.admin("/q/metrics").body().lines().map(COUNTED::matcher).forEach(line -> {
            if (line.matches() && line.group(2).equals(hog.name())) {
                outcomes.add(line.group(1));
            }
        });
        return outcomes;
    }
}
