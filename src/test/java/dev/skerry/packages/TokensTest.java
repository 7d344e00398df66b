package dev.skerry.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import dev.skerry.api.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that sign, encrypt and make ids. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class TokensTest extends PackageTest {
    /** Answers with what it was asked. */
    private static final String MIRROR = """
            export default {
              async fetch(request) {
                return Response.json({ method: request.method, url: request.url, headers: Object.fromEntries(request.headers), body: await request.text() });
              },
            };
            """;

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "RS256", "PS384", "ES256", "ES512", "EdDSA"})
    void joseSignsAndVerifies(String algorithm) {
        packages.deploy("jose");
        if (algorithm.startsWith("HS")) {
            String token = json("jose", "{}").post("/issue").path("token");
            json("jose", "{\"token\":\"" + token + "\"}").post("/verify").then().body("n", equalTo(1));
            json("jose", "{\"token\":\"" + token + "\",\"audience\":\"me\"}")
                    .post("/verify")
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("ERR_JWT_CLAIM_VALIDATION_FAILED"))
                    .body("claim", equalTo("aud"));
            json("jose", "{\"token\":\"" + token + "x\"}")
                    .post("/verify")
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("ERR_JWS_SIGNATURE_VERIFICATION_FAILED"));
            return;
        }
        json("jose", "{\"alg\":\"" + algorithm + "\"}")
                .post("/sign")
                .then()
                .statusCode(200)
                .body("alg", equalTo(algorithm))
                .body("sub", equalTo("ada"))
                .body("scope", equalTo("read"))
                .body("changed", equalTo("ERR_JWS_SIGNATURE_VERIFICATION_FAILED"));
    }

    @ParameterizedTest
    @CsvSource({"dir,A256GCM", "RSA-OAEP-256,A256GCM", "ECDH-ES,A128CBC-HS256", "ECDH-ES+A128KW,A128GCM"})
    void joseEncryptsAndDecrypts(String algorithm, String encryption) {
        packages.deploy("jose");
        json("jose", "{\"alg\":\"" + algorithm + "\",\"enc\":\"" + encryption + "\"}")
                .post("/encrypt")
                .then()
                .statusCode(200)
                .body("text", equalTo("a message"));
    }

    @Test
    void josesThumbprintIsThatOfTheRfc() {
        packages.deploy("jose");
        json("jose", "{}")
                .post("/thumbprint")
                .then()
                .body("thumbprint", equalTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS512"})
    void cloudflareWorkerJwtSignsAndVerifies(String algorithm) {
        packages.deploy("cloudflare-worker-jwt");
        String at = "&alg=" + algorithm;
        String token =
                to("cloudflare-worker-jwt").get("/sign?exp=4102444800" + at).asString();
        String old =
                to("cloudflare-worker-jwt").get("/sign?exp=1000000000" + at).asString();
        to("cloudflare-worker-jwt")
                .header("Authorization", "Bearer " + token)
                .get("/verify?x" + at)
                .then()
                .body("header.alg", equalTo(algorithm))
                .body("header.kid", equalTo("k"))
                .body("payload.sub", equalTo("ada"))
                .body("verified", equalTo(true));
        to("cloudflare-worker-jwt")
                .header("Authorization", "Bearer " + token)
                .get("/verify?secret=other" + at)
                .then()
                .body("verified", equalTo(false));
        to("cloudflare-worker-jwt")
                .header("Authorization", "Bearer " + old)
                .get("/verify?x" + at)
                .then()
                .body("verified", equalTo(false))
                .body("error", equalTo("EXPIRED"));
    }

    @Test
    void aws4fetchSigns() {
        packages.deployText("aws-store", MIRROR);
        packages.deploy("aws4fetch", "{\"name\":\"STORE\",\"type\":\"service\",\"service\":\"aws-store\"}");
        to("aws4fetch")
                .get("/signature")
                .then()
                .body(equalTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                        + " SignedHeaders=content-type;host;x-amz-date,"
                        + " Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"));
        to("aws4fetch")
                .get("/query")
                .then()
                .body(startsWith("https://bucket.s3.eu-central-1.amazonaws.com/a%20b/%C3%BC.txt?x=1"))
                .body(containsString("X-Amz-Expires=60"))
                .body(matchesPattern(".*X-Amz-Signature=[0-9a-f]{64}.*"));
        to("aws4fetch")
                .get("/put")
                .then()
                .body("method", equalTo("PUT"))
                .body("body", equalTo("content"))
                .body("headers.'x-amz-date'", matchesPattern("\\d{8}T\\d{6}Z"))
                .body(
                        "headers.authorization",
                        allOf(
                                startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"),
                                containsString("/eu-central-1/s3/aws4_request")));
    }

    @Test
    void nanoidMakesIds() {
        packages.deploy("nanoid");
        List<String> ids = to("nanoid")
                .get("/")
                .then()
                .body("ids", everyItem(matchesPattern("[A-Za-z0-9_-]{21}")))
                .body("short", matchesPattern("[A-Za-z0-9_-]{5}"))
                .body("hex", matchesPattern("[0-9a-f]{12}"))
                .extract()
                .path("ids");
        assertThat(Set.copyOf(ids)).hasSize(200);
        Set<Integer> characters = new TreeSet<>();
        ids.forEach(id -> id.chars().forEach(characters::add));
        // 4,200 characters of 64 kinds: one that never comes would be a wonder.
        assertThat(characters).hasSize(64);
    }

    @Test
    void uuidMakesEachVersion() {
        packages.deploy("uuid");
        to("uuid")
                .get("/")
                .then()
                .body("versions", contains(1, 4, 6, 7))
                .body("valid", everyItem(equalTo(true)))
                // RFC 9562, appendices A.2 and A.4, and A.6.
                .body("v3", equalTo("5df41881-3aed-3515-88a7-2f4a814cf09e"))
                .body("v5", equalTo("2ed6657d-e927-568b-95e1-2665a8aea6a2"))
                .body("v7", startsWith("017f22e2-79b0-7"))
                .body("sorted", equalTo(true))
                .body("parsed", contains(0, 1, 2, 3, 4, 5, 0x46, 7, 0x88, 9, 10, 11, 12, 13, 14, 15))
                .body("refused", equalTo(false));
    }
}
