package dev.skerry.api;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.TestServer.ACCOUNT;
import static dev.skerry.api.TestServer.TOKEN;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class BaseTest {
    private static RequestSpecification client() {
        return given().header("Authorization", "Bearer " + TOKEN);
    }

    @Test
    void tellsWhoTheCallerIs() {
        client().get("/client/v4/user/tokens/verify").then().statusCode(200).body("result.status", equalTo("active"));
        client().get("/client/v4/user").then().statusCode(200).body("result.email", equalTo("admin@skerry"));
        client().get("/client/v4/accounts?page=1")
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("errors", hasSize(0))
                .body("messages", hasSize(0))
                .body("result.id", contains(ACCOUNT))
                .body("result_info.total_count", equalTo(1));
        client().get("/client/v4/accounts?page=2").then().body("result", hasSize(0));
        client().get("/client/v4/memberships?page=1").then().body("result.account.id", contains(ACCOUNT));
    }

    @Test
    void refusesCallsWithoutATokenOrWithAWrongOne() {
        given().get("/client/v4/user")
                .then()
                .statusCode(401)
                .body("success", equalTo(false))
                .body("errors[0].code", equalTo(10000))
                .body("errors[0].message", containsString("Authorization: Bearer TOKEN"))
                .body("result", equalTo(null));
        given().header("Authorization", "Bearer wrong")
                .get("/client/v4/user")
                .then()
                .statusCode(401)
                .body("errors[0].code", equalTo(10000));
    }

    @Test
    void noSpellingOfAPathLeadsAroundTheToken() {
        given().urlEncodingEnabled(false)
                .get("http://127.0.0.1:" + RestAssured.port + "/client/v4/accounts/x%2Fworkers%2Fassets%2Fupload")
                .then()
                .statusCode(401)
                .body("errors[0].code", equalTo(10000));
    }

    @Test
    void answersUnknownPathsInTheEnvelopeWithASentence() {
        client().get(A + "/workers/nothing/here")
                .then()
                .statusCode(404)
                .contentType("application/json")
                .body("errors[0].code", equalTo(7003))
                .body("errors[0].message", containsString("/workers/nothing/here"));
        client().get(A + "/r2/buckets/pictures")
                .then()
                .statusCode(404)
                .body("errors[0].message", containsString("R2 buckets are not part of Skerry"));
        client().delete("/client/v4/user").then().statusCode(405).body("errors[0].code", equalTo(15006));
    }

    @Test
    void knowsOneAccount() {
        client().get("/client/v4/accounts/ffffffffffffffffffffffffffffffff")
                .then()
                .statusCode(404)
                .body("errors[0].code", equalTo(7003))
                .body("errors[0].message", containsString(ACCOUNT));
    }

    @Test
    void leavesOtherPathsToOthers() {
        given().get("/q/health").then().statusCode(200);
    }
}
