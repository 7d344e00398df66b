package dev.skerry.api;

import static dev.skerry.api.Calls.as;
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
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.skerry.ingress.Ingress;
import dev.skerry.model.Origin;
import dev.skerry.model.Token.Scope;
import dev.skerry.registry.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class AccountTokensTest {
    private static final String JSON = "application/json";

    @Inject
    Ingress ingress;

    @Inject
    Tokens tokens;

    private static Response create(String body) {
        return client().contentType(JSON).body(body).post(A + "/tokens");
    }

    private static String token(String name, String scope, String pattern) {
        return create("{\"name\":\"" + name + "\",\"scope\":\"" + scope + "\",\"pattern\":\"" + pattern + "\"}")
                .then()
                .statusCode(201)
                .extract()
                .path("result.value");
    }

    private static void forbidden(Response response, String sentence) {
        response.then()
                .statusCode(403)
                .body("success", equalTo(false))
                .body("errors[0].code", equalTo(9109))
                .body("errors[0].message", containsString(sentence));
    }

    @Test
    void aTokenIsToldOnceListedAndRevoked() {
        Response made = create("{\"name\":\"ci of lists\",\"scope\":\"read\"}");
        made.then()
                .statusCode(201)
                .body("result.name", equalTo("ci of lists"))
                .body("result.pattern", equalTo("*"))
                .body("result.status", equalTo("active"))
                .body("result.expires_on", equalTo(null));
        String value = made.path("result.value");
        String id = made.path("result.id");
        as(value).get("/client/v4/user/tokens/verify").then().body("result.id", equalTo(id));
        as(value).get("/client/v4/user").then().body("result.email", equalTo("ci of lists@skerry"));
        assertThat(client().get(A + "/tokens").asString())
                .contains("ci of lists")
                .doesNotContain(value);

        client().delete(A + "/tokens/" + id).then().statusCode(200).body("result.name", equalTo("ci of lists"));

        as(value).get("/client/v4/user").then().statusCode(401).body("errors[0].code", equalTo(10000));
        client().delete(A + "/tokens/" + id).then().statusCode(404).body("errors[0].code", equalTo(15004));
    }

    @Test
    void anExpiredTokenIsToldSo() {
        String lasting = create("{\"name\":\"lasting\",\"scope\":\"read\",\"expires_on\":\""
                        + Instant.now().plus(Duration.ofHours(1)) + "\"}")
                .path("result.value");
        as(lasting).get("/client/v4/user/tokens/verify").then().statusCode(200);
        String value = tokens.create(
                        "short",
                        Scope.READ,
                        "*",
                        Optional.of(Instant.now().minusMillis(1)),
                        new Origin("api", "tester"))
                .text();
        as(value)
                .get("/client/v4/user")
                .then()
                .statusCode(401)
                .body("errors[0].code", equalTo(10000))
                .body("errors[0].message", containsString("the token 'short' has expired"));
        client().get(A + "/tokens").then().body("result.find { it.name == 'short' }.status", equalTo("expired"));
    }

    @Test
    void aReaderChangesNothing() {
        deploy("looked", "production", "one", "").then().statusCode(201);
        String reader = token("reader", "read", "*");
        as(reader)
                .get(A + "/workers/scripts/looked/versions")
                .then()
                .statusCode(200)
                .body("result.items", hasSize(1));
        forbidden(
                deploy(reader, "looked", "production", "two", ""),
                "The token 'reader' may read in '*'; it may not deploy in looked/production");
        forbidden(
                as(reader)
                        .contentType(JSON)
                        .body("{\"name\":\"S\",\"text\":\"x\"}")
                        .put(A + "/workers/scripts/looked/secrets"),
                "deploy in looked/production");
        forbidden(as(reader).delete(A + "/workers/services/looked"), "admin in all of looked");
        forbidden(
                as(reader).contentType(JSON).body("{\"name\":\"made\"}").post(A + "/workers/services"),
                "deploy in made/production");
        forbidden(as(reader).get(A + "/tokens"), "admin everywhere");
        forbidden(as(reader).get(A + "/workers/audit"), "admin everywhere");
        forbidden(
                as(reader).contentType(JSON).body("{\"title\":\"made\"}").post(A + "/storage/kv/namespaces"),
                "admin everywhere");
        assertThat(ask(ingress, "looked.localhost")).startsWith("one");
        client().get(A + "/workers/scripts/looked/versions").then().body("result.items", hasSize(1));
        client().get(A + "/workers/services/made").then().statusCode(404);
    }

    @Test
    void aDeployerChangesWhatMatchesItsPatternAndSeesThatAlone() {
        deploy("walled", "production", "one", "").then().statusCode(201);
        deploy("walled", "staging", "one", "").then().statusCode(201);
        deploy("beside", "production", "one", "").then().statusCode(201);
        String deployer = token("deployer", "deploy", "walled/st*");

        deploy(deployer, "walled", "staging", "two", "").then().statusCode(200);
        as(deployer)
                .get(A + "/workers/scripts/walled-staging/versions")
                .then()
                .body("result.items[0].metadata.author_id", equalTo("deployer"));
        deploy(deployer, "walled", "stage2", "new", "").then().statusCode(201);
        forbidden(deploy(deployer, "walled", "production", "two", ""), "deploy in walled/production");
        forbidden(deploy(deployer, "beside", "production", "two", ""), "deploy in beside/production");
        forbidden(deploy(deployer, "other", "production", "two", ""), "deploy in other/production");
        forbidden(as(deployer).get(A + "/workers/scripts/beside/settings"), "read in beside/production");
        forbidden(as(deployer).delete(environment("walled", "staging")), "admin in walled/staging");
        forbidden(
                as(deployer)
                        .contentType(JSON)
                        .body("{\"name\":\"dev\"}")
                        .post(A + "/workers/services/walled/environments"),
                "deploy in walled/dev");
        // A worker that becomes an environment by its tags does not leave what the token is for.
        String folder = token("folder", "deploy", "walled-eu");
        deploy(folder, "walled-eu", "production", "eu", "").then().statusCode(201);
        forbidden(
                as(folder)
                        .contentType(JSON)
                        .body("{\"tags\":[\"cf:service=walled\",\"cf:environment=eu\"]}")
                        .patch(A + "/workers/scripts/walled-eu/script-settings"),
                "deploy in walled/eu");

        as(deployer).get(A + "/workers/scripts").then().body("result.id", contains("walled-stage2", "walled-staging"));
        as(deployer).get(A + "/workers/services").then().body("result.id", contains("walled"));
        as(deployer)
                .get(A + "/workers/services/walled/environments")
                .then()
                .body("result.environment", contains("stage2", "staging"));
        as(deployer)
                .get(A + "/workers/services/walled")
                .then()
                .body("result.environments.environment", contains("stage2", "staging"));
        assertThat(ask(ingress, "walled.localhost")).startsWith("one");
        assertThat(ask(ingress, "beside.localhost")).startsWith("one");
        assertThat(ask(ingress, "staging.walled.localhost")).startsWith("two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "walls-mine/../walls-theirs",
                "walls-mine%2F..%2Fwalls-theirs",
                "walls-theirs%2Ftails",
                "walls-mine;/../walls-theirs",
                "/walls-theirs",
                "./walls-theirs",
                "walls%2Dtheirs",
                "walls-theirs;walls-mine",
            })
    void noSpellingOfAPathLeadsAroundAPattern(String spelled) {
        deploy("walls-theirs", "production", "one", "");
        String mine = token("mine " + spelled, "deploy", "walls-mine");
        int status = as(mine).urlEncodingEnabled(false)
                .contentType(JSON)
                .body("{\"name\":\"S\",\"text\":\"x\"}")
                .put("http://127.0.0.1:" + RestAssured.port + A + "/workers/scripts/" + spelled + "/secrets")
                .statusCode();
        assertThat(status).isBetween(400, 499);
        assertThat(ask(ingress, "walls-theirs.localhost")).isEqualTo("one V= S=");
    }

    @Test
    void whoClonesOrPromotesMustBeAllowedToAtBothEnds() {
        deploy("ends", "production", "live", variable("p") + "," + secret("live"))
                .then()
                .statusCode(201);
        deploy("ends", "dev", "dev", variable("d") + "," + secret("dev")).then().statusCode(201);
        String dev = token("dev alone", "deploy", "ends/d*");
        String looks = token("dev and a look", "deploy", "ends/production");

        // The clone's code could read production's secrets.
        forbidden(
                as(dev).contentType(JSON)
                        .body("{\"name\":\"dev2\"}")
                        .post(environment("ends", "production") + "/clone"),
                "read in ends/production");
        forbidden(
                as(looks)
                        .contentType(JSON)
                        .body("{\"name\":\"dev2\"}")
                        .post(environment("ends", "production") + "/clone"),
                "deploy in ends/dev2");
        as(dev).contentType(JSON)
                .body("{\"name\":\"dev3\"}")
                .post(environment("ends", "dev") + "/clone")
                .then()
                .statusCode(201);
        forbidden(
                as(dev).contentType(JSON)
                        .body("{\"from\":{\"environment\":\"dev\"}}")
                        .post(environment("ends", "production") + "/promotions"),
                "deploy in ends/production");
        forbidden(
                as(dev).contentType(JSON)
                        .body("{\"from\":{\"environment\":\"production\"},\"aspects\":[\"secrets\"]}")
                        .post(environment("ends", "dev") + "/promotions"),
                "deploy in ends/production");
        forbidden(
                as(dev).get(A + "/workers/versions/diff?from=ends/production&to=ends/dev"), "read in ends/production");
        assertThat(ask(ingress, "ends.localhost")).isEqualTo("live V=p S=live");
        assertThat(ask(ingress, "dev.ends.localhost")).isEqualTo("dev V=d S=dev");
        client().get(A + "/workers/services/ends/environments?search=dev2")
                .then()
                .body("result", hasSize(0));
    }

    @Test
    void anAdministratorOfOneServiceMakesNoTokens() {
        deploy("own", "production", "one", "").then().statusCode(201);
        String admin = token("own admin", "admin", "own");
        forbidden(
                as(admin)
                        .contentType(JSON)
                        .body("{\"name\":\"more\",\"scope\":\"admin\"}")
                        .post(A + "/tokens"),
                "admin everywhere");
        as(admin).get(A + "/workers/audit?service=own").then().statusCode(200).body("result.action", hasItem("deploy"));
        forbidden(as(admin).get(A + "/workers/audit?service=other"), "admin in all of other");
        forbidden(
                as(admin).contentType(JSON).body("{\"name\":\"others\"}").patch(A + "/workers/services/own"),
                "admin in all of others");
        as(admin).delete(A + "/workers/services/own").then().statusCode(200);
        client().get(A + "/tokens").then().body("result.name", not(hasItem("more")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|'name'",
                "{\"name\":\"x\"}|read, deploy or admin, not 'null'",
                "{\"name\":\"x\",\"scope\":\"root\"}|read, deploy or admin, not 'root'",
                "{\"name\":\"admin\",\"scope\":\"read\"}|cannot be named 'admin'",
                "{\"name\":\" \",\"scope\":\"read\"}|1 to 100 characters",
                "{\"name\":\"x\",\"scope\":\"read\",\"pattern\":\"a/b/c\"}|'a/b/c' does not say which environments",
                "{\"name\":\"x\",\"scope\":\"read\",\"expires_on\":\"2020-01-01T00:00:00Z\"}|has passed already",
            })
    void badTokensAreRefusedWithASentence(String body, String sentence) {
        List<String> before = client().get(A + "/tokens").path("result.name");
        create(body)
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(15000))
                .body("errors[0].message", containsString(sentence));
        client().get(A + "/tokens").then().body("result.name", equalTo(before));
    }

    @Test
    void aBodyThatIsNoTokenIsUnreadable() {
        create("{\"name\":\"x\",\"scope\":\"read\",\"expires_on\":\"tomorrow\"}")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(10026));
        create("[").then().statusCode(400).body("errors[0].code", equalTo(10026));
        token("taken", "read", "*");
        create("{\"name\":\"taken\",\"scope\":\"read\"}").then().statusCode(409).body("errors[0].code", equalTo(15001));
    }
}
