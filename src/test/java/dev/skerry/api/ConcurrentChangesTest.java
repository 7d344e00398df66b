package dev.skerry.api;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.TestServer.TOKEN;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.ingress.Ingress;
import dev.skerry.ingress.TestIngress;
import dev.skerry.model.Deployment;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSummary;
import dev.skerry.registry.Registry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Everybody changes everything at the same time, while requests flow. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ConcurrentChangesTest {
    private static final int SERVICES = 20;
    private static final int CHANGES = 200;
    private static final int CHANGERS = 8;
    private static final int CLIENTS = 4;
    private static final int SEED = 20261125;
    private static final String MODULE = "application/javascript+module";

    @Inject
    Ingress ingress;

    @Inject
    Registry registry;

    /** What each version that was made answers. */
    private final Map<VersionId, String> texts = new ConcurrentHashMap<>();

    /** How many deployments each environment must have. */
    private final Map<EnvironmentRef, AtomicInteger> deployments = new ConcurrentHashMap<>();

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void twoHundredDeploymentsPromotionsAndRollbacksAtOnceLoseNothingAndDropNoRequest() throws Exception {
        for (int service = 0; service < SERVICES; service++) {
            upload(production(service));
            upload(staging(service));
        }
        AtomicBoolean over = new AtomicBoolean();
        List<String> wrong = new CopyOnWriteArrayList<>();
        AtomicInteger answers = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(CHANGERS + CLIENTS)) {
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(SEED - client);
                clients.add(pool.submit(() -> {
                    while (!over.get()) {
                        ask(random.nextInt(SERVICES), wrong);
                        answers.incrementAndGet();
                    }
                }));
            }
            List<Future<?>> changes = IntStream.range(0, CHANGES)
                    .<Future<?>>mapToObj(i -> pool.submit(() -> change(new Random(SEED + i))))
                    .toList();
            try {
                for (Future<?> change : changes) {
                    change.get(5, TimeUnit.MINUTES);
                }
                // As many requests as changes, whoever is the faster.
                TestIngress.await(() -> answers.get() > CHANGES || !wrong.isEmpty());
            } finally {
                over.set(true);
            }
            for (Future<?> client : clients) {
                client.get(5, TimeUnit.MINUTES);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(answers).hasValueGreaterThan(CHANGES);
        for (int service = 0; service < SERVICES; service++) {
            history(production(service));
            history(staging(service));
            Deployment last = registry.deployments(production(service), 1).getFirst();
            assertThat(get(service).asString())
                    .as("service %d", service)
                    .isEqualTo(texts.get(last.shares().getFirst().version()));
        }
    }

    private void change(Random random) {
        int service = random.nextInt(SERVICES);
        switch (random.nextInt(4)) {
            case 0 -> upload(production(service));
            case 1 -> upload(staging(service));
            case 2 -> promote(service);
            default -> rollBack(production(service), random);
        }
    }

    private static EnvironmentRef production(int service) {
        return EnvironmentRef.of("storm-" + service, "production");
    }

    private static EnvironmentRef staging(int service) {
        return EnvironmentRef.of("storm-" + service, "staging");
    }

    private static RequestSpecification client() {
        return given().header("Authorization", "Bearer " + TOKEN);
    }

    private static String path(EnvironmentRef ref) {
        return A + "/workers/services/" + ref.service() + "/environments/" + ref.environment();
    }

    private void upload(EnvironmentRef ref) {
        String text = ref.service() + " " + made.incrementAndGet();
        String id = client().multiPart(
                        "metadata", "{\"main_module\":\"index.js\",\"compatibility_date\":\"2025-06-01\"}")
                .multiPart(
                        "index.js",
                        "index.js",
                        ("export default { fetch() { return new Response('" + text + "'); } };")
                                .getBytes(StandardCharsets.UTF_8),
                        MODULE)
                .put(path(ref))
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300))
                .extract()
                .path("result.deployment_id");
        texts.put(VersionId.parse(id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")), text);
        count(ref);
    }

    private void count(EnvironmentRef ref) {
        deployments.computeIfAbsent(ref, key -> new AtomicInteger()).incrementAndGet();
    }

    /** A version that is uploaded meanwhile may be the one that is promoted: its own code tells what it answers. */
    private void promote(int service) {
        String id = client().body("{\"from\":{\"environment\":\"staging\"}}")
                .post(path(production(service)) + "/promotions")
                .then()
                .statusCode(200)
                .extract()
                .path("result.version.id");
        Version version = registry.version(VersionId.parse(id)).orElseThrow();
        texts.put(
                version.id(), text(version.spec().code().mainModule().content().utf8()));
        count(production(service));
    }

    private static String text(String source) {
        return source.replaceFirst(".*'(.*)'.*", "$1");
    }

    private void rollBack(EnvironmentRef ref, Random random) {
        List<VersionSummary> versions = registry.versions(ref, 0, 100);
        VersionId id = versions.get(random.nextInt(versions.size())).id();
        client().body("{\"strategy\":\"percentage\",\"versions\":[{\"version_id\":\"" + id
                        + "\",\"percentage\":100}],\"annotations\":{\"workers/triggered_by\":\"rollback\"}}")
                .post(path(ref) + "/deployments")
                .then()
                .statusCode(200);
        count(ref);
    }

    private Response get(int service) {
        return given().baseUri("http://127.0.0.1")
                .port(ingress.address().port())
                .header("Host", production(service).service() + ".localhost")
                .get("/");
    }

    private void ask(int service, List<String> wrong) {
        Response response = get(service);
        String answer = response.statusCode() + " " + response.asString();
        if (!answer.matches("200 storm-" + service + " \\d+")) {
            wrong.add(service + ": " + answer);
        }
    }

    /** The versions are numbered without gap or double, the deployments are as many as were made, and each is of a version that is there. */
    private void history(EnvironmentRef ref) {
        List<VersionSummary> versions = registry.versions(ref, 0, 1000);
        assertThat(versions)
                .as("%s", ref)
                .extracting(VersionSummary::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, versions.size())
                        .mapToObj(i -> versions.size() + 1 - i)
                        .toList());
        List<Deployment> history = registry.deployments(ref, 1000);
        assertThat(history)
                .as("%s", ref)
                .hasSize(deployments.getOrDefault(ref, new AtomicInteger()).get());
        assertThat(history).extracting(Deployment::id).doesNotHaveDuplicates();
        assertThat(history)
                .allSatisfy(deployment -> assertThat(versions)
                        .extracting(VersionSummary::id)
                        .contains(deployment.shares().getFirst().version()));
        assertThat(client().get(path(ref) + "/deployments").<List<String>>path("result.deployments.id"))
                .containsExactlyElementsOf(
                        history.stream().map(Deployment::id).map(UUID::toString).toList());
    }
}
