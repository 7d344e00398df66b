package dev.skerry.api.environments;

import static dev.skerry.api.Calls.ask;
import static dev.skerry.api.Calls.client;
import static dev.skerry.api.Calls.code;
import static dev.skerry.api.Calls.deploy;
import static dev.skerry.api.Calls.environment;
import static dev.skerry.api.Calls.secret;
import static dev.skerry.api.Calls.variable;
import static dev.skerry.api.TestServer.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.skerry.api.TestServer;
import dev.skerry.ingress.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class EnvironmentsTest {
    private static final String JSON = "application/json";
    private static final String SERVICES = A + "/workers/services";

    @Inject
    Ingress ingress;

    private static Response post(String path, String body) {
        return client().contentType(JSON).body(body).post(path);
    }

    private static Response patch(String path, String body) {
        return client().contentType(JSON).body(body).patch(path);
    }

    @Test
    void servicesAreMadeSearchedRenamedAndDeleted() {
        post(SERVICES, "{\"name\":\"made-here\"}")
                .then()
                .statusCode(201)
                .body("result.name", equalTo("made-here"))
                .body("result.environments", contains("production"));
        post(SERVICES, "{\"name\":\"made-here\"}").then().statusCode(409).body("errors[0].code", equalTo(15001));
        post(SERVICES, "{\"name\":\"made-there\"}").then().statusCode(201);
        client().get(SERVICES + "?search=made-").then().body("result.id", contains("made-here", "made-there"));
        client().get(SERVICES + "?search=made-&per_page=1&page=2")
                .then()
                .body("result.id", contains("made-there"))
                .body("result_info.total_count", equalTo(2));
        client().get(SERVICES + "?search=nobody-has-this").then().body("result", hasSize(0));

        deploy("made-here", "production", "one", "").then().statusCode(200);
        patch(SERVICES + "/made-here", "{\"name\":\"made-anew\",\"redirect_seconds\":60}")
                .then()
                .statusCode(200)
                .body("result.name", equalTo("made-anew"));
        assertThat(ask(ingress, "made-anew.localhost")).startsWith("one");
        ask(ingress, "made-here.localhost", "/a?b")
                .then()
                .statusCode(307)
                .header("Location", startsWith("http://made-anew.localhost"))
                .header("Location", containsString("/a?b"));

        client().delete(SERVICES + "/made-anew").then().statusCode(200);
        client().get(SERVICES + "/made-anew").then().statusCode(404).body("errors[0].code", equalTo(10090));
        ask(ingress, "made-anew.localhost", "/").then().statusCode(404);
    }

    @Test
    void anEnvironmentIsMadeEmptyDeployedToRenamedAndDeleted() {
        deploy("town", "production", "one", "").then().statusCode(201);
        post(SERVICES + "/town/environments", "{\"name\":\"dev\"}")
                .then()
                .statusCode(201)
                .body("result.environment", equalTo("dev"))
                .body("result.url", startsWith("http://dev.town.localhost:"))
                .body("result.latest_version", equalTo(null))
                .body("result.deployment", equalTo(null));
        deploy("town", "dev", "two", "").then().statusCode(200);
        client().get(SERVICES + "/town/environments")
                .then()
                .body("result.environment", contains("production", "dev"))
                .body("result[1].latest_version.number", equalTo(1))
                .body("result[1].deployment.versions[0].percentage", equalTo(100.0f));
        String bound = "{\"name\":\"DEV\",\"type\":\"service\",\"service\":\"town\",\"environment\":\"dev\"}";
        deploy("binder", "production", "binds", bound).then().statusCode(201);

        patch(environment("town", "dev"), "{\"name\":\"test\"}").then().statusCode(200);

        assertThat(ask(ingress, "test.town.localhost")).startsWith("two");
        ask(ingress, "dev.town.localhost", "/").then().statusCode(404);
        client().get(A + "/workers/scripts/binder/bindings").then().body("result[0].environment", equalTo("test"));
        client().delete(environment("town", "test"))
                .then()
                .statusCode(409)
                .body("errors[0].code", equalTo(15002))
                .body("errors[0].message", containsString("DEV of binder/production"));
        assertThat(ask(ingress, "test.town.localhost")).startsWith("two");
        client().delete(environment("town", "test") + "?force=true").then().statusCode(200);
        ask(ingress, "test.town.localhost", "/").then().statusCode(404);
        client().delete(environment("town", "production"))
                .then()
                .statusCode(409)
                .body("errors[0].message", containsString("delete the service town instead"));
        assertThat(ask(ingress, "town.localhost")).startsWith("one");
    }

    @Test
    void aCloneHasCodeVariablesSecretsAndBindingsButNoRoutes() {
        deploy("orig", "production", "same", variable("v") + "," + secret("s"))
                .then()
                .statusCode(201);
        client().contentType(JSON)
                .body("[{\"pattern\":\"orig.example/*\"}]")
                .put(A + "/workers/scripts/orig/routes")
                .then()
                .statusCode(200);

        post(environment("orig", "production") + "/clone", "{\"name\":\"copy\"}")
                .then()
                .statusCode(201)
                .body("result.environment.environment", equalTo("copy"))
                .body("result.environment.routes", hasSize(0))
                .body("result.kv_namespaces", hasSize(0));

        assertThat(ask(ingress, "copy.orig.localhost")).isEqualTo("same V=v S=s");
        client().get(environment("orig", "copy") + "/versions")
                .then()
                .body("result.items[0].annotations.'skerry/cloned-from'", equalTo("orig/production 1"));
        client().get(environment("orig", "copy")).then().body("result.script.handlers", contains("fetch"));
        post(environment("orig", "production") + "/clone", "{\"name\":\"copy\"}")
                .then()
                .statusCode(409)
                .body("errors[0].code", equalTo(15001));
        post(SERVICES, "{\"name\":\"elsewhere\"}").then().statusCode(201);
        post(environment("orig", "copy") + "/clone", "{\"service\":\"elsewhere\",\"name\":\"blue\"}")
                .then()
                .statusCode(201);
        assertThat(ask(ingress, "blue.elsewhere.localhost")).isEqualTo("same V=v S=s");
    }

    @Test
    void aCloneMayHaveCopiesOfTheKvNamespaces() {
        String id =
                post(A + "/storage/kv/namespaces", "{\"title\":\"sessions\"}").path("result.id");
        String binding = "{\"name\":\"KV\",\"type\":\"kv_namespace\",\"namespace_id\":\"" + id + "\"}";
        deploy("keeper", "production", "kv", binding).then().statusCode(201);
        client().body("first")
                .put(A + "/storage/kv/namespaces/" + id + "/values/key")
                .then()
                .statusCode(200);

        post(environment("keeper", "production") + "/clone", "{\"name\":\"shared\"}")
                .then()
                .statusCode(201);
        String copy = post(
                        environment("keeper", "production") + "/clone",
                        "{\"name\":\"own\",\"copy_kv_namespaces\":true}")
                .then()
                .statusCode(201)
                .body("result.kv_namespaces.from", contains(id))
                .body("result.kv_namespaces.title", contains("sessions-keeper-own"))
                .extract()
                .path("result.kv_namespaces[0].id");
        client().body("second")
                .put(A + "/storage/kv/namespaces/" + id + "/values/key")
                .then()
                .statusCode(200);

        assertThat(copy).isNotEqualTo(id);
        assertThat(ask(ingress, "shared.keeper.localhost", "/kv").asString()).isEqualTo("second");
        assertThat(ask(ingress, "own.keeper.localhost", "/kv").asString()).isEqualTo("first");
        post(environment("keeper", "production") + "/clone", "{\"name\":\"own\",\"copy_kv_namespaces\":true}")
                .then()
                .statusCode(409);
        post(environment("keeper", "production") + "/clone", "{\"name\":\"x\",\"copy_durable_objects\":true}")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(15005))
                .body("errors[0].message", containsString("does not copy Durable Objects"));
        client().get(A + "/storage/kv/namespaces?per_page=100")
                .then()
                .body("result.title", hasItems("sessions", "sessions-keeper-own"))
                .body("result.title", not(hasItem("sessions-keeper-own-2")))
                .body("result.title", not(hasItem("sessions-keeper-x")));
    }

    @Test
    void versionsAreComparedAndTheirModulesRead() {
        deploy("diffed", "production", "one", variable("a") + "," + secret("needle-1"))
                .then()
                .statusCode(201);
        deploy("diffed", "production", "two", variable("b") + "," + secret("needle-2"))
                .then()
                .statusCode(200);
        post(environment("diffed", "production") + "/clone", "{\"name\":\"dev\"}")
                .then()
                .statusCode(201);

        Response diff = client().get(A + "/workers/versions/diff?from=diffed/production@1&to=diffed/dev");
        diff.then()
                .statusCode(200)
                .body("result.from.number", equalTo(1))
                .body("result.to.environment", equalTo("dev"))
                .body("result.diff.modules.name", contains("index.js"))
                .body(
                        "result.diff.modules[0].lines.findAll { it.mark == 'removed' }.text",
                        everyItem(containsString("'one V")))
                .body(
                        "result.diff.modules[0].lines.findAll { it.mark == 'added' }.text",
                        everyItem(containsString("'two V")))
                .body("result.diff.modules[0].lines.findAll { it.mark == 'same' }.size()", equalTo(7))
                .body("result.diff.bindings.name", contains("S", "V"))
                .body("result.diff.bindings[0].before.text", startsWith("fingerprint "))
                .body("result.diff.bindings[1].before.text", equalTo("a"))
                .body("result.diff.bindings[1].after.text", equalTo("b"));
        assertThat(diff.asString()).doesNotContain("needle");
        String latest =
                client().get(environment("diffed", "production") + "/versions").path("result.items[0].id");
        client().get(A + "/workers/versions/diff?from=" + latest + "&to=diffed/dev")
                .then()
                .body("result.diff.modules", hasSize(0))
                .body("result.diff.bindings", hasSize(0));

        client().get(environment("diffed", "production") + "/versions/" + latest)
                .then()
                .body("result.resources.bindings.find { it.name == 'V' }.text", equalTo("b"))
                .body("result.resources.bindings.find { it.name == 'S' }.text", equalTo(null));
        client().get(environment("diffed", "production") + "/versions/" + latest + "/modules")
                .then()
                .body("result.name", contains("index.js"))
                .body("result[0].main", equalTo(true))
                .body("result[0].size", equalTo(code("two").length()));
        Response module =
                client().get(environment("diffed", "production") + "/versions/" + latest + "/modules/index.js");
        assertThat(module.asString()).isEqualTo(code("two"));
        assertThat(module.contentType()).startsWith("application/javascript+module");
        client().get(environment("diffed", "production") + "/versions/" + latest + "/modules/none.js")
                .then()
                .statusCode(404);
        client().get(environment("diffed", "dev") + "/versions/" + latest + "/modules")
                .then()
                .statusCode(404);
    }

    @Test
    void trafficGoesBackToAnEarlierVersion() {
        deploy("waver", "production", "one", "").then().statusCode(201);
        deploy("waver", "production", "two", "").then().statusCode(200);
        post(environment("waver", "production") + "/rollback", "{\"message\":\"it broke\"}")
                .then()
                .statusCode(200)
                .body("result.annotations.'workers/message'", equalTo("it broke"))
                .body("result.annotations.'workers/triggered_by'", equalTo("rollback"));
        assertThat(ask(ingress, "waver.localhost")).startsWith("one");
        post(environment("waver", "production") + "/rollback", "{}")
                .then()
                .statusCode(404)
                .body("errors[0].message", containsString("No version older than 1"));
        String newest =
                client().get(environment("waver", "production") + "/versions").path("result.items[0].id");
        post(environment("waver", "production") + "/rollback", "{\"version_id\":\"" + newest + "\"}")
                .then()
                .statusCode(200);
        assertThat(ask(ingress, "waver.localhost")).startsWith("two");
    }

    @Test
    void aServiceHasAHundredEnvironments() {
        deploy("crowd", "production", "one", "").then().statusCode(201);
        for (int i = 0; i < 100; i++) {
            post(environment("crowd", "production") + "/clone", "{\"name\":\"e" + i + "\"}")
                    .then()
                    .statusCode(201);
        }
        client().get(SERVICES + "/crowd/environments?per_page=60&page=2")
                .then()
                .body("result", hasSize(41))
                .body("result_info.total_count", equalTo(101));
        assertThat(ask(ingress, "e99.crowd.localhost")).startsWith("one");
    }

    @Test
    void theLogSaysWhoDidWhatAndPages() {
        deploy("logged", "production", "one", "").then().statusCode(201);
        post(SERVICES + "/logged/environments", "{\"name\":\"dev\"}").then().statusCode(201);
        patch(environment("logged", "dev"), "{\"name\":\"test\"}").then().statusCode(200);

        client().get(A + "/workers/audit?service=logged&environment=test")
                .then()
                .statusCode(200)
                .body("result.action", contains("rename"))
                .body("result[0].author", equalTo("admin"))
                .body("result[0].before.name", equalTo("logged/dev"))
                .body("result[0].after.name", equalTo("logged/test"));
        client().get(A + "/workers/audit?service=logged")
                .then()
                .body("result.action", contains("rename", "create", "deploy", "publish", "create"));
        client().get(A + "/workers/audit?service=logged&per_page=2&page=2")
                .then()
                .body("result.action", contains("deploy", "publish"))
                .body("result_info.count", equalTo(2));
        client().get(A + "/workers/audit?service=logged&action=publish")
                .then()
                .body("result.action", contains("publish"));
        client().get(A + "/workers/audit?service=logged&author=nobody").then().body("result", hasSize(0));
        client().get(A + "/workers/audit?service=logged&until=2020-01-01T00:00:00Z")
                .then()
                .body("result", hasSize(0));
    }
}
