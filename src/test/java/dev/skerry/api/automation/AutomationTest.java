package dev.skerry.api.automation;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.TestServer.TOKEN;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.skerry.api.TestServer;
import dev.skerry.ingress.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Rollouts and schedules over the API, while real requests flow. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class AutomationTest {
    private static final String MODULE = "application/javascript+module";
    private static final long PATIENCE = 180_000_000_000L;

    @Inject
    Ingress ingress;

    private static RequestSpecification client() {
        return given().header("Authorization", "Bearer " + TOKEN);
    }

    private static RequestSpecification form(String code) {
        return client().multiPart("metadata", "{\"main_module\":\"index.js\",\"compatibility_date\":\"2025-06-01\"}")
                .multiPart("index.js", "index.js", code.getBytes(StandardCharsets.UTF_8), MODULE);
    }

    private static void deploy(String service, String code) {
        form(code).put(A + "/workers/scripts/" + service).then().statusCode(200);
    }

    private static String upload(String service, String code) {
        return form(code)
                .post(A + "/workers/scripts/" + service + "/versions")
                .then()
                .statusCode(200)
                .extract()
                .path("result.id");
    }

    private static String rollouts(String service) {
        return A + "/workers/services/" + service + "/environments/production/rollouts";
    }

    private Response ask(String service) {
        return given().baseUri("http://127.0.0.1")
                .port(ingress.address().port())
                .header("Host", service + ".localhost")
                .get("/");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("What was waited for did not come").isLessThan(deadline);
        }
    }

    private static Response view(String service, String id) {
        return client().get(rollouts(service) + "/" + id);
    }

    private static String begin(String service, String body) {
        return client().body(body)
                .post(rollouts(service))
                .then()
                .statusCode(200)
                .body("result.state", equalTo("running"))
                .extract()
                .path("result.id");
    }

    @Test
    void aVersionThatThrowsIsRolledBackByTheRequestsThatItGets() {
        deploy("careful", "export default { fetch() { return new Response('old'); } };");
        String next = upload("careful", "export default { fetch() { throw new Error('broken'); } };");
        String id = begin("careful", """
                {"version_id": "%s", "steps": [{"percentage": 50, "seconds": 600}], "max_error_percent": 20, "min_requests": 5}
                """.formatted(next));

        await(() -> {
            ask("careful");
            return !view("careful", id).path("result.state").equals("running");
        });

        view("careful", id)
                .then()
                .body("result.state", equalTo("rolled_back"))
                .body("result.reason", containsString("failed, more than the 20.0% that may"));
        for (int i = 0; i < 20; i++) {
            assertThat(ask("careful").asString()).isEqualTo("old");
        }
        client().get(A + "/workers/scripts/careful/deployments")
                .then()
                .body("result.deployments[0].annotations.'workers/triggered_by'", equalTo("rollout"))
                .body("result.deployments[0].annotations.'workers/message'", containsString("rolled back"));
    }

    @Test
    void aVersionThatDoesWellComesToServeAlone() {
        deploy("steady", "export default { fetch() { return new Response('old'); } };");
        String next = upload("steady", "export default { fetch() { return new Response('new'); } };");
        String id = begin("steady", """
                {"version_id": "%s", "steps": [{"percentage": 20, "seconds": 0.1}, {"percentage": 60, "seconds": 0.1}],
                 "max_error_percent": 1, "max_p99_ms": 30000, "min_requests": 3}
                """.formatted(next));

        await(() -> {
            ask("steady");
            return !view("steady", id).path("result.state").equals("running");
        });

        view("steady", id).then().body("result.state", equalTo("completed")).body("result.step", equalTo(2));
        assertThat(ask("steady").asString()).isEqualTo("new");
        client().get(rollouts("steady")).then().body("result.rollouts.id", contains(id));
    }

    @Test
    void oneThatRunsTellsWhatItHasSeenAndCanBeAborted() {
        deploy("patient", "export default { fetch() { return new Response('old'); } };");
        String next = upload("patient", "export default { fetch() { return new Response('new'); } };");
        String id = begin("patient", """
                {"version_id": "%s", "steps": [{"percentage": 100, "seconds": 600}], "max_error_percent": 1}
                """.formatted(next));
        assertThat(ask("patient").asString()).isEqualTo("new");

        // A request is counted when its event has ended, which may be after its answer.
        await(() -> view("patient", id).<Integer>path("result.seen.requests") >= 1);
        view("patient", id).then().body("result.seen.requests", equalTo(1)).body("result.min_requests", equalTo(50));
        client().delete(rollouts("patient") + "/" + id)
                .then()
                .statusCode(200)
                .body("result.state", equalTo("aborted"))
                .body("result.reason", equalTo("Aborted by admin"));

        assertThat(ask("patient").asString()).isEqualTo("old");
        client().delete(rollouts("patient") + "/" + id).then().statusCode(409);
    }

    @Test
    void whatIsNoRolloutIsRefusedWithASentence() {
        deploy("strict", "export default { fetch() { return new Response('old'); } };");
        String next = upload("strict", "export default { fetch() { return new Response('new'); } };");
        refused("{}", 400, "A rollout names 'version_id' and 'steps'");
        refused("{\"version_id\":\"x\",\"steps\":[]}", 400, "'x' is not the id of a version");
        String version = "{\"version_id\":\"" + next + "\",";
        refused(version + "\"steps\":[],\"max_error_percent\":1}", 400, "at least one step");
        refused(version + "\"steps\":[{\"percentage\":10,\"seconds\":5}]}", 400, "A rollout has a limit");
        refused(
                version
                        + "\"steps\":[{\"percentage\":10,\"seconds\":5},{\"percentage\":5,\"seconds\":5}],\"max_error_percent\":1}",
                400,
                "5.0 comes after 10.0");
        refused(version + "\"steps\":[{\"percentage\":101,\"seconds\":5}],\"max_error_percent\":1}", 400, "not 101.0");
        refused(
                "{\"version_id\":\"00000000-0000-0000-0000-000000000000\",\"steps\":[{\"percentage\":10,\"seconds\":5}],\"max_error_percent\":1}",
                404,
                "has no version 00000000");
        client().get(rollouts("strict")).then().statusCode(200).body("result.rollouts", hasSize(0));
        client().get(rollouts("nobody")).then().statusCode(404).body("errors[0].code", equalTo(10090));
        client().get(rollouts("strict") + "/00000000-0000-0000-0000-000000000000")
                .then()
                .statusCode(404);
    }

    private static void refused(String body, int status, String sentence) {
        client().body(body)
                .post(rollouts("strict"))
                .then()
                .statusCode(status)
                .body("errors[0].message", containsString(sentence));
    }

    @Test
    void aScheduledHandlerRunsWhenItIsToldTo() {
        deploy("jobs", """
                export default {
                  async scheduled(controller) {
                    if (controller.cron === 'fail') throw new RangeError('as told');
                  }
                };""");
        String run = A + "/workers/services/jobs/environments/production/schedules/run";
        client().body("{}").post(run).then().statusCode(400).body("errors[0].message", containsString("are: none"));
        client().body("[{\"cron\":\"0 12  * * MON\"}]")
                .put(A + "/workers/scripts/jobs/schedules")
                .then()
                .statusCode(200)
                .body("result.schedules[0].cron", equalTo("0 12 * * MON"));

        client().body("{\"scheduled_time\": 1764072000000}")
                .post(run)
                .then()
                .statusCode(200)
                .body("result.outcome", equalTo("ok"))
                .body("result.cron", equalTo("0 12 * * MON"))
                .body("result.scheduled_time", startsWith("2025-11-25T12:00:00"));
        client().body("{\"cron\": \"fail\"}")
                .post(run)
                .then()
                .statusCode(200)
                .body("result.outcome", equalTo("exception"))
                .body("result.error", startsWith("RangeError: as told"));
    }

    @Test
    void aScheduleThatIsNoneIsRefusedWithASentenceAndChangesNothing() {
        deploy("cron", "export default { scheduled() {} };");
        client().body("[{\"cron\":\"*/5 * * * *\"}]")
                .put(A + "/workers/scripts/cron/schedules")
                .then()
                .statusCode(200);

        client().body("[{\"cron\":\"0 25 * * *\"}]")
                .put(A + "/workers/scripts/cron/schedules")
                .then()
                .statusCode(400)
                .body("errors[0].message", equalTo("'0 25 * * *' is not a schedule: '25' is not an hour from 0 to 23"));

        client().get(A + "/workers/scripts/cron/schedules")
                .then()
                .body("result.schedules.cron", contains("*/5 * * * *"));
    }
}
