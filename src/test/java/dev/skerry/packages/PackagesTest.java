package dev.skerry.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.skerry.api.TestServer;
import dev.skerry.ingress.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each package answers; the workers stand in {@code src/test/resources/packages}. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class PackagesTest {
    /** Answers with what it was asked. */
    private static final String MIRROR = """
            export default {
              async fetch(request) {
                return Response.json({ method: request.method, url: request.url, headers: Object.fromEntries(request.headers), body: await request.text() });
              },
            };
            """;

    @Inject
    Ingress ingress;

    private Packages packages = new Packages(0);

    @BeforeEach
    void open() {
        packages = new Packages(ingress.address().port());
    }

    private RequestSpecification to(String name) {
        return packages.to(name);
    }

    private RequestSpecification json(String name, String body) {
        return to(name).contentType("application/json").body(body);
    }

    @Test
    void honoRoutes() {
        packages.deploy("hono", "{\"name\":\"NAME\",\"type\":\"plain_text\",\"text\":\"world\"}");
        to("hono").get("/").then().statusCode(200).body(equalTo("hello world")).header("x-order", "outer");
        to("hono")
                .get("/api/books/12?tag=a&tag=b&q=x+y")
                .then()
                .body("id", equalTo(12))
                .body("tags", contains("a", "b"))
                .body("q", equalTo("x y"));
        to("hono").get("/api/books/twelve").then().statusCode(404).body(equalTo("nothing at /api/books/twelve"));
        to("hono").get("/sub/a").then().body(equalTo("sub none"));
        to("hono").get("/sub/a/b").then().body(equalTo("sub b"));
        to("hono").get("/files/a/b.txt").then().body(equalTo("/files/a/b.txt"));
        to("hono").delete("/either").then().body(equalTo("DELETE"));
        to("hono").get("/either").then().statusCode(404);
        to("hono").head("/").then().statusCode(200).body(emptyOrNullString());
        to("hono").get("/teapot").then().statusCode(418).body(equalTo("short and stout"));
        to("hono").get("/broken").then().statusCode(500).body(equalTo("failed: broken"));
        to("hono").get("/later").then().statusCode(204);
        to("hono").get("/page").then().contentType("text/html").body(equalTo("<p>&lt;b&gt;&amp;</p>"));
    }

    @Test
    void honosMiddlewareDoesItsWork() {
        packages.deploy("hono");
        to("hono")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "PUT")
                .options("/api/books/1")
                .then()
                .statusCode(204)
                .header("access-control-allow-origin", "https://app.example")
                .header("access-control-allow-methods", containsString("PUT"))
                .header("access-control-max-age", "600");
        to("hono").get("/private/page").then().statusCode(401).header("www-authenticate", startsWith("Basic"));
        to("hono")
                .auth()
                .preemptive()
                .basic("ada", "lovelace")
                .get("/private/page")
                .then()
                .body(equalTo("private"));
        String token = to("hono").get("/token").asString();
        to("hono")
                .header("Authorization", "Bearer " + token)
                .get("/jwt/claims")
                .then()
                .body("sub", equalTo("ada"));
        to("hono")
                .header("Authorization", "Bearer " + token + "x")
                .get("/jwt/claims")
                .then()
                .statusCode(401);
        String etag = to("hono")
                .get("/tagged")
                .then()
                .body(equalTo("tagged body"))
                .extract()
                .header("etag");
        to("hono").header("If-None-Match", etag).get("/tagged").then().statusCode(304);
        to("hono").get("/id").then().body(equalTo("request-1")).header("x-request-id", "request-1");
        to("hono").get("/secure").then().header("x-frame-options", "SAMEORIGIN");
    }

    @Test
    void honoReadsBodiesAndCookiesAndStreams() {
        packages.deploy("hono");
        json("hono", "{\"title\":\"Emma\"}")
                .post("/books")
                .then()
                .statusCode(201)
                .body("title", equalTo("Emma"));
        json("hono", "{}").post("/books").then().statusCode(422).body("error", equalTo("title must be a string"));
        json("hono", "{").post("/books").then().statusCode(400).body(containsString("Malformed JSON"));
        to("hono")
                .multiPart("name", "Ada")
                .multiPart("color", "red")
                .multiPart("color", "blue")
                .multiPart("file", "a.txt", "content".getBytes(StandardCharsets.UTF_8), "text/plain")
                .post("/form")
                .then()
                .body("name", equalTo("Ada"))
                .body("colors", contains("red", "blue"))
                .body("file", equalTo("a.txt text/plain content"));
        Response cookies = to("hono")
                .header("Cookie", "a=1; b=%20x; sent=forged.signature")
                .get("/cookies");
        cookies.then().body("all.a", equalTo("1")).body("all.b", equalTo(" x")).body("signed", nullValue());
        assertThat(cookies.headers().getValues("set-cookie"))
                .anyMatch(line -> line.equals("seen=yes; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax"))
                .anyMatch(line -> line.startsWith("signed=value."))
                .anyMatch(line -> line.startsWith("old=; Max-Age=0"));
        String signed = cookies.headers().getValues("set-cookie").stream()
                .filter(line -> line.startsWith("signed="))
                .map(line -> line.substring("signed=".length(), line.indexOf(';')))
                .findFirst()
                .orElseThrow();
        to("hono").header("Cookie", "sent=" + signed).get("/cookies").then().body("signed", equalTo("value"));
        to("hono").get("/stream").then().body(equalTo("0;1;2;"));
        to("hono")
                .get("/events")
                .then()
                .contentType("text/event-stream")
                .body(equalTo("event: tick\ndata: tick 1\nid: 1\n\nevent: tick\ndata: tick 2\nid: 2\n\n"));
    }

    @Test
    void ittyRouterRoutes() {
        packages.deploy("itty-router");
        to("itty-router").get("/").then().body(equalTo("\"text\""));
        to("itty-router")
                .get("/things/7?a=1&a=2&b=x")
                .then()
                .header("access-control-allow-origin", "https://app.example")
                .body("id", equalTo("7"))
                .body("query.a", contains("1", "2"))
                .body("query.b", equalTo("x"))
                .body("seen", contains("before"));
        to("itty-router").get("/greedy/a/b/c").then().body(equalTo("\"a/b/c\""));
        to("itty-router").get("/optional").then().statusCode(202).body("a", nullValue());
        to("itty-router").get("/page").then().contentType("text/html").body(equalTo("<p>page</p>"));
        json("itty-router", "{\"a\":[1]}").post("/content").then().body("got.a", contains(1));
        to("itty-router").get("/refused").then().statusCode(403).body("error", equalTo("refused"));
        to("itty-router").patch("/any").then().body(equalTo("\"PATCH\""));
        to("itty-router").get("/nowhere").then().statusCode(404).body("status", equalTo(404));
        to("itty-router")
                .header("Origin", "https://app.example")
                .options("/things/7")
                .then()
                .statusCode(204)
                .header("access-control-allow-origin", "https://app.example");
    }

    private static final String USER = """
            {"name":" Ada ","email":"ada@example.com","age":"36","address":{"street":"A","zip":"12345"},"site":null,"tags":["x"],"born":"1815-12-10"}""";

    @Test
    void zodParses() {
        packages.deploy("zod");
        json("zod", USER)
                .post("/user")
                .then()
                .statusCode(200)
                .body("name", equalTo("Ada"))
                .body("age", equalTo(36))
                .body("role", equalTo("reader"))
                .body("born", equalTo("1815-12-10T00:00:00.000Z"));
        json("zod", "{\"kind\":\"square\",\"side\":2}").post("/shape").then().body("side", equalTo(2));
        json("zod", "{\"value\":1,\"children\":[{\"value\":2,\"children\":[]}]}")
                .post("/tree")
                .then()
                .body("children[0].value", equalTo(2));
        json("zod", "\"free\"").post("/name").then().statusCode(200).body(equalTo("\"free\""));
        json("zod", "{\"a\":1,\"b\":true}").post("/record").then().body("b", equalTo(true));
        to("zod")
                .get("/schema")
                .then()
                .body("type", equalTo("object"))
                .body("required", contains("street", "zip"))
                .body("additionalProperties", equalTo(false))
                .body("properties.zip.pattern", equalTo("^\\d{5}$"));
    }

    @Test
    void zodTellsWhatIsWrong() {
        packages.deploy("zod");
        String wrong = """
                {"name":"A","email":"nobody","age":-1,"role":"king","address":{"street":"A","zip":"1","x":1},"site":"no url","tags":["a","b","c","d"]}""";
        json("zod", wrong)
                .post("/user")
                .then()
                .statusCode(422)
                .body("tree.properties.name.errors[0]", equalTo("Too small: expected string to have >=2 characters"))
                .body("tree.properties.email.errors[0]", equalTo("Invalid email address"))
                .body("tree.properties.age.errors[0]", equalTo("Too small: expected number to be >0"))
                .body("tree.properties.role.errors[0]", containsString("\"admin\"|\"reader\""))
                .body("tree.properties.address.errors[0]", containsString("Unrecognized key: \"x\""))
                .body("tree.properties.address.properties.zip.errors[0]", containsString("/^\\d{5}$/"))
                .body("tree.properties.site.errors[0]", equalTo("Invalid URL"))
                .body("tree.properties.tags.errors[0]", containsString("<=3"))
                .body("tree.properties.born.errors[0]", containsString("expected string, received undefined"))
                .body("text", containsString("→ at address.zip"));
        json("zod", USER.replace("\"age\":\"36\"", "\"age\":3,\"role\":\"admin\""))
                .post("/user")
                .then()
                .statusCode(422)
                .body("tree.properties.role.errors", contains("an admin must be of age"));
        json("zod", "{\"kind\":\"line\"}").post("/shape").then().statusCode(422);
        json("zod", "\"taken\"").post("/name").then().statusCode(422).body("tree.errors", contains("is taken"));
    }

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
    void superjsonKeepsTypes() {
        packages.deploy("superjson");
        String text = to("superjson").get("/").asString();
        assertThat(text).contains("\"Date\"", "\"bigint\"", "referentialEqualities");
        json("superjson", text)
                .post("/")
                .then()
                .body("date", equalTo("2020-02-02T00:00:00.000Z"))
                .body("map.size()", equalTo(2))
                .body("set", hasItem("x"))
                .body("big", equalTo("12345678901234567890"))
                .body("pattern", equalTo("/a+/gi"))
                .body("nothing", equalTo(true))
                .body("nan", equalTo(true))
                .body("minusZero", equalTo(true))
                .body("url", equalTo("https://example.com/?q=1"))
                .body("error", equalTo("wrong"))
                .body("money", equalTo(5))
                .body("bytes", contains(1, 2, 255))
                .body("same", equalTo(true));
    }

    @Test
    void toucanReportsAnErrorToSentry() {
        packages.deployText("sentry", """
                const seen = [];
                export default {
                  async fetch(request) {
                    if (request.method === 'GET') return new Response(seen.at(-1) ?? '');
                    seen.push(`${request.url}\\n${await request.text()}`);
                    return new Response('{}');
                  },
                };
                """);
        packages.deploy("toucan-js", "{\"name\":\"SENTRY\",\"type\":\"service\",\"service\":\"sentry\"}");
        String id = to("toucan-js")
                .header("x-asked", "yes")
                .header("x-other", "no")
                .get("/page?q=1")
                .then()
                .statusCode(500)
                .extract()
                .asString();
        assertThat(id).matches("[0-9a-f]{32}");
        String envelope = "";
        for (int tries = 0; envelope.isEmpty() && tries < 100; tries++) {
            envelope = to("sentry").get("/").asString();
        }
        String[] lines = envelope.split("\n", -1);
        assertThat(lines[0])
                .startsWith("https://sentry.example/api/42/envelope/?")
                .contains("sentry_key=key");
        var event = io.restassured.path.json.JsonPath.from(lines[3]);
        assertThat(event.getString("event_id")).isEqualTo(id);
        assertThat(event.getString("release")).isEqualTo("1.2.3");
        assertThat(event.getMap("tags")).isEqualTo(Map.of("area", "packages"));
        assertThat(event.getString("user.id")).isEqualTo("7");
        assertThat(event.getString("breadcrumbs[0].message")).isEqualTo("before it went wrong");
        assertThat(event.getString("exception.values[0].type")).isEqualTo("RangeError");
        assertThat(event.getString("exception.values[0].value")).isEqualTo("out of range");
        assertThat(event.getList("exception.values[0].stacktrace.frames.function", String.class))
                .last()
                .asString()
                .contains("guilty");
        assertThat(event.getString("request.url")).endsWith("/page");
        assertThat(event.getMap("request.headers"))
                .containsEntry("x-asked", "yes")
                .doesNotContainKey("x-other");
        assertThat(event.getInt("contexts.RangeError.limit")).isEqualTo(5);
    }

    @Test
    void chanfanaValidatesAndDescribes() {
        packages.deploy("chanfana");
        to("chanfana")
                .get("/tasks?page=2&done=true")
                .then()
                .statusCode(200)
                .body("page", equalTo(2))
                .body("tasks", hasSize(1))
                .body("tasks[0].name", equalTo("first"));
        to("chanfana")
                .get("/tasks?page=-1")
                .then()
                .statusCode(400)
                .body("success", equalTo(false))
                .body("errors[0].path", contains("query", "page"));
        json("chanfana", "{\"name\":\"write\"}")
                .post("/tasks")
                .then()
                .statusCode(201)
                .body("done", equalTo(false));
        json("chanfana", "{\"name\":\"\",\"due\":\"tomorrow\"}")
                .post("/tasks")
                .then()
                .statusCode(400)
                .body("errors", hasSize(2));
        to("chanfana").get("/tasks/first").then().body("done", equalTo(true));
        to("chanfana").get("/tasks/none").then().statusCode(404);
        to("chanfana")
                .get("/openapi.json")
                .then()
                .body("openapi", startsWith("3.1"))
                .body("info.title", equalTo("Tasks"))
                .body("paths.'/tasks'.get.summary", equalTo("Lists tasks"))
                .body("paths.'/tasks'.get.parameters.name", contains("page", "done"))
                .body("paths.'/tasks/{name}'.get.parameters[0].in", equalTo("path"))
                .body(
                        "paths.'/tasks'.post.requestBody.content.'application/json'.schema.properties.name.description",
                        equalTo("what is to be done"));
        to("chanfana").get("/docs").then().contentType("text/html").body(containsString("/openapi.json"));
    }

    @Test
    void graphqlYogaAnswersQueries() {
        packages.deploy("graphql-yoga", "{\"name\":\"GREETING\",\"type\":\"plain_text\",\"text\":\"Hello\"}");
        json(
                        "graphql-yoga",
                        "{\"query\":\"{ hello books(first: 1) { title author { name } } none: book(id: 9) { id } }\"}")
                .post("/graphql")
                .then()
                .statusCode(200)
                .body("data.hello", equalTo("Hello, you"))
                .body("data.books", hasSize(1))
                .body("data.books[0].author.name", equalTo("Jane"))
                .body("data.none", nullValue())
                .body("errors", nullValue());
        json("graphql-yoga", """
                {"query":"mutation Add($book: NewBook!) { add(book: $book) { id title } }","variables":{"book":{"title":"Ulysses","author":"James"}}}""").post("/graphql").then().body("data.add.title", equalTo("Ulysses"));
        json("graphql-yoga", "{\"query\":\"{ fails }\"}")
                .post("/graphql")
                .then()
                .body("errors[0].message", equalTo("it failed"))
                .body("errors[0].extensions.code", equalTo("FAILED"));
        json("graphql-yoga", "{\"query\":\"{ nothing }\"}")
                .post("/graphql")
                .then()
                .body("errors[0].message", equalTo("Cannot query field \"nothing\" on type \"Query\"."));
        to("graphql-yoga")
                .urlEncodingEnabled(true)
                .queryParam("query", "{ __schema { queryType { name } } }")
                .get("/graphql")
                .then()
                .body("data.__schema.queryType.name", equalTo("Query"));
        to("graphql-yoga")
                .urlEncodingEnabled(true)
                .queryParam("query", "subscription { count(to: 2) }")
                .accept("text/event-stream")
                .get("/graphql")
                .then()
                .contentType("text/event-stream")
                .body(containsString("data: {\"data\":{\"count\":1}}"))
                .body(containsString("data: {\"data\":{\"count\":2}}"));
        to("graphql-yoga")
                .accept("text/html")
                .get("/graphql")
                .then()
                .contentType("text/html")
                .body(containsString("GraphiQL"));
    }

    @Test
    void kvAssetHandlerServesAssets() {
        String namespace = Packages.client()
                .contentType("application/json")
                .body("{\"title\":\"packages-assets\"}")
                .post(TestServer.A + "/storage/kv/namespaces")
                .path("result.id");
        Map.of(
                        "index.0a1b.html", "<p>home</p>",
                        "app.2c3d.js", "let app;",
                        "docs/index.4e5f.html", "<p>docs</p>")
                .forEach((key, value) -> Packages.client()
                        .urlEncodingEnabled(false)
                        .body(value)
                        .put(TestServer.A + "/storage/kv/namespaces/" + namespace + "/values/"
                                + key.replace("/", "%2F"))
                        .then()
                        .statusCode(200));
        packages.deploy(
                "kv-asset-handler",
                "{\"name\":\"ASSETS\",\"type\":\"kv_namespace\",\"namespace_id\":\"" + namespace + "\"}");
        to("kv-asset-handler")
                .get("/")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("cache-control", "max-age=60")
                .body(equalTo("<p>home</p>"));
        to("kv-asset-handler")
                .get("/app.js")
                .then()
                .header("content-type", containsString("javascript"))
                .body(equalTo("let app;"));
        to("kv-asset-handler").get("/docs/").then().body(equalTo("<p>docs</p>"));
        to("kv-asset-handler").head("/app.js").then().statusCode(200).body(emptyOrNullString());
        to("kv-asset-handler").get("/nowhere.png").then().statusCode(404).body(equalTo("no such asset"));
        to("kv-asset-handler").get("/deep/route?spa").then().body(equalTo("<p>home</p>"));
        to("kv-asset-handler").post("/app.js").then().statusCode(405);
    }
}
