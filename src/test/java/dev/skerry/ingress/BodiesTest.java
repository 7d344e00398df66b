package dev.skerry.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that are large, slow or not whole, of real clients. */
class BodiesTest extends OpenIngress {
    /** Counts what it reads, after a while if asked; {@code GET} tells what it has seen. */
    private static final String COUNTING = """
            let total = 0, failure = null, begun = 0, cancelled = null, sent = 0;
            export default {
              async fetch(request) {
                if (request.method === 'GET') return Response.json({ total, failure, begun, cancelled });
                begun++;
                const wait = +request.headers.get('x-wait');
                if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
                try {
                  total = 0;
                  for await (const chunk of request.body) total += chunk.length;
                } catch (e) {
                  failure = e.message;
                  throw e;
                }
                return new Response(`${total}`);
              },
            };
            """;

    @BeforeEach
    void deploy() {
        server.deploy("count", COUNTING);
    }

    @Override
    void restart(String... settings) {
        super.restart(settings);
        deploy();
    }

    private HttpRequest.Builder request(String service) {
        return HttpRequest.newBuilder(server.uri("http", "/")).header("Host", TestIngress.host(service));
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private String state() throws IOException, InterruptedException {
        return client().send(request("count").build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aLargeBodyGoesThroughAtThePaceOfTheWorker() throws Exception {
        long size = 48L << 20;
        AtomicLong given = new AtomicLong();
        HttpRequest upload = request("count")
                .header("x-wait", "1500")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(size, given)))
                .build();
        var answer = client().sendAsync(upload, HttpResponse.BodyHandlers.ofString());
        // As long as the worker waits, no more is taken than the buffers on the way hold.
        long taken = given.get();
        while (!answer.isDone() && state().contains("\"total\":0")) {
            assertThat(taken).isLessThan(24L << 20);
            taken = given.get();
            LockSupport.parkNanos(20_000_000);
            if (given.get() > 0 && server.outcomes.size() > 200) {
                break;
            }
        }
        assertThat(answer.get().body()).isEqualTo(Long.toString(size));
    }

    @Test
    void aLargeBodyComesOutAtThePaceOfTheClient() throws Exception {
        server.deploy("pour", """
                let sent = 0;
                export default {
                  fetch(request) {
                    if (request.method === 'PUT') return new Response(`${sent}`);
                    let left = 512;
                    return new Response(new ReadableStream({
                      pull(controller) {
                        sent += 65_536;
                        controller.enqueue(new Uint8Array(65_536));
                        if (--left === 0) controller.close();
                      },
                    }));
                  },
                };
                """);
        HttpRequest produced =
                request("pour").PUT(HttpRequest.BodyPublishers.noBody()).build();
        HttpResponse<InputStream> answer =
                client().send(request("pour").build(), HttpResponse.BodyHandlers.ofInputStream());
        long before;
        long now = -1;
        do {
            before = now;
            LockSupport.parkNanos(200_000_000);
            now = Long.parseLong(client().send(produced, HttpResponse.BodyHandlers.ofString())
                    .body());
        } while (now != before);
        // It stands still: nobody reads.
        assertThat(now).isLessThan(24L << 20);
        assertThat(answer.body().transferTo(java.io.OutputStream.nullOutputStream()))
                .isEqualTo(512L * 65_536);
    }

    @Test
    void aBodyOverTheLimitIsRefusedByItsLength() throws Exception {
        restart("skerry.limits.body=1MB");
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.head("count", "POST", "Content-Length: 2000000"));
            assertThat(client.readUntil("body)\n")).startsWith("HTTP/1.1 413 ").contains("skerry.limits.body");
        }
        assertThat(state()).contains("\"begun\":0");
    }

    @Test
    void aBodyOverTheLimitIsRefusedInChunks() throws Exception {
        restart("skerry.limits.body=1MB");
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.head("count", "POST", "Transfer-Encoding: chunked"));
            String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
            for (int i = 0; i < 20; i++) {
                client.trySend(chunk);
            }
            assertThat(client.readUntil("body)\n")).startsWith("HTTP/1.1 413 ").contains("skerry.limits.body");
        }
        TestIngress.await(() -> server.outcomes.contains("count/production exception"));
        assertThat(state()).contains("larger than 1MB (skerry.limits.body)");
    }

    @Test
    void aClientThatLeavesWhileItSendsCancelsTheEvent() throws Exception {
        for (int i = 1; i <= 10; i++) {
            leaveHalfWay("count", i);
            TestIngress.await(() -> server.outcomes.stream().anyMatch(BodiesTest::ofAnUpload));
            assertThat(server.outcomes).filteredOn(BodiesTest::ofAnUpload).containsExactly("count/production canceled");
            server.outcomes.clear();
        }
    }

    @Test
    void aClientThatLeavesWhileItSendsCancelsTheEventsThatReadItsBody() throws Exception {
        server.deploy(
                "gateway",
                "export default { fetch: (request, env) => env.COUNT.fetch(request) };",
                TestIngress.service("COUNT", "count"));
        for (int i = 1; i <= 10; i++) {
            leaveHalfWay("gateway", i);
            TestIngress.await(() ->
                    server.outcomes.stream().filter(BodiesTest::ofAnUpload).count() == 2);
            assertThat(server.outcomes)
                    .filteredOn(BodiesTest::ofAnUpload)
                    .containsExactlyInAnyOrder("count/production canceled", "gateway/production canceled");
            server.outcomes.clear();
        }
    }

    private static boolean ofAnUpload(String outcome) {
        return !outcome.endsWith(" ok");
    }

    /** Sends half a body, and goes when the worker has begun for the nth time. */
    private void leaveHalfWay(String service, int times) throws IOException {
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.head(service, "POST", "Content-Length: 200000"))
                    .send(new byte[100_000]);
            TestIngress.await(() -> {
                try {
                    return state().contains("\"begun\":" + times + ",");
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    @Test
    void aRequestWithSeveralHostsIsForNone() throws Exception {
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.head("count", "GET", "Host: " + TestIngress.host("other")));
            assertThat(client.readUntil("several")).startsWith("HTTP/1.1 400 ").contains("one Host header");
        }
    }

    @Test
    void headersThatComeTooSlowlyEndTheConnection() throws Exception {
        restart("skerry.ingress.header-time=500ms");
        try (RawClient client = new RawClient(server)) {
            String head = RawClient.head("count", "GET", "X-A: " + "a".repeat(6000));
            boolean open = true;
            for (int i = 0; i < 6000 && open; i++) {
                open = client.trySend(head.substring(i, i + 1));
                LockSupport.parkNanos(10_000_000);
            }
            assertThat(open).isFalse();
        }
        try (RawClient client = new RawClient(server)) {
            client.send("GET / HT");
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 408 ");
        }
        restart("skerry.ingress.header-time=3s");
        try (RawClient client = new RawClient(server)) {
            // A request in time, one in two parts, then one that stops half-way.
            client.send(RawClient.head("count", "GET"));
            assertThat(client.readUntil("}")).contains("200 OK");
            String head = RawClient.head("count", "GET");
            client.send(head.substring(0, 10));
            LockSupport.parkNanos(50_000_000);
            client.send(head.substring(10));
            assertThat(client.readUntil("}")).contains("200 OK");
            client.send("GET / HT");
            assertThat(client.readUntil("never")).isEmpty();
        }
    }

    @Test
    void aSmallBodyThatComesTooSlowlyIsRefused() throws Exception {
        restart("skerry.ingress.body-time=300ms");
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.head("count", "POST", "Content-Length: 100")).send("some");
            assertThat(client.readUntil("body-time)")).startsWith("HTTP/1.1 408 ");
            // What comes after that is nobody's.
            client.send("x".repeat(96));
            client.readUntil("the end of the connection");
        }
        assertThat(state()).contains("\"begun\":0");
    }

    /** As many zeros, counted as they are taken. */
    private static final class Zeros extends InputStream {
        private final AtomicLong given;
        private long left;

        private Zeros(long left, AtomicLong given) {
            this.left = left;
            this.given = given;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            java.util.Arrays.fill(bytes, offset, offset + count, (byte) 0);
            left -= count;
            given.addAndGet(count);
            return count;
        }
    }
}
