package dev.skerry.ingress;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.TestServer.TOKEN;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.api.TestServer;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Origin;
import dev.skerry.registry.Registry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code passThroughOnException()}. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class UpstreamTest {
    @Inject
    Ingress ingress;

    @Inject
    Registry registry;

    private HttpServer upstream;

    @BeforeEach
    void listen() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", UpstreamTest::echo);
        upstream.start();
    }

    @AfterEach
    void close() {
        upstream.stop(0);
    }

    private static void echo(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] answer = String.join(
                        " ",
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("Host"),
                        String.valueOf(exchange.getRequestHeaders().getFirst("X-Own")),
                        body)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("X-From", "upstream");
        exchange.sendResponseHeaders(203, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private void deploy(String service, String code, String to) {
        given().header("Authorization", "Bearer " + TOKEN)
                .multiPart("metadata", "{\"main_module\":\"index.js\",\"compatibility_date\":\"2025-06-01\"}")
                .multiPart(
                        "index.js", "index.js", code.getBytes(StandardCharsets.UTF_8), "application/javascript+module")
                .put(A + "/workers/scripts/" + service)
                .then()
                .statusCode(200);
        if (!to.isEmpty()) {
            registry.change(new Origin("api", "tester"), change -> {
                change.setSetting(EnvironmentRef.of(service, "production"), "upstream", "\"" + to + "\"");
                return service;
            });
        }
    }

    private String address() {
        return "http://127.0.0.1:" + upstream.getAddress().getPort();
    }

    private RequestSpecification to(String host) {
        return given().baseUri("http://127.0.0.1")
                .port(ingress.address().port())
                .header("Host", host);
    }

    private static final String FAILING = """
            export default {
              async fetch(request, env, ctx) {
                ctx.passThroughOnException();
                if (request.method === 'POST') await request.text();
                throw new Error('broken');
              }
            };""";

    @Test
    void aRequestWhoseWorkerThrowsGoesOnToTheUpstreamAsItCame() {
        deploy("passing", FAILING, address());

        Response get = to("passing.localhost").header("X-Own", "mine").get("/some/path?and=query");
        assertThat(get.statusCode()).isEqualTo(203);
        assertThat(get.header("X-From")).isEqualTo("upstream");
        assertThat(get.asString()).isEqualTo("GET /some/path?and=query passing.localhost mine ");
        assertThat(to("passing.localhost").body("the body").post("/").asString())
                .isEqualTo("POST / passing.localhost null the body");
        assertThat(to("passing.localhost").head("/").statusCode()).isEqualTo(203);
    }

    @Test
    void aWorkerThatDoesNotAskForItFailsAsEver() {
        deploy("proud", "export default { fetch() { throw new Error('broken'); } };", address());

        assertThat(to("proud.localhost").get("/").statusCode()).isEqualTo(500);
    }

    @Test
    void aWorkerThatAnswersIsNotPassedBy() {
        deploy(
                "well",
                "export default { fetch(request, env, ctx) { ctx.passThroughOnException(); return new Response('well'); } };",
                address());

        assertThat(to("well.localhost").get("/").asString()).isEqualTo("well");
    }

    @Test
    void withoutAnUpstreamOrOneThatAnswersTheClientHearsOfIt() {
        deploy("nowhere", FAILING, "");
        deploy("silent", FAILING, "http://127.0.0.1:1");
        deploy("wrong", FAILING, "no address");

        assertThat(to("nowhere.localhost").get("/").statusCode()).isEqualTo(500);
        assertThat(to("wrong.localhost").get("/").statusCode()).isEqualTo(502);
        Response silent = to("silent.localhost").get("/");
        assertThat(silent.statusCode()).isEqualTo(502);
        assertThat(silent.asString()).contains("its upstream does not answer");
    }

    @Test
    void aRequestThatComesRoundIsNotSentRoundAgain() {
        deploy("round", FAILING, "http://127.0.0.1:" + ingress.address().port());

        assertThat(to("round.localhost").get("/").statusCode()).isEqualTo(500);
    }
}
