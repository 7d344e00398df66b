package dev.skerry.api;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.Uploads.MODULE;
import static dev.skerry.api.Uploads.client;
import static dev.skerry.api.Uploads.deploy;
import static dev.skerry.api.Uploads.form;
import static dev.skerry.api.Uploads.metadata;
import static dev.skerry.api.Uploads.text;
import static dev.skerry.api.Uploads.upload;
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
import static org.hamcrest.Matchers.startsWith;

import dev.skerry.ingress.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Workers as wrangler uploads, views and deletes them. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class WorkersTest {
    @Inject
    Ingress ingress;

    private String ask(String host) {
        return Calls.ask(ingress, host);
    }

    @Test
    void anUploadedWorkerAnswersAtItsHostname() {
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
    void versionsAreUploadedViewedAndDeployedByPercentage() {
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
    void environmentsAreReachedByPathAndByTheNameThatClientsMake() {
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
    void aTaggedWorkerBecomesAnEnvironment() {
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
    void aServiceThatIsBoundToIsDeletedByForceAlone() {
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
    void modulesComeBackAsTheyWereSent() {
        deploy("readable", "text");
        client().get(A + "/workers/scripts/readable/content/v2")
                .then()
                .statusCode(200)
                .header("cf-entrypoint", "index.js")
                .header("Content-Type", startsWith("multipart/form-data; boundary="))
                .body(containsString(text("text")));
    }

    @Test
    void codeThatDoesNotStartIsRefusedWithItsPlaceAndChangesNothing() {
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
    void badBodiesAndNamesAreAnsweredWithSentences() {
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
