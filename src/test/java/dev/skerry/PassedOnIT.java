package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body in gzip, several megabytes of it, through the packaged program: as it came where no worker reads it, and as what it stands for where one does. */
class PassedOnIT {
    private static final int LINES = 200_000;

    @TempDir
    private Path folder;

    private byte[] text = {};
    private byte[] gzip = {};
    private HttpServer origin;
    private ServerProcess server;

    @BeforeEach
    void open() throws Exception {
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append(random.nextLong()).append('\n');
        }
        text = lines.toString().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text);
        }
        gzip = packed.toByteArray();
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("content-encoding", "gzip");
            exchange.sendResponseHeaders(200, gzip.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(gzip);
            }
        });
        origin.start();
        server = new Workers(folder)
                .write("gateway.js", """
                        const ORIGIN = 'http://127.0.0.1:%d/';
                        export default {
                          async fetch(request, { SELF }) {
                            switch (new URL(request.url).pathname) {
                              case '/read': return new Response((await (await fetch(ORIGIN)).arrayBuffer()).byteLength);
                              case '/service': return SELF.fetch(new Request('http://self/', request));
                              default: return fetch(ORIGIN, request);
                            }
                          },
                        };
                        """.formatted(origin.getAddress().getPort()))
                .write("skerry.yaml", """
                        services:
                          gateway: {main: gateway.js, services: {SELF: gateway}}
                        """)
                .start(Map.of("SKERRY_EGRESS_ALLOW", "127.0.0.1"));
    }

    @AfterEach
    void close() {
        server.close();
        origin.stop(0);
    }

    private HttpResponse<byte[]> get(String path, String accepted) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .header("host", "gateway.localhost")
                    .header("accept-encoding", accepted)
                    .build();
            return client.send(request, BodyHandlers.ofByteArray());
        }
    }

    @Test
    void aBodyThatNobodyReadsGoesOutAsItCame() throws Exception {
        for (String path : new String[] {"/", "/service"}) {
            HttpResponse<byte[]> response = get(path, "gzip");

            assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
            assertThat(response.headers().firstValue("content-length")).contains(String.valueOf(gzip.length));
            assertThat(response.body()).isEqualTo(gzip);
        }
        assertThat(new String(get("/read", "gzip").body(), StandardCharsets.US_ASCII))
                .isEqualTo(String.valueOf(text.length));
        HttpResponse<byte[]> plain = get("/service", "identity");
        assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
        assertThat(plain.body()).isEqualTo(text);
    }
}
