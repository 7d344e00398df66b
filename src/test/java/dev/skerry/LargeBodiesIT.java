package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies far larger than the server's heap, and peers that do not take theirs. {@code -Dbodies.size=BYTES} makes them smaller or larger than 1 GB. */
class LargeBodiesIT {
    private static final long SIZE = Long.getLong("bodies.size", 1L << 30);
    /** What may be under way, in the buffers of two sockets, the server and the worker. */
    private static final long UNDER_WAY = 32L << 20;

    @TempDir
    private static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        Workers workers = new Workers(folder)
                .write("neighbour.js", Workers.answering("still here"))
                .write("bodies.js", """
                        let written = 0;
                        export default {
                          async fetch(request) {
                            const { pathname } = new URL(request.url);
                            if (pathname === '/read') {
                              let bytes = 0;
                              for await (const piece of request.body) bytes += piece.length;
                              return new Response(String(bytes));
                            }
                            if (pathname === '/echo') return new Response(request.body);
                            if (pathname === '/ignore') {
                              await scheduler.wait(2000);
                              return new Response('not read');
                            }
                            if (pathname === '/written') return new Response(String(written));
                            const piece = new Uint8Array(65536);
                            let left = Number(pathname.slice(1)) / piece.length;
                            return new Response(new ReadableStream({
                              pull(to) {
                                if (left-- <= 0) return to.close();
                                to.enqueue(piece.slice());
                                written += piece.length;
                              },
                            }));
                          },
                        };
                        """)
                .write("skerry.yaml", """
                        skerry: {limits: {body: 4GB, cpu: 60s, isolates: 1}, ingress: {idle: 10s}}
                        services:
                          neighbour: {main: neighbour.js}
                          bodies: {main: bodies.js}
                        """);
        server = workers.startWith("-Xmx512m");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aLargeBodyIsRead() throws Exception {
        assertThat(send("/read").body().readAllBytes()).asString().isEqualTo(String.valueOf(SIZE));
        assertTheServerIsWell();
    }

    @Test
    void aLargeBodyIsEchoedAsItComes() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            begin(socket, "POST /echo HTTP/1.1\r\nConnection: close\r\nContent-Length: " + SIZE);
            Thread sender = Thread.ofPlatform().daemon().start(() -> fill(socket, new AtomicLong()));

            assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
            // With the headers, and the sizes of chunks if there are any.
            assertThat(drain(socket.getInputStream())).isBetween(SIZE, SIZE + SIZE / 100);
            sender.join();
        }
        assertTheServerIsWell();
    }

    @Test
    void aLargeBodyIsWritten() throws Exception {
        HttpRequest request = to("/" + SIZE).GET().build();
        assertThat(count(client().send(request, BodyHandlers.ofInputStream()))).isEqualTo(SIZE);
        assertTheServerIsWell();
    }

    @Test
    void aBodyThatTheWorkerDoesNotReadStaysWithTheClient() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            begin(socket, "POST /ignore HTTP/1.1\r\nContent-Length: " + SIZE);
            AtomicLong sent = new AtomicLong();
            Thread.ofPlatform().daemon().start(() -> fill(socket, sent));
            TimeUnit.MILLISECONDS.sleep(1500);
            assertThat(sent.get()).isPositive().isLessThan(UNDER_WAY);
            assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
        }
        assertTheServerIsWell();
    }

    @Test
    void aClientThatReadsNothingHoldsUpTheWorkerAndIsLeftAfterAWhile() throws Exception {
        long before = written();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            begin(socket, "GET /" + SIZE + " HTTP/1.1");
            assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
            TimeUnit.MILLISECONDS.sleep(1500);
            assertThat(written() - before).isPositive().isLessThan(UNDER_WAY);

            server.await(
                    "the end of the event",
                    () -> server.admin("/q/metrics").body().contains("outcome=\"responseStreamDisconnected\""));
        }
        assertThat(written() - before).isLessThan(UNDER_WAY);
        assertTheServerIsWell();
    }

    private static void assertTheServerIsWell() {
        assertThat(server.get("neighbour.localhost", "/").body()).isEqualTo("still here");
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
    }

    /** Sends the head of a request. */
    private static void begin(Socket socket, String head) throws IOException {
        socket.getOutputStream()
                .write((head + "\r\nHost: bodies.localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends the body, as long as the server takes it. */
    private static void fill(Socket socket, AtomicLong sent) {
        byte[] piece = new byte[65536];
        try {
            OutputStream out = socket.getOutputStream();
            for (long left = SIZE; left > 0; left -= piece.length) {
                out.write(piece);
                sent.addAndGet(piece.length);
            }
        } catch (IOException e) {
            // The server wants no more.
        }
    }

    private static long written() {
        return Long.parseLong(server.get("bodies.localhost", "/written").body());
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("host", "bodies.localhost")
                .timeout(Duration.ofMinutes(3));
    }

    private static HttpResponse<InputStream> send(String path) throws Exception {
        HttpRequest request = to(path).POST(
                        BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(Zeros::new), SIZE))
                .build();
        return client().send(request, BodyHandlers.ofInputStream());
    }

    private static long count(HttpResponse<InputStream> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(200);
        try (InputStream body = response.body()) {
            return drain(body);
        }
    }

    private static long drain(InputStream in) throws IOException {
        byte[] piece = new byte[65536];
        long bytes = 0;
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            bytes += n;
        }
        return bytes;
    }

    /** So many bytes as are sent. */
    private static final class Zeros extends InputStream {
        private long left = SIZE;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] to, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(length, left);
            left -= n;
            return n;
        }
    }
}
