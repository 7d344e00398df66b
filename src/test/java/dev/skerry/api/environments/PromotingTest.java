package dev.skerry.api.environments;

import static dev.skerry.api.Calls.ask;
import static dev.skerry.api.Calls.client;
import static dev.skerry.api.Calls.deploy;
import static dev.skerry.api.Calls.environment;
import static dev.skerry.api.Calls.secret;
import static dev.skerry.api.Calls.variable;
import static dev.skerry.api.TestServer.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.skerry.api.TestServer;
import dev.skerry.ingress.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class PromotingTest {
    private static final String JSON = "application/json";

    @Inject
    Ingress ingress;

    private static Response promote(String service, String target, String body) {
        return client().contentType(JSON).body(body).post(environment(service, target) + "/promotions");
    }

    private static String from(String source, String more) {
        return "{\"from\":{\"environment\":\"" + source + "\"}" + more + "}";
    }

    private static void two(String service) {
        deploy(service, "production", "old", variable("live") + "," + secret("live"))
                .then()
                .statusCode(201);
        deploy(service, "staging", "new", variable("test") + "," + secret("test"))
                .then()
                .statusCode(201);
    }

    @Test
    void codeIsPromotedAndUndone() {
        two("lift");
        String id = promote("lift", "production", from("staging", ",\"annotations\":{\"workers/message\":\"go\"}"))
                .then()
                .statusCode(200)
                .body("result.dry_run", equalTo(false))
                .body("result.version.number", equalTo(2))
                .body("result.deployment.annotations.'workers/message'", equalTo("go"))
                .body("result.deployment.annotations.'workers/triggered_by'", equalTo("promotion"))
                .extract()
                .path("result.id");
        assertThat(ask(ingress, "lift.localhost")).isEqualTo("new V=live S=live");
        client().get(environment("lift", "production") + "/promotions")
                .then()
                .body("result.id", contains(id))
                .body("result[0].from", equalTo("lift/staging"))
                .body("result[0].undone", equalTo(false));

        client().post(environment("lift", "production") + "/promotions/" + id + "/undo")
                .then()
                .statusCode(200)
                .body("result.annotations.'workers/message'", equalTo("Promotion undone"));

        assertThat(ask(ingress, "lift.localhost")).isEqualTo("old V=live S=live");
        client().get(environment("lift", "production") + "/promotions").then().body("result.undone", contains(true));
        client().post(environment("lift", "production") + "/promotions/" + id + "/undo")
                .then()
                .statusCode(409)
                .body("errors[0].code", equalTo(15003));
        client().post(environment("lift", "staging") + "/promotions/" + id + "/undo")
                .then()
                .statusCode(404);
        client().get(environment("lift", "production") + "/deployments").then().body("result.deployments", hasSize(3));
    }

    @Test
    void eachAspectComesWhenItIsAskedFor() {
        two("pick");
        client().contentType(JSON)
                .body("[{\"pattern\":\"pick.example/*\"}]")
                .put(environment("pick", "staging") + "/routes")
                .then()
                .statusCode(200);
        promote("pick", "production", from("staging", ",\"aspects\":[\"variables\"]"))
                .then()
                .statusCode(200);
        assertThat(ask(ingress, "pick.localhost")).isEqualTo("new V=test S=live");
        assertThat(ask(ingress, "pick.example")).isEqualTo("new V=test S=test");

        String id = promote("pick", "production", from("staging", ",\"aspects\":[\"secrets\",\"routes\"]"))
                .then()
                .statusCode(200)
                .extract()
                .path("result.id");

        assertThat(ask(ingress, "pick.localhost")).isEqualTo("new V=test S=test");
        client().get(environment("pick", "production") + "/routes")
                .then()
                .body("result.pattern", contains("pick.example/*"));
        client().post(environment("pick", "production") + "/promotions/" + id + "/undo")
                .then()
                .statusCode(200);
        client().get(environment("pick", "staging") + "/routes")
                .then()
                .body("result.pattern", contains("pick.example/*"));
        assertThat(ask(ingress, "pick.localhost")).isEqualTo("new V=test S=live");
    }

    @Test
    void aDryRunTellsWhatWouldChangeAndBreakAndChangesNothing() {
        deploy("dry", "production", "old", "").then().statusCode(201);
        deploy("dry", "staging", "new", secret("needle")).then().statusCode(201);
        Response plan = promote("dry", "production", from("staging", ",\"dry_run\":true"));
        plan.then()
                .statusCode(200)
                .body("result.dry_run", equalTo(true))
                .body("result.id", equalTo(null))
                .body("result.plan.version.number", equalTo(1))
                .body("result.plan.diff.modules.name", contains("index.js"))
                .body("result.plan.breaks", contains("secret S is missing in dry/production"));
        assertThat(plan.asString()).doesNotContain("needle");
        promote("dry", "production", from("staging", ""))
                .then()
                .statusCode(409)
                .body("errors[0].code", equalTo(15003))
                .body("errors[0].message", containsString("secret S is missing in dry/production"));
        assertThat(ask(ingress, "dry.localhost")).isEqualTo("old V= S=");
        client().get(environment("dry", "production") + "/versions").then().body("result.items", hasSize(1));

        promote("dry", "production", from("staging", ",\"force\":true")).then().statusCode(200);

        assertThat(ask(ingress, "dry.localhost")).isEqualTo("new V= S=");
    }

    @Test
    void aVersionThatFailsItsSmokeRequestsTakesNoTraffic() {
        two("smoky");
        String smoke = ",\"smoke\":[{\"path\":\"/\",\"status\":200,\"text\":\"%s\"},{\"path\":\"%s\"}]";
        promote("smoky", "production", from("staging", smoke.formatted("V=nowhere", "/boom")))
                .then()
                .statusCode(409)
                .body("errors[0].message", containsString("GET / answered 200 without the text 'V=nowhere'"))
                .body("errors[0].message", containsString("GET /boom threw Error: boom"));
        assertThat(ask(ingress, "smoky.localhost")).startsWith("old");
        client().get(environment("smoky", "production") + "/deployments").then().body("result.deployments", hasSize(1));

        // It is asked with the target's own settings, before it serves.
        promote("smoky", "production", from("staging", smoke.formatted("new V=live S=live", "/ok")))
                .then()
                .statusCode(200);

        assertThat(ask(ingress, "smoky.localhost")).startsWith("new");
    }

    @Test
    void aChosenVersionIsPromoted() {
        two("chosen");
        String first =
                client().get(environment("chosen", "staging") + "/versions").path("result.items[0].id");
        deploy("chosen", "staging", "newer", variable("test") + "," + secret("test"))
                .then()
                .statusCode(200);
        promote("chosen", "production", from("staging", ",\"version_id\":\"" + first + "\""))
                .then()
                .statusCode(200);
        assertThat(ask(ingress, "chosen.localhost")).startsWith("new V");
    }

    @Test
    void aPipelineIsPromotedStepByStep() {
        two("piped");
        client().contentType(JSON)
                .body("{\"name\":\"dev\"}")
                .post(environment("piped", "staging") + "/clone")
                .then()
                .statusCode(201);
        String pipeline = A + "/workers/services/piped/pipeline";
        client().get(pipeline).then().statusCode(200).body("result.environments", hasSize(0));
        client().contentType(JSON)
                .body("{\"environments\":[\"dev\",\"staging\",\"production\"]}")
                .put(pipeline)
                .then()
                .statusCode(200);
        client().get(pipeline).then().body("result.environments", contains("dev", "staging", "production"));
        deploy("piped", "dev", "newest", variable("dev") + "," + secret("dev"))
                .then()
                .statusCode(200);

        client().contentType(JSON)
                .body(from("dev", ""))
                .post(pipeline + "/promotions")
                .then()
                .statusCode(200)
                .body("result.to", equalTo("piped/staging"));
        assertThat(ask(ingress, "staging.piped.localhost")).isEqualTo("newest V=test S=test");
        assertThat(ask(ingress, "piped.localhost")).startsWith("old");
        client().contentType(JSON)
                .body(from("staging", ""))
                .post(pipeline + "/promotions")
                .then()
                .statusCode(200);
        assertThat(ask(ingress, "piped.localhost")).isEqualTo("newest V=live S=live");
        client().contentType(JSON)
                .body(from("production", ""))
                .post(pipeline + "/promotions")
                .then()
                .statusCode(409)
                .body(
                        "errors[0].message",
                        containsString("No environment follows production in the pipeline of piped"));

        client().contentType(JSON)
                .body("{\"environments\":[\"dev\",\"dev\"]}")
                .put(pipeline)
                .then()
                .statusCode(400);
        client().contentType(JSON)
                .body("{\"environments\":[\"qa\"]}")
                .put(pipeline)
                .then()
                .statusCode(404);
        client().contentType(JSON).body("{}").put(pipeline).then().statusCode(400);
        client().get(pipeline).then().body("result.environments", hasSize(3));
        client().contentType(JSON)
                .body("{\"environments\":[]}")
                .put(pipeline)
                .then()
                .statusCode(200);
        client().get(pipeline).then().body("result.environments", hasSize(0));
    }
}
