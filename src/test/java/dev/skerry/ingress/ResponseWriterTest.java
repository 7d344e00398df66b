package dev.skerry.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.webapi.websocket.Share;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResponseWriterTest {
    private static final int PIECE = 64 * 1024;
    private static final int PIECES = 4096;

    /** Gives each piece a moment later, on another thread, and sees whether it is asked again before. */
    private static final class Pieces implements ByteSource, AutoCloseable {
        private final ExecutorService others = Executors.newSingleThreadExecutor();
        private final AtomicBoolean asked = new AtomicBoolean();
        private final AtomicInteger askedTwice = new AtomicInteger();
        private int left = PIECES;

        @Override
        public CompletionStage<Optional<ByteBuffer>> read() {
            if (!asked.compareAndSet(false, true)) {
                askedTwice.incrementAndGet();
            }
            CompletableFuture<Optional<ByteBuffer>> piece = new CompletableFuture<>();
            others.execute(() -> {
                Optional<ByteBuffer> next = left-- > 0 ? Optional.of(ByteBuffer.allocate(PIECE)) : Optional.empty();
                asked.set(false);
                piece.complete(next);
            });
            return piece;
        }

        @Override
        public void cancel(String reason) {}

        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {
            others.shutdownNow();
        }
    }

    private static void readFrom(HttpVersion version, HttpClient.Version clients) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Pieces pieces = new Pieces()) {
            ContentCoding coding = new ContentCoding(new Share(1));
            HttpServer server = vertx.createHttpServer(
                            new HttpServerOptions().setHttp2ClearTextEnabled(version == HttpVersion.HTTP_2))
                    .requestHandler(request -> ResponseWriter.write(
                            new Exchange(vertx.getOrCreateContext(), request, false, Duration.ofMinutes(1), coding),
                            200,
                            "",
                            "",
                            new Body.Streamed(pieces)))
                    .listen(0, InetAddress.getLoopbackAddress().getHostAddress())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(1, TimeUnit.MINUTES);
            try (HttpClient client = HttpClient.newBuilder().version(clients).build()) {
                URI uri = new URI(
                        "http",
                        null,
                        InetAddress.getLoopbackAddress().getHostAddress(),
                        server.actualPort(),
                        "/",
                        null,
                        null);
                HttpResponse<java.io.InputStream> answer =
                        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
                assertThat(answer.version()).isEqualTo(clients);
                assertThat(answer.body().transferTo(java.io.OutputStream.nullOutputStream()))
                        .isEqualTo((long) PIECES * PIECE);
            }
            assertThat(pieces.askedTwice).hasValue(0);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void aStreamIsAskedForOnePieceAtATimeHoweverOftenTheClientCatchesUp() throws Exception {
        readFrom(HttpVersion.HTTP_1_1, HttpClient.Version.HTTP_1_1);
    }

    @Test
    void overHttp2AsWell() throws Exception {
        readFrom(HttpVersion.HTTP_2, HttpClient.Version.HTTP_2);
    }
}
