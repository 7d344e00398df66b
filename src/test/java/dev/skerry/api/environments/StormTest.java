package dev.skerry.api.environments;

import static dev.skerry.api.Calls.ask;
import static dev.skerry.api.Calls.client;
import static dev.skerry.api.Calls.code;
import static dev.skerry.api.Calls.deploy;
import static dev.skerry.api.Calls.environment;
import static dev.skerry.api.TestServer.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.api.TestServer;
import dev.skerry.ingress.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many change many services at once while requests flow. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class StormTest {
    private static final int SERVICES = 20;
    private static final int CHANGES = 200;
    private static final int AT_ONCE = 16;

    @Inject
    Ingress ingress;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void histories_have_no_gaps_and_every_request_is_answered_by_a_worker() throws Exception {
        for (int i = 0; i < SERVICES; i++) {
            deploy("storm" + i, "production", "first", "").then().statusCode(201);
            deploy("storm" + i, "staging", "first", "").then().statusCode(201);
        }
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<String> failures = new ArrayList<>();
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE + 1)) {
            Future<?> requests = threads.submit(() -> {
                for (int i = 0; !over.get(); i++) {
                    Response answer = ask(ingress, "storm" + i % SERVICES + ".localhost", "/");
                    answered.incrementAndGet();
                    if (answer.statusCode() != 200 || !answer.asString().contains(" V=")) {
                        failures.add(answer.statusCode() + " " + answer.asString());
                    }
                }
                return failures;
            });
            List<Callable<Integer>> changes = new ArrayList<>();
            for (int i = 0; i < CHANGES; i++) {
                int number = i;
                changes.add(() -> change(number));
            }
            for (Future<Integer> change : threads.invokeAll(changes)) {
                statuses.add(change.get());
            }
            over.set(true);
            requests.get();
        }

        assertThat(failures).isEmpty();
        assertThat(answered.get()).isGreaterThan(SERVICES);
        // A rollback may find that there is nothing to go back to.
        assertThat(statuses).allMatch(status -> status == 200 || status == 404);
        int deployments = 0;
        for (int i = 0; i < SERVICES; i++) {
            for (String name : List.of("production", "staging")) {
                List<Integer> numbers = client().get(environment("storm" + i, name) + "/versions?per_page=100")
                        .path("result.items.number");
                assertThat(numbers.reversed())
                        .isEqualTo(
                                IntStream.rangeClosed(1, numbers.size()).boxed().toList());
                deployments += client().get(environment("storm" + i, name) + "/deployments")
                        .<List<?>>path("result.deployments")
                        .size();
            }
        }
        assertThat(deployments)
                .isEqualTo(2 * SERVICES
                        + (int) statuses.stream()
                                .filter(status -> status == 200)
                                .count());
    }

    private int change(int number) throws IOException, InterruptedException {
        String service = "storm" + number % SERVICES;
        String production = environment(service, "production");
        return switch (number / SERVICES % 3) {
            case 0 ->
                send(
                        "PUT",
                        environment(service, "staging"),
                        "multipart/form-data; boundary=x",
                        "--x\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{\"main_module\":\"index.js\"}\r\n"
                                + "--x\r\nContent-Disposition: form-data; name=\"index.js\"; filename=\"index.js\"\r\n"
                                + "Content-Type: application/javascript+module\r\n\r\n" + code("change " + number)
                                + "\r\n--x--\r\n");
            case 1 ->
                send(
                        "POST",
                        production + "/promotions",
                        "application/json",
                        "{\"from\":{\"environment\":\"staging\"}}");
            default -> send("POST", production + "/rollback", "application/json", "{}");
        };
    }

    private int send(String method, String path, String type, String body) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                                .header("Authorization", "Bearer " + TOKEN)
                                .header("Content-Type", type)
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }
}
