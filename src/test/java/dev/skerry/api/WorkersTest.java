package dev.skerry.api;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.TestServer.TOKEN;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.skerry.ingress.Ingress;
import dev.skerry.model.ByteSize;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Origin;
import dev.skerry.registry.Registry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class WorkersTest {
    private static final String MODULE = "application/javascript+module";

    @Inject
    Ingress ingress;

    @Inject
    Registry registry;

    private static RequestSpecification client() {
        return given().header("Authorization", "Bearer " + TOKEN).header("User-Agent", "wrangler/4.164.0");
    }

    private static RequestSpecification form(String metadata, String code) {
        return client().multiPart("metadata", metadata)
                .multiPart("index.js", "index.js", code.getBytes(java.nio.charset.StandardCharsets.UTF_8), MODULE);
    }

    private static String metadata(String more) {
        return "{\"main_module\":\"index.js\",\"compatibility_date\":\"2025-06-01\"" + more + "}";
    }

    private static String text(String text) {
        return "export default { fetch(request, env) { return new Response('" + text + " ' + (env.TOK ?? '')); } };";
    }

    private static ValidatableResponse deploy(String name, String text) {
        return form(metadata(",\"keep_bindings\":[\"secret_text\"]"), text(text))
                .put(A + "/workers/scripts/" + name)
                .then();
    }

    private static String upload(String name, String text) {
        return form(metadata(""), text(text))
                .post(A + "/workers/scripts/" + name + "/versions")
                .then()
                .statusCode(200)
                .extract()
                .path("result.id");
    }

    private String ask(String host) {
        return given().baseUri("http://127.0.0.1")
                .port(ingress.address().port())
                .header("Host", host)
                .get("/")
                .asString();
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
    void an_uploaded_worker_answers_at_its_hostname() {
        client().get(A + "/workers/services/first").then().statusCode(404).body("errors[0].code", equalTo(10090));
        client().get(A + "/workers/scripts/first/secrets")
                .then()
                .statusCode(404)
                .body("errors[0].code", equalTo(10007));

        deploy("first", "one")
                .statusCode(200)
                .body("result.id", equalTo("first"))
                .body("result.deployment_id", allOf(not(containsString("-"))))
                .body("result.handlers", contains("fetch"));

        assertThat(ask("first.localhost")).startsWith("one");
        client().get(A + "/workers/services/first")
                .then()
                .statusCode(200)
                .body("result.default_environment.script.last_deployed_from", equalTo("wrangler"))
                .body("result.default_environment.script.compatibility_date", equalTo("2025-06-01"))
                .body("result.environments.environment", contains("production"));
        client().get(A + "/workers/scripts").then().body("result.id", hasItem("first"));
        client().get(A + "/workers/workers/first")
                .then()
                .body("result.subdomain.url", containsString("http://first.localhost:"))
                .body("result.subdomain.preview_url_suffix", startsWith("-first.localhost:"));
    }

    @Test
    void an_upload_keeps_the_limits_that_it_does_not_speak_of() {
        String settings = A + "/workers/scripts/limited/settings";
        EnvironmentRef ref = EnvironmentRef.of("limited", "production");
        deploy("limited", "one").statusCode(200);
        LimitOverrides own = new LimitOverrides(
                Optional.of(Duration.ofMillis(700)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ByteSize.parse("64MB")),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(7),
                OptionalInt.empty(),
                Optional.of(ByteSize.parse("10B")),
                Optional.empty());
        registry.publishAndDeploy(
                ref, registry.latest(ref).orElseThrow().spec().withLimits(own), new Origin("tester", "test"), Map.of());

        deploy("limited", "two").statusCode(200);

        assertThat(registry.latest(ref).orElseThrow().spec().limits()).isEqualTo(own);
        client().get(settings)
                .then()
                .body("result.limits.cpu_ms", equalTo(700))
                .body("result.limits.subrequests", equalTo(7));
        assertThat(post("limited.localhost", "01234567890").statusCode()).isEqualTo(413);

        form(metadata(",\"limits\":{\"cpu_ms\":900}"), text("three"))
                .put(A + "/workers/scripts/limited")
                .then()
                .statusCode(200);

        assertThat(registry.latest(ref).orElseThrow().spec().limits())
                .isEqualTo(own.with(Optional.of(Duration.ofMillis(900)), OptionalInt.empty()));
        assertThat(post("limited.localhost", "01234567890").statusCode()).isEqualTo(413);
        assertThat(post("limited.localhost", "0123456789").asString()).startsWith("three");

        form(metadata(",\"limits\":{}"), text("four"))
                .put(A + "/workers/scripts/limited")
                .then()
                .statusCode(200);
        client().get(settings).then().body("result.limits", nullValue());
    }

    @Test
    void versions_are_uploaded_viewed_and_deployed_by_percentage() {
        deploy("shares", "one");
        String second = upload("shares", "two");
        client().get(A + "/workers/scripts/shares/versions?deployable=true")
                .then()
                .body("result.items.number", contains(2, 1))
                .body("result.items[0].metadata.has_preview", equalTo(true));
        client().get(A + "/workers/scripts/shares/versions/" + second)
                .then()
                .body("result.number", equalTo(2))
                .body("result.resources.script.handlers", contains("fetch"));
        assertThat(ask(second.substring(0, 8) + "-shares.localhost")).startsWith("two");
        assertThat(ask("shares.localhost")).startsWith("one");

        client().body("{\"strategy\":\"percentage\",\"versions\":[{\"version_id\":\"" + second
                        + "\",\"percentage\":100}],\"annotations\":{\"workers/message\":\"go\"}}")
                .post(A + "/workers/scripts/shares/deployments")
                .then()
                .statusCode(200)
                .body("result.versions[0].percentage", equalTo(100.0f));
        assertThat(ask("shares.localhost")).startsWith("two");
        client().get(A + "/workers/scripts/shares/deployments")
                .then()
                .body("result.deployments", hasSize(2))
                .body("result.deployments[0].annotations.'workers/message'", equalTo("go"));
        client().contentType("application/json")
                .body("{\"versions\":[{\"version_id\":\"" + second + "\",\"percentage\":40}]}")
                .post(A + "/workers/scripts/shares/deployments")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("add up to 100"));
    }

    @Test
    void secrets_are_write_only_and_change_what_serves() {
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
    void a_secret_does_not_bring_back_code_that_was_rolled_back() {
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
    void bindings_are_inherited_or_refused() {
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
    void environments_are_reached_by_path_and_by_the_name_that_clients_make() {
        deploy("svc", "production");
        form(metadata(""), text("staging"))
                .put(A + "/workers/services/svc/environments/staging")
                .then()
                .statusCode(201);
        form(metadata(""), text("staging 2"))
                .put(A + "/workers/services/svc/environments/staging")
                .then()
                .statusCode(200);
        assertThat(ask("staging.svc.localhost")).startsWith("staging 2");
        client().body("{\"enabled\":true}")
                .post(A + "/workers/services/svc/environments/staging/subdomain")
                .then()
                .statusCode(200);

        deploy("svc-staging", "by its other name").statusCode(200);

        assertThat(ask("staging.svc.localhost")).startsWith("by its other name");
        client().get(A + "/workers/services/svc")
                .then()
                .body("result.environments.environment", contains("production", "staging"));
        client().get(A + "/workers/services/svc/environments/nope")
                .then()
                .statusCode(404)
                .body("errors[0].code", equalTo(10092));
    }

    @Test
    void a_tagged_worker_becomes_an_environment() {
        deploy("shop", "production");
        String version = deploy("shop-dev", "development").extract().path("result.deployment_id");
        client().body("{\"tags\":[\"cf:service=shop\",\"cf:environment=dev\"]}")
                .patch(A + "/workers/scripts/shop-dev/script-settings")
                .then()
                .statusCode(200)
                .body("result.tags", hasItems("cf:environment=dev"));
        assertThat(ask("dev.shop.localhost")).startsWith("development");
        assertThat(ask("shop-dev.localhost")).contains("No worker answers");
        client().get(A + "/workers/scripts/shop-dev/versions/" + version).then().statusCode(200);
        client().delete(A + "/workers/services/shop-dev?force=false").then().statusCode(200);
        client().get(A + "/workers/services/shop")
                .then()
                .body("result.environments.environment", contains("production"));
    }

    @Test
    void addresses_and_schedules_are_replaced() {
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

    @Test
    void a_service_that_is_bound_to_is_deleted_by_force_alone() {
        deploy("auth", "auth");
        form(metadata(",\"bindings\":[{\"name\":\"AUTH\",\"type\":\"service\",\"service\":\"auth\"}]"), text("gate"))
                .put(A + "/workers/scripts/gate")
                .then()
                .statusCode(200);
        client().get(A + "/workers/scripts/auth/references")
                .then()
                .body("result.services.incoming.service", contains("gate"));
        client().delete(A + "/workers/services/auth?force=false")
                .then()
                .statusCode(409)
                .body("errors[0].message", containsString("AUTH of gate/production"));
        client().delete(A + "/workers/services/auth?force=true").then().statusCode(200);
        client().get(A + "/workers/services/auth").then().statusCode(404);
    }

    @Test
    void modules_come_back_as_they_were_sent() {
        deploy("readable", "text");
        client().get(A + "/workers/scripts/readable/content/v2")
                .then()
                .statusCode(200)
                .header("cf-entrypoint", "index.js")
                .header("Content-Type", startsWith("multipart/form-data; boundary="))
                .body(containsString(text("text")));
    }

    @Test
    void code_that_does_not_start_is_refused_with_its_place_and_changes_nothing() {
        deploy("stable", "good");
        form(metadata(""), "export default {\n  fetch() { return 1 ? ; }\n};")
                .put(A + "/workers/scripts/stable")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(10021))
                .body("errors[0].message", containsString("index.js:2:"));
        form(metadata(""), "import './missing.js'; export default {};")
                .put(A + "/workers/scripts/stable")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(10021))
                .body("errors[0].message", containsString("missing.js"));
        form(metadata(""), "null.x;")
                .put(A + "/workers/scripts/stable")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("TypeError"));
        form(metadata(",\"bindings\":[{\"name\":\"Q\",\"type\":\"queue\",\"queue_name\":\"jobs\"}]"), text("x"))
                .put(A + "/workers/scripts/stable")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(10021))
                .body("errors[0].message", containsString("'queue'"));
        form(metadata(",\"bindings\":[{\"name\":\"S\",\"type\":\"service\",\"service\":\"nobody\"}]"), text("x"))
                .put(A + "/workers/scripts/stable")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("'nobody', which does not exist"));
        assertThat(ask("stable.localhost")).startsWith("good");
        client().get(A + "/workers/scripts/stable/versions").then().body("result.items", hasSize(1));
    }

    @Test
    void bad_bodies_and_names_are_answered_with_sentences() {
        client().contentType("multipart/form-data; boundary=x")
                .body("--y\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .put(A + "/workers/scripts/bad")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(10026));
        form("{not json", text("x"))
                .put(A + "/workers/scripts/bad")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(10026));
        form("{\"main_module\":\"other.js\"}", text("x"))
                .put(A + "/workers/scripts/bad")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("other.js"));
        client().multiPart("metadata", metadata(""))
                .multiPart(
                        "index.js",
                        "../../index.js",
                        text("x").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        MODULE)
                .put(A + "/workers/scripts/bad")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("climbs out"));
        form(metadata(""), text("x"))
                .put(A + "/workers/scripts/Bad..Name")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("is not a name for a service"));
        client().get(A + "/workers/scripts/bad").then().statusCode(405);
        deploy("reader", "x");
        client().body("[{\"cron\":")
                .put(A + "/workers/scripts/reader/schedules")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(10026));
        client().body("null").put(A + "/workers/scripts/reader/secrets").then().statusCode(400);
        client().body("{\"name\":\"X\"}")
                .put(A + "/workers/scripts/reader/secrets")
                .then()
                .statusCode(400)
                .body("errors[0].message", endsWith("strings"));
    }
}
