package dev.skerry.api;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.TestServer.TOKEN;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.skerry.ingress.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Static files, from the upload to the answer. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class AssetsTest {
    private static final String WORKER = """
            export default {
              async fetch(request, env) {
                const url = new URL(request.url);
                if (url.pathname === '/via') return env.ASSETS.fetch(new URL('/style.css', url));
                return new Response('worker ' + url.pathname);
              },
            };
            """;

    @Inject
    Ingress ingress;

    private static RequestSpecification client() {
        return given().header("Authorization", "Bearer " + TOKEN);
    }

    private static String hash(String content) {
        return dev.skerry.model.Bytes.utf8(content).sha256().substring(0, 32);
    }

    private static JsonPath begin(String worker, Map<String, String> files) {
        String manifest = files.entrySet().stream()
                .map(file -> "\"%s\":{\"hash\":\"%s\",\"size\":%d}"
                        .formatted(
                                file.getKey(),
                                hash(file.getValue()),
                                file.getValue().getBytes(StandardCharsets.UTF_8).length))
                .collect(Collectors.joining(","));
        return client().contentType("application/json")
                .body("{\"manifest\":{" + manifest + "}}")
                .post(A + "/workers/scripts/" + worker + "/assets-upload-session")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static RequestSpecification files(String jwt, List<String> contents, String type) {
        RequestSpecification form = given().header("Authorization", "Bearer " + jwt);
        for (String content : contents) {
            form = form.multiPart(
                    hash(content),
                    hash(content),
                    Base64.getEncoder().encode(content.getBytes(StandardCharsets.UTF_8)),
                    type);
        }
        return form;
    }

    /** Uploads what the server lacks; the token for the version. */
    private static String upload(String worker, Map<String, String> files) {
        JsonPath begun = begin(worker, files);
        String jwt = begun.getString("result.jwt");
        List<List<String>> buckets = begun.getList("result.buckets");
        for (List<String> bucket : buckets) {
            List<String> wanted = files.values().stream()
                    .filter(content -> bucket.contains(hash(content)))
                    .distinct()
                    .toList();
            jwt = files(jwt, wanted, "text/plain; charset=utf-8")
                    .post(A + "/workers/assets/upload?base64=true")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("result.jwt");
        }
        return jwt;
    }

    private static ValidatableResponse deploy(String worker, String jwt, String config, boolean withWorker) {
        String assets = "\"assets\":{\"jwt\":\"" + jwt + "\",\"config\":{" + config + "}}";
        RequestSpecification form = withWorker
                ? client().multiPart(
                                "metadata",
                                "{\"main_module\":\"index.js\",\"compatibility_date\":\"2025-06-01\",\"bindings\":[{\"name\":\"ASSETS\",\"type\":\"assets\"}],"
                                        + assets + "}")
                        .multiPart(
                                "index.js",
                                "index.js",
                                WORKER.getBytes(StandardCharsets.UTF_8),
                                "application/javascript+module")
                : client().multiPart("metadata", "{\"compatibility_date\":\"2025-06-01\"," + assets + "}");
        return form.put(A + "/workers/scripts/" + worker).then();
    }

    private RequestSpecification at(String worker) {
        return given().baseUri("http://127.0.0.1")
                .port(ingress.address().port())
                .header("Host", worker + ".localhost")
                .redirects()
                .follow(false);
    }

    private static Map<String, String> site() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("/index.html", "<h1>home</h1>");
        files.put("/about.html", "<h1>about</h1>");
        files.put("/style.css", "body{}");
        files.put("/a b/ü.txt", "umlaut");
        files.put("/404.html", "<h1>not here</h1>");
        return files;
    }

    @Test
    void filesAnswerBeforeTheWorker() {
        deploy(
                        "sited",
                        upload("sited", site()),
                        "\"_headers\":\"/*\\n  X-Site: yes\",\"_redirects\":\"/old/* /:splat 301\"",
                        true)
                .statusCode(200);

        at("sited")
                .get("/")
                .then()
                .statusCode(200)
                .body(equalTo("<h1>home</h1>"))
                .header("X-Site", "yes");
        at("sited").get("/about.html?x=1").then().statusCode(307).header("Location", "/about?x=1");
        at("sited").get("/old/about").then().statusCode(301).header("Location", "/about");
        at("sited").urlEncodingEnabled(false).get("/a%20b/%C3%BC.txt").then().body(equalTo("umlaut"));
        at("sited").get("/nothing").then().statusCode(200).body(equalTo("worker /nothing"));
        at("sited").get("/via").then().statusCode(200).body(equalTo("body{}")).header("X-Site", "yes");
        at("sited").post("/about").then().statusCode(405);
        at("sited").header("Sec-Fetch-Mode", "navigate").get("/nothing").then().body(equalTo("worker /nothing"));
    }

    @Test
    void aFileHasATagATypeAndRanges() {
        deploy("tagged", upload("tagged", site()), "", true).statusCode(200);

        Response whole = at("tagged").get("/style.css");
        whole.then()
                .header("Content-Type", "text/plain; charset=utf-8")
                .header("Cache-Control", "public, max-age=0, must-revalidate");
        String tag = whole.header("ETag");
        assertThat(tag).isEqualTo('"' + hash("body{}") + '"');
        at("tagged")
                .header("If-None-Match", "W/" + tag)
                .get("/style.css")
                .then()
                .statusCode(304)
                .body(equalTo(""));
        at("tagged").header("If-None-Match", "\"x\"").get("/style.css").then().statusCode(200);
        at("tagged").head("/style.css").then().statusCode(200).header("Content-Length", "6");
        at("tagged")
                .header("Range", "bytes=1-3")
                .get("/style.css")
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 1-3/6")
                .body(equalTo("ody"));
        at("tagged")
                .header("Range", "bytes=9-")
                .get("/style.css")
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */6");
        at("tagged")
                .header("Range", "bytes=1-3")
                .header("If-Range", "\"other\"")
                .get("/style.css")
                .then()
                .statusCode(200)
                .body(equalTo("body{}"));
    }

    @Test
    void theWorkerGoesFirstWhereItIsToldTo() {
        String jwt = upload("ahead", site());
        deploy("ahead", jwt, "\"run_worker_first\":true", true).statusCode(200);
        at("ahead").get("/style.css").then().body(equalTo("worker /style.css"));

        deploy(
                        "ahead",
                        jwt,
                        "\"run_worker_first\":[\"/st*\",\"!/style.css\"],\"not_found_handling\":\"404-page\"",
                        true)
                .statusCode(200);
        at("ahead").get("/style.css").then().body(equalTo("body{}"));
        at("ahead").get("/stick").then().body(equalTo("worker /stick"));
        at("ahead").get("/nothing").then().statusCode(404).body(equalTo("<h1>not here</h1>"));
    }

    @Test
    void navigationsOfABrowserGetThePageOfASinglePageApplication() {
        deploy("spa", upload("spa", site()), "\"not_found_handling\":\"single-page-application\"", true)
                .statusCode(200);

        at("spa").header("Sec-Fetch-Mode", "navigate").get("/some/view").then().body(equalTo("<h1>home</h1>"));
        at("spa").get("/some/data").then().body(equalTo("worker /some/data"));
    }

    @Test
    void filesNeedNoWorker() {
        deploy("alone", upload("alone", site()), "\"not_found_handling\":\"404-page\"", false)
                .statusCode(200);

        at("alone").get("/about").then().statusCode(200).body(equalTo("<h1>about</h1>"));
        at("alone").get("/nothing").then().statusCode(404).body(equalTo("<h1>not here</h1>"));
        deploy("bound-to-alone", upload("bound-to-alone", Map.of("/x", "x")), "", false)
                .statusCode(200);
        at("bound-to-alone").get("/nothing").then().statusCode(404).body(equalTo(""));
    }

    @Test
    void anotherWorkerReachesFilesByItsServiceBinding() {
        deploy("filed", upload("filed", site()), "", false).statusCode(200);
        client().multiPart(
                        "metadata",
                        "{\"main_module\":\"index.js\",\"bindings\":[{\"name\":\"FILED\",\"type\":\"service\",\"service\":\"filed\"}]}")
                .multiPart(
                        "index.js",
                        "index.js",
                        "export default { fetch: (r, env) => env.FILED.fetch(r) }".getBytes(StandardCharsets.UTF_8),
                        "application/javascript+module")
                .put(A + "/workers/scripts/caller")
                .then()
                .statusCode(200);

        at("caller").get("/about").then().statusCode(200).body(equalTo("<h1>about</h1>"));
    }

    @Test
    void onlyWhatTheServiceLacksIsUploaded() {
        Map<String, String> files = site();
        deploy("again", upload("again", files), "", true).statusCode(200);
        assertThat(begin("again", files).getList("result.buckets")).isEmpty();

        files.put("/new.txt", "new");
        assertThat(begin("again", files).getList("result.buckets")).isEqualTo(List.of(List.of(hash("new"))));
        assertThat(begin("stranger", files).getList("result.buckets[0]"))
                .as("another service has nothing of it")
                .hasSize(6);
    }

    @Test
    void aSecretAndKeptAssetsLeaveTheFilesAsTheyAre() {
        deploy("kept", upload("kept", site()), "", true).statusCode(200);
        client().body("{\"name\":\"S\",\"text\":\"s\",\"type\":\"secret_text\"}")
                .put(A + "/workers/scripts/kept/secrets")
                .then()
                .statusCode(200);
        at("kept").get("/about").then().body(equalTo("<h1>about</h1>"));

        client().multiPart("metadata", "{\"main_module\":\"index.js\",\"keep_assets\":true}")
                .multiPart(
                        "index.js",
                        "index.js",
                        WORKER.getBytes(StandardCharsets.UTF_8),
                        "application/javascript+module")
                .put(A + "/workers/scripts/kept")
                .then()
                .statusCode(200);
        at("kept").get("/about").then().body(equalTo("<h1>about</h1>"));

        client().multiPart("metadata", "{\"main_module\":\"index.js\"}")
                .multiPart(
                        "index.js",
                        "index.js",
                        WORKER.getBytes(StandardCharsets.UTF_8),
                        "application/javascript+module")
                .put(A + "/workers/scripts/kept")
                .then()
                .statusCode(200);
        at("kept").get("/about").then().body(equalTo("worker /about"));
    }

    @Test
    void wrongUploadsAreRefusedAndChangeNothing() {
        String jwt = upload("refused", site());
        deploy("refused", jwt, "", true).statusCode(200);

        given().header("Authorization", "Bearer " + TOKEN)
                .multiPart("x", "x")
                .post(A + "/workers/assets/upload?base64=true")
                .then()
                .statusCode(401)
                .body("errors[0].code", equalTo(10000));
        files(jwt, List.of("not in the manifest"), "text/plain")
                .post(A + "/workers/assets/upload?base64=true")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("is not one of this upload's manifest"));
        String unfinished = begin("refused", Map.of("/x", "never uploaded")).getString("result.jwt");
        deploy("refused", unfinished, "", true)
                .statusCode(400)
                .body("errors[0].code", equalTo(10021))
                .body("errors[0].message", containsString("'/x' was not uploaded"));
        deploy("refused", jwt + "x", "", true).statusCode(400).body("errors[0].code", equalTo(10021));
        deploy("refused", jwt, "\"html_handling\":\"some\"", true)
                .statusCode(400)
                .body("errors[0].message", containsString("There is no html handling 'some'"));
        deploy("refused", jwt, "\"_redirects\":\"/a\"", true)
                .statusCode(400)
                .body("errors[0].code", equalTo(10021))
                .body("errors[0].message", containsString("Line 1 of _redirects"));
        for (String path : List.of("x", "/../x", "/a//b", "/a\\\\b", "/a\\u0000")) {
            client().contentType("application/json")
                    .body("{\"manifest\":{\"" + path + "\":{\"hash\":\"" + hash("x") + "\",\"size\":1}}}")
                    .post(A + "/workers/scripts/refused/assets-upload-session")
                    .then()
                    .statusCode(400)
                    .body("errors[0].message", containsString("A static file's path begins with a slash"));
        }
        client().contentType("application/json")
                .body("{\"manifest\":{\"/x\":{\"hash\":\"" + hash("x") + "\",\"size\":30000000}}}")
                .post(A + "/workers/scripts/refused/assets-upload-session")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("skerry.assets.file"));

        client().get(A + "/workers/scripts/refused/versions").then().body("result.items", hasSize(1));
        at("refused").get("/about").then().body(equalTo("<h1>about</h1>"));
    }
}
