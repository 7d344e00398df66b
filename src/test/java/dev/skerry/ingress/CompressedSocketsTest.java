package dev.skerry.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.skerry.webapi.websocket.Share;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets with a client that compresses. */
class CompressedSocketsTest extends OpenIngress {
    private static final String ECHO = """
            let largest = 0;
            export default {
              fetch(request) {
                if (request.headers.get('upgrade') !== 'websocket') return new Response(`${largest}`);
                const [client, ws] = Object.values(new WebSocketPair());
                ws.accept();
                ws.addEventListener('message', ({ data }) => {
                  largest = Math.max(largest, data.length ?? data.byteLength);
                  ws.send(data);
                });
                ws.addEventListener('close', ({ code }) => console.log(`closed ${code}`));
                return new Response(null, { status: 101, webSocket: client });
              },
            };
            """;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void deploy() {
        server.deploy("echo", ECHO);
    }

    @AfterEach
    void disconnect() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private WebSocket connect() throws Exception {
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setTryUsePerMessageCompression(true)
                .setMaxFrameSize(100_000_000)
                .setMaxMessageSize(100_000_000);
        WebSocketConnectOptions to = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port())
                .setURI("/")
                .addHeader("host", TestIngress.host("echo"));
        WebSocket socket = vertx.createWebSocketClient(options)
                .connect(to)
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
        socket.textMessageHandler(text -> heard.add("text " + text.length() + " " + text.hashCode()));
        socket.binaryMessageHandler(bytes -> heard.add("binary " + bytes.length()));
        socket.closeHandler(closed -> heard.add("close " + socket.closeStatusCode() + " " + socket.closeReason()));
        return socket;
    }

    private String next() throws InterruptedException {
        String next = heard.poll(5, TimeUnit.MINUTES);
        return next == null ? fail("Nothing was heard") : next;
    }

    @Test
    void messagesOfAllSizesGoBothWaysCompressed() throws Exception {
        WebSocket socket = connect();
        for (int size : new int[] {0, 1, 255, 256, 1000, 65_536, 65_537, 500_000, 1_048_576, 1000, 0}) {
            String text = "0123456789é ".repeat(size / 13 + 1).substring(0, size * 12 / 13);
            socket.writeTextMessage(text);
            assertThat(next()).as("%s", size).isEqualTo("text " + text.length() + " " + text.hashCode());
        }
        assertThat(server.outcomes).isEmpty();
    }

    @Test
    void aMessageThatGrowsBeyondTheLimitClosesTheSocketAndIsNotBuilt() throws Exception {
        WebSocket socket = connect();
        socket.writeTextMessage("small");
        assertThat(next()).isEqualTo("text 5 " + "small".hashCode());

        socket.writeTextMessage("x".repeat(50_000_000));

        assertThat(next())
                .isEqualTo("close 1009 A message is larger than 1048576 bytes (skerry.limits.web-socket-message)");
        TestIngress.await(() -> server.console.contains("echo/production log closed 1006"));
        assertThat(server.meters
                        .get("skerry.limits.reached")
                        .tag("limit", "web-socket-message")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(connect()
                        .writeTextMessage("next")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get())
                .isNull();
        assertThat(next()).isEqualTo("text 4 " + "next".hashCode());
    }

    @Test
    void asManyAreCompressedAsMayBe() throws Exception {
        String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
        try (RawSocket socket = RawSocket.open(server, "echo", offer)) {
            assertThat(socket.head())
                    .containsIgnoringCase(
                            "sec-websocket-extensions: permessage-deflate; server_no_context_takeover\r\n");
        }
        restart("skerry.ingress.deflate=2");
        deploy();
        try (RawSocket one = RawSocket.open(server, "echo", offer);
                RawSocket two = RawSocket.open(server, "echo", offer);
                RawSocket three = RawSocket.open(server, "echo", offer)) {
            assertThat(one.head()).containsIgnoringCase("sec-websocket-extensions");
            assertThat(two.head()).containsIgnoringCase("sec-websocket-extensions");
            assertThat(three.head()).doesNotContainIgnoringCase("sec-websocket-extensions");
        }
        TestIngress.await(() -> server.outcomes.size() == 3);
        try (RawSocket four = RawSocket.open(server, "echo", offer)) {
            assertThat(four.head()).containsIgnoringCase("sec-websocket-extensions");
        }
    }

    @Test
    void aLargeTextIsSmallOnTheWay() throws Exception {
        server.deploy("text", ECHO.replace("ws.send(data)", "ws.send('x'.repeat(60_000))"));
        try (RawSocket socket = RawSocket.open(server, "text", "Sec-WebSocket-Extensions: permessage-deflate")) {
            socket.send("go");
            String start = socket.next(4);
            // Final, compressed, a text; its length in the next two bytes.
            assertThat(start).startsWith("c17e");
            assertThat(Integer.parseInt(start.substring(4), 16)).isLessThan(1000);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            permessage-deflate                                                  | permessage-deflate; server_no_context_takeover
            permessage-deflate; client_max_window_bits                          | permessage-deflate; server_no_context_takeover
            permessage-deflate; client_max_window_bits=10                       | permessage-deflate; client_max_window_bits=10; server_no_context_takeover
            permessage-deflate; server_max_window_bits=10                       | none
            permessage-deflate; server_max_window_bits=10, permessage-deflate   | permessage-deflate; server_no_context_takeover
            permessage-deflate; client_max_window_bits=many                     | none
            x-webkit-deflate-frame                                              | none
            permessage-deflate; unheard_of                                      | none
            permessage-deflate; client_no_context_takeover; server_no_context_takeover | permessage-deflate; client_no_context_takeover; server_no_context_takeover
            """)
    void anOfferIsTakenIfItCanBeKept(String offer, String answer) {
        assertThat(Frames.agree(1000, offer, new Share(1)).answer()).isEqualTo(answer);
    }
}
