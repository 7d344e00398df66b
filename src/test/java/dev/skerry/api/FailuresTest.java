package dev.skerry.api;

import static dev.skerry.api.Calls.as;
import static dev.skerry.api.Calls.client;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With limits of its own: who guesses tokens is not listened to for a while. */
@QuarkusTest
@TestProfile(FailuresTest.Few.class)
@QuarkusTestResource(TestServer.class)
class FailuresTest {
    /** Few wrong tokens are borne. */
    public static final class Few implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("skerry.api.failures", "3", "skerry.api.failure-window", "1h");
        }
    }

    @Test
    void tooManyDifferentWrongTokensCloseTheDoor() {
        for (int i = 0; i < 10; i++) {
            as("the same wrong one").get("/client/v4/user").then().statusCode(401);
        }
        client().get("/client/v4/user").then().statusCode(200);
        as("guess 2").get("/client/v4/user").then().statusCode(401);
        as("guess 3").get("/client/v4/user").then().statusCode(401);

        as("guess 4")
                .get("/client/v4/user")
                .then()
                .statusCode(429)
                .body("errors[0].code", equalTo(15007))
                .body("errors[0].message", containsString("skerry.api.failure-window"));
        // The right one is not told from a guess either.
        client().get("/client/v4/user").then().statusCode(429);
    }
}
