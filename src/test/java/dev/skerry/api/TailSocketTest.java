package dev.skerry.api;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.TestServer.TOKEN;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.skerry.ingress.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A tail's WebSocket, with a client that reads when it is told to. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class TailSocketTest {
    private static final int EVENTS = 150;
    private static final Pattern LOST = Pattern.compile("\"message\":\"(\\d+) events were lost");

    @Inject
    Ingress ingress;

    /** Takes as many messages as it asks for, and no more. */
    private static final class Reader implements WebSocket.Listener {
        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public void onOpen(WebSocket socket) {}

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(partial.toString());
                partial.setLength(0);
            } else {
                socket.request(1);
            }
            return null;
        }
    }

    static {
        // Workers are told apart by their hostname, and no name server knows these.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private static RequestSpecification client() {
        return given().header("Authorization", "Bearer " + TOKEN);
    }

    private static String open(String filters) {
        return client().body("{\"filters\":" + filters + "}")
                .post(A + "/workers/scripts/watched/tails")
                .then()
                .statusCode(200)
                .extract()
                .path("result.url");
    }

    private static WebSocket connect(HttpClient http, String url, Reader reader) {
        WebSocket socket = http.newWebSocketBuilder()
                .subprotocols("trace-v1")
                .buildAsync(URI.create(url), reader)
                .join();
        assertThat(socket.getSubprotocol()).isEqualTo("trace-v1");
        return socket;
    }

    private HttpResponse<String> ask(HttpClient http) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + ingress.address().port() + "/"))
                        .header("Host", "watched.localhost")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aReaderThatDoesNotReadStopsNobodyAndIsToldWhatItLost() throws Exception {
        client().multiPart("metadata", "{\"main_module\":\"index.js\"}")
                .multiPart(
                        "index.js",
                        "index.js",
                        "export default { fetch() { console.log('x'.repeat(100000)); return new Response('here'); } }"
                                .getBytes(StandardCharsets.UTF_8),
                        "application/javascript+module")
                .put(A + "/workers/scripts/watched")
                .then()
                .statusCode(200);
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            Reader slow = new Reader();
            WebSocket socket = connect(http, open("[]"), slow);

            for (int i = 0; i < EVENTS; i++) {
                assertThat(ask(http).body()).isEqualTo("here");
            }

            assertThat(slow.messages).isEmpty();
            int heard = 0;
            int lost = 0;
            while (heard + lost < EVENTS) {
                socket.request(1);
                String message = slow.messages.poll(3, TimeUnit.MINUTES);
                assertThat(message)
                        .as("after %d events and %d lost ones", heard, lost)
                        .isNotNull();
                Matcher matcher = LOST.matcher(message);
                if (matcher.find()) {
                    lost += Integer.parseInt(matcher.group(1));
                } else {
                    heard++;
                }
            }
            assertThat(heard + lost).isEqualTo(EVENTS);
            assertThat(lost).isPositive();
        } finally {
            // It would wait for the WebSocket otherwise.
            http.shutdownNow();
        }
    }

    @Test
    void tailsAreForWorkersThatAreThereAndFiltersThatThereAre() {
        client().body("{\"filters\":[]}")
                .post(A + "/workers/scripts/nobody-at-all/tails")
                .then()
                .statusCode(404)
                .body("errors[0].code", equalTo(10007));
        client().multiPart("metadata", "{\"main_module\":\"index.js\"}")
                .multiPart(
                        "index.js",
                        "index.js",
                        "export default {}".getBytes(StandardCharsets.UTF_8),
                        "application/javascript+module")
                .put(A + "/workers/scripts/quiet")
                .then()
                .statusCode(200);
        client().body("{\"filters\":[{\"colour\":1}]}")
                .post(A + "/workers/scripts/quiet/tails")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("'colour'"));
        client().get("/client/v4/tails/0123456789abcdef").then().statusCode(404);
    }
}
