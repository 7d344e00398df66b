package dev.skerry.api;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.Uploads.client;
import static dev.skerry.api.Uploads.deploy;
import static dev.skerry.api.Uploads.form;
import static dev.skerry.api.Uploads.metadata;
import static dev.skerry.api.Uploads.text;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.skerry.ingress.Ingress;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Origin;
import dev.skerry.model.OwnLimits;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.Registry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What belongs to a worker besides its code: limits, secrets, bindings, addresses and schedules. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class WorkerSettingsTest {
    @Inject
    Ingress ingress;

    @Inject
    Registry registry;

    private String ask(String host) {
        return Calls.ask(ingress, host);
    }

    private Response post(String host, String body) {
        return given().baseUri("http://127.0.0.1")
                .port(ingress.address().port())
                .header("Host", host)
                .contentType("text/plain")
                .body(body)
                .post("/");
    }

    @Test
    void anUploadKeepsTheLimitsThatItDoesNotSpeakOf() {
        String settings = A + "/workers/scripts/limited/settings";
        EnvironmentRef ref = EnvironmentRef.of("limited", "production");
        deploy("limited", "one").statusCode(200);
        LimitOverrides own = OwnLimits.of("cpu=7s", "memory=64MB", "subrequests=7", "body=10B");
        VersionSpec first = registry.latest(ref).orElseThrow().spec();
        VersionSpec limited = new VersionSpec(
                first.code(),
                first.bindings(),
                first.compatibilityDate(),
                first.compatibilityFlags(),
                own,
                first.migrationTag());
        registry.publishAndDeploy(ref, limited, new Origin("tester", "test"), Map.of());

        deploy("limited", "two").statusCode(200);

        assertThat(registry.latest(ref).orElseThrow().spec().limits()).isEqualTo(own);
        client().get(settings)
                .then()
                .body("result.limits.cpu_ms", equalTo(7000))
                .body("result.limits.subrequests", equalTo(7));
        assertThat(post("limited.localhost", "01234567890").statusCode()).isEqualTo(413);

        form(metadata(",\"limits\":{\"cpu_ms\":9000}"), text("three"))
                .put(A + "/workers/scripts/limited")
                .then()
                .statusCode(200);

        assertThat(registry.latest(ref).orElseThrow().spec().limits())
                .isEqualTo(own.with(Optional.of(Duration.ofSeconds(9)), OptionalInt.empty()));
        assertThat(post("limited.localhost", "01234567890").statusCode()).isEqualTo(413);
        assertThat(post("limited.localhost", "0123456789").asString()).startsWith("three");

        form(metadata(",\"limits\":{}"), text("four"))
                .put(A + "/workers/scripts/limited")
                .then()
                .statusCode(200);
        client().get(settings).then().body("result.limits", nullValue());
    }

    @Test
    void secretsAreWriteOnlyAndChangeWhatServes() {
        deploy("guarded", "here");
        client().body("{\"name\":\"TOK\",\"text\":\"s3cret\",\"type\":\"secret_text\"}")
                .put(A + "/workers/scripts/guarded/secrets")
                .then()
                .statusCode(200);
        assertThat(ask("guarded.localhost")).isEqualTo("here s3cret");
        String all = client().get(A + "/workers/scripts/guarded/settings").asString();
        assertThat(all).contains("TOK").doesNotContain("s3cret");

        deploy("guarded", "there");
        assertThat(ask("guarded.localhost")).isEqualTo("there s3cret");

        client().contentType("application/merge-patch+json")
                .body(
                        "{\"secrets\":{\"TOK\":null,\"OTHER\":{\"name\":\"OTHER\",\"text\":\"x\",\"type\":\"secret_text\"}}}")
                .patch(A + "/workers/scripts/guarded/secrets-bulk")
                .then()
                .statusCode(200)
                .body("result.name", contains("OTHER"));
        assertThat(ask("guarded.localhost")).isEqualTo("there ");
        client().delete(A + "/workers/scripts/guarded/secrets/OTHER?url_encoded=true")
                .then()
                .statusCode(200);
        client().delete(A + "/workers/scripts/guarded/secrets/OTHER")
                .then()
                .statusCode(404)
                .body("errors[0].code", equalTo(10056));
    }

    @Test
    void aSecretDoesNotBringBackCodeThatWasRolledBack() {
        String first = deploy("careful", "old").extract().path("result.deployment_id");
        deploy("careful", "broken");
        client().body("{\"versions\":[{\"version_id\":\"" + first + "\",\"percentage\":100}]}")
                .post(A + "/workers/scripts/careful/deployments")
                .then()
                .statusCode(200);

        client().body("{\"name\":\"TOK\",\"text\":\"x\"}")
                .put(A + "/workers/scripts/careful/secrets")
                .then()
                .statusCode(200);

        assertThat(ask("careful.localhost")).isEqualTo("old x");
    }

    @Test
    void bindingsAreInheritedOrRefused() {
        form(metadata(",\"bindings\":[{\"name\":\"TOK\",\"type\":\"plain_text\",\"text\":\"kept\"}]"), text("a"))
                .put(A + "/workers/scripts/heir")
                .then()
                .statusCode(200);
        form(metadata(",\"bindings\":[{\"name\":\"TOK\",\"type\":\"inherit\"}]"), text("b"))
                .put(A + "/workers/scripts/heir?bindings_inherit=strict")
                .then()
                .statusCode(200);
        assertThat(ask("heir.localhost")).isEqualTo("b kept");
        form(metadata(",\"bindings\":[{\"name\":\"NONE\",\"type\":\"inherit\"}]"), text("c"))
                .put(A + "/workers/scripts/heir?bindings_inherit=strict")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(10057))
                .body("errors[0].message", containsString("NONE"));
        assertThat(ask("heir.localhost")).isEqualTo("b kept");
    }

    @Test
    void addressesAndSchedulesAreReplaced() {
        deploy("placed", "here");
        client().body("[{\"pattern\":\"example.com/shop*\",\"zone_name\":\"example.com\"}]")
                .put(A + "/workers/scripts/placed/routes")
                .then()
                .statusCode(200)
                .body("result.pattern", contains("example.com/shop*"));
        String zone = client().get("/client/v4/zones?name=example.com").path("result[0].id");
        client().get("/client/v4/zones/" + zone + "/workers/routes").then().body("result.script", contains("placed"));
        client().body("[{\"hostname\":\"app.example.com\"}]")
                .post(A + "/workers/scripts/placed/domains/changeset?replace_state=true")
                .then()
                .body("result.added.hostname", contains("app.example.com"))
                .body("result.conflicting", hasSize(0));
        client().body("{\"override_scope\":true,\"origins\":[{\"hostname\":\"app.example.com\"}]}")
                .put(A + "/workers/scripts/placed/domains/records")
                .then()
                .statusCode(200);
        assertThat(ask("app.example.com")).startsWith("here");
        client().body("[{\"cron\":\"*/5 * * * *\"}]")
                .put(A + "/workers/scripts/placed/schedules")
                .then()
                .statusCode(200);
        client().get(A + "/workers/scripts/placed/schedules")
                .then()
                .body("result.schedules.cron", contains("*/5 * * * *"));

        deploy("rival", "no");
        client().body("[{\"pattern\":\"example.com/shop*\"}]")
                .put(A + "/workers/scripts/rival/routes")
                .then()
                .statusCode(409)
                .body("errors[0].message", containsString("placed/production"));
        client().body("{\"enabled\":false}")
                .post(A + "/workers/scripts/placed/subdomain")
                .then()
                .statusCode(200);
        assertThat(ask("placed.localhost")).contains("No worker answers");
    }
}
