package dev.skerry.api.kv;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.TestServer.TOKEN;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.skerry.api.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class KvApiTest {
    private static final String NAMESPACES = A + "/storage/kv/namespaces";

    private String namespace;

    private static RequestSpecification client() {
        return given().header("Authorization", "Bearer " + TOKEN).urlEncodingEnabled(false);
    }

    private static RequestSpecification json(Object body) {
        return client().contentType("application/json").body(body);
    }

    @BeforeEach
    void make() {
        namespace = NAMESPACES + "/" + created("test " + UUID.randomUUID());
    }

    private static String created(String title) {
        return json(Map.of("title", title))
                .post(NAMESPACES)
                .then()
                .statusCode(200)
                .body("result.title", equalTo(title))
                .body("result.supports_url_encoding", equalTo(true))
                .extract()
                .path("result.id");
    }

    @Test
    void namespacesAreMadeListedRenamedAndDeleted() {
        String title = "a " + UUID.randomUUID();
        String id = created(title);
        assertThat(id).matches("[0-9a-f]{32}");
        json(Map.of("title", title)).post(NAMESPACES).then().statusCode(400).body("errors[0].code", equalTo(10014));
        client().get(NAMESPACES + "?per_page=1000&order=title&direction=asc")
                .then()
                .statusCode(200)
                .body("result.title", hasItem(title))
                .body("result_info.page", equalTo(1));
        client().get(NAMESPACES + "?per_page=1000&page=2").then().body("result", hasSize(0));
        json(Map.of("title", title + "!"))
                .put(NAMESPACES + "/" + id)
                .then()
                .statusCode(200)
                .body("result.title", equalTo(title + "!"));
        client().get(NAMESPACES + "/" + id).then().body("result.title", equalTo(title + "!"));
        client().delete(NAMESPACES + "/" + id).then().statusCode(200);
        client().get(NAMESPACES + "/" + id).then().statusCode(404).body("errors[0].code", equalTo(10013));
        client().get(NAMESPACES + "/" + id + "/values/k").then().statusCode(404).body("errors[0].code", equalTo(10013));
        client().get(NAMESPACES + "?per_page=1000").then().body("result.id", not(hasItem(id)));
    }

    @Test
    void keysOfAnyUtf8ArePutReadAndDeleted() {
        for (String key :
                List.of("plain", "a/b c", "a//b", "é\u4e2d\ud83d\ude00", "100%", "a+b", "q?x=1&y#z", "x/../y")) {
            String path = namespace + "/values/" + encoded(key);
            client().body(("v of " + key).getBytes(StandardCharsets.UTF_8))
                    .put(path)
                    .then()
                    .statusCode(200);
            Response found = client().get(path);
            assertThat(found.statusCode()).as(key).isEqualTo(200);
            assertThat(new String(found.asByteArray(), StandardCharsets.UTF_8)).isEqualTo("v of " + key);
        }
        client().get(namespace + "/keys").then().body("result.name", hasSize(8)).body("result.name", hasItem("a//b"));
        client().delete(namespace + "/values/a%2Fb%20c").then().statusCode(200);
        missing(client().get(namespace + "/values/a%2Fb%20c").then());
    }

    @Test
    void keysThatAreTooLongOrBrokenAreRefusedInASentence() {
        client().get(namespace + "/values/" + "k".repeat(513))
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("513 exceeds key length limit of 512"));
        client().get(namespace + "/values/%ff").then().statusCode(400).body("success", equalTo(false));
    }

    @Test
    void bytesOfAnySizeComeBackAsTheyWerePut() {
        for (int size : List.of(0, 1, 1000, 300_000, 25 << 20)) {
            byte[] value = new byte[size];
            new Random(size).nextBytes(value);
            client().contentType("application/octet-stream")
                    .body(value)
                    .put(namespace + "/values/k")
                    .then()
                    .statusCode(200);
            assertThat(client().get(namespace + "/values/k").asByteArray()).isEqualTo(value);
        }
        client().body(new byte[(25 << 20) + 1])
                .put(namespace + "/values/k")
                .then()
                .statusCode(413)
                .body("errors[0].message", containsString("exceeds limit of 26214400"));
    }

    @Test
    void metadataAndExpirationComeWithAForm() {
        long soon = System.currentTimeMillis() / 1000 + 100;
        client().multiPart("value", "v1")
                .multiPart("metadata", "{\"m\": 1}")
                .put(namespace + "/values/k?expiration_ttl=100")
                .then()
                .statusCode(200);
        client().get(namespace + "/metadata/k").then().statusCode(200).body("result.m", equalTo(1));
        Response value = client().get(namespace + "/values/k");
        assertThat(value.asString()).isEqualTo("v1");
        assertThat(Long.parseLong(value.header("expiration"))).isBetween(soon - 1, soon + 60);
        client().get(namespace + "/keys")
                .then()
                .body("result[0].name", equalTo("k"))
                .body("result[0].metadata.m", equalTo(1));
        client().body("v").put(namespace + "/values/plain").then().statusCode(200);
        client().get(namespace + "/metadata/plain").then().statusCode(200).body("result", nullValue());
        missing(client().get(namespace + "/metadata/nothing").then());
        client().body("v")
                .put(namespace + "/values/k?expiration_ttl=10")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("Expiration TTL must be at least 60"));
    }

    @Test
    void keysAreListedByPrefixInPages() {
        json(IntStream.range(10, 35)
                        .mapToObj(i -> Map.of("key", "p/" + i, "value", "v"))
                        .toList())
                .put(namespace + "/bulk")
                .then()
                .statusCode(200)
                .body("result.successful_key_count", equalTo(25));
        client().body("v").put(namespace + "/values/q").then().statusCode(200);
        Response first = client().get(namespace + "/keys?prefix=p%2F&limit=20");
        first.then()
                .body("result", hasSize(20))
                .body("result[0].name", equalTo("p/10"))
                .body("result_info.count", equalTo(20));
        String cursor = first.path("result_info.cursor");
        assertThat(cursor).isNotEmpty();
        client().get(namespace + "/keys?prefix=p%2F&limit=20&cursor=" + cursor)
                .then()
                .body("result", hasSize(5))
                .body("result[4].name", equalTo("p/34"))
                .body("result_info.cursor", equalTo(""));
        client().get(namespace + "/keys?cursor=!").then().statusCode(400);
        client().get(namespace + "/keys?limit=1001").then().statusCode(400);
    }

    @Test
    void manyKeysArePutReadAndDeletedAtOnce() {
        json(List.of(
                        Map.of("key", "k1", "value", "v1", "expiration_ttl", 100),
                        Map.of("key", "k2", "value", "djI=", "base64", true, "metadata", Map.of("x", 1)),
                        Map.of("key", "k3", "value", "{\"a\":1}")))
                .put(namespace + "/bulk")
                .then()
                .statusCode(200)
                .body("result.successful_key_count", equalTo(3))
                .body("result.unsuccessful_keys", hasSize(0));
        json(Map.of("keys", List.of("k1", "k2", "nothing")))
                .post(namespace + "/bulk/get")
                .then()
                .statusCode(200)
                .body("result.values.k1", equalTo("v1"))
                .body("result.values.k2", equalTo("v2"))
                .body("result.values.nothing", nullValue());
        json(Map.of("keys", List.of("k3"), "type", "json", "withMetadata", true))
                .post(namespace + "/bulk/get")
                .then()
                .body("result.values.k3.value.a", equalTo(1))
                .body("result.values.k3.metadata", nullValue());
        client().get(namespace + "/metadata/k2").then().body("result.x", equalTo(1));
        json(List.of("k1", "nothing"))
                .delete(namespace + "/bulk")
                .then()
                .statusCode(200)
                .body("result.successful_key_count", equalTo(2));
        json(List.of("k2")).post(namespace + "/bulk/delete").then().statusCode(200);
        client().get(namespace + "/keys").then().body("result.name", contains("k3"));
    }

    @Test
    void oneWrongPairRefusesAll() {
        json(List.of(Map.of("key", "good", "value", "v"), Map.of("key", "bad", "value", "?", "base64", true)))
                .put(namespace + "/bulk")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("'bad' is not base64"));
        json(List.of(Map.of("key", "good", "value", "v"), Map.of("value", "v")))
                .put(namespace + "/bulk")
                .then()
                .statusCode(400);
        client().get(namespace + "/keys").then().body("result", hasSize(0));
    }

    @Test
    void aCloneHasWhatTheNamespaceHad() {
        client().body("v").put(namespace + "/values/k").then().statusCode(200);
        String clone = json(Map.of("title", "clone " + UUID.randomUUID()))
                .post(namespace + "/clone")
                .then()
                .statusCode(200)
                .extract()
                .path("result.id");
        client().body("changed").put(namespace + "/values/k").then().statusCode(200);
        assertThat(client().get(NAMESPACES + "/" + clone + "/values/k").asString())
                .isEqualTo("v");
    }

    private static void missing(ValidatableResponse response) {
        response.statusCode(404)
                .body("errors[0].code", equalTo(10009))
                .body("errors[0].message", containsString("key not found"));
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
