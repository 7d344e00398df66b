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
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be is answered with its status, code and sentence, and the worker that was there stays as it was. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class BadInputTest {
    private static final String MODULE = "application/javascript+module";
    private static final String GOOD = "export default { fetch: () => new Response('good') };";
    private static final String SCRIPT = A + "/workers/scripts/sound";
    private static final String METADATA =
            "--x\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{\"main_module\":\"index.js\"}\r\n";
    private static final int MEGABYTE = 1024 * 1024;

    @Inject
    Ingress ingress;

    private static RequestSpecification client() {
        return given().header("Authorization", "Bearer " + TOKEN);
    }

    private static RequestSpecification form(String metadata) {
        return client().multiPart("metadata", metadata);
    }

    private static RequestSpecification module(RequestSpecification form, String name, String code) {
        return form.multiPart("module", name, code.getBytes(StandardCharsets.UTF_8), MODULE);
    }

    private static ValidatableResponse put(String more, String code) {
        return module(form("{\"main_module\":\"index.js\"" + more + "}"), "index.js", code)
                .put(SCRIPT)
                .then();
    }

    private static ValidatableResponse raw(String contentType, String body) {
        RequestSpecification request = client().body(body.getBytes(StandardCharsets.UTF_8));
        return (contentType.isEmpty() ? request : request.header("Content-Type", contentType))
                .put(SCRIPT)
                .then();
    }

    private int versions() {
        return client().get(SCRIPT + "/versions?per_page=100")
                .jsonPath()
                .getList("result.items")
                .size();
    }

    private int before;

    @BeforeEach
    void deploy() {
        put("", GOOD).statusCode(200);
        before = versions();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(versions()).isEqualTo(before);
        assertThat(given().baseUri("http://127.0.0.1")
                        .port(ingress.address().port())
                        .header("Host", "sound.localhost")
                        .get("/")
                        .asString())
                .isEqualTo("good");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "multipart/form-data | --x | has no boundary",
                "multipart/form-data; boundary=x | `` | the boundary 'x' is not in it",
                "multipart/form-data; boundary=x | --y--\\r\\n | the boundary 'x' is not in it",
                "multipart/form-data; boundary=x | --x\\r\\nContent-Disposition: form-data; name=\"metadata\"\\r\\n\\r\\n{} | ends in the middle of a part",
                "multipart/form-data; boundary=x | --x\\r\\n | ends in the middle of a part",
                "multipart/form-data; boundary=x | --x?\\r\\n\\r\\n--x-- | a boundary is followed by something else",
                "multipart/form-data; boundary=x | --x\\r\\nContent-Type: a/b\\r\\n\\r\\n{}\\r\\n--x-- | a part has no name",
                "multipart/form-data; boundary=x | --x-- | has no part 'metadata'",
                "multipart/form-data; boundary=x | --x\\r\\nContent-Disposition: form-data; name=\"metadata\"\\r\\n\\r\\n[1]\\r\\n--x-- | is not a JSON object",
                "multipart/form-data; boundary=x | --x\\r\\nContent-Disposition: form-data; name=\"metadata\"\\r\\n\\r\\n{\"a\\r\\n--x-- | is not JSON",
                "application/json | {} | is not multipart/form-data",
                "text/plain | hello | is not multipart/form-data"
            })
    void malformedForms(String contentType, String body, String sentence) {
        raw(contentType, body == null ? "" : body.replace("\\r\\n", "\r\n"))
                .statusCode(400)
                .contentType("application/json")
                .body("success", equalTo(false))
                .body("errors[0].code", equalTo(10026))
                .body("errors[0].message", containsString(sentence));
    }

    @Test
    void bodiesAboveTheLimitOfTheServer() throws Exception {
        HttpResponse<String> answer = upload(new byte[49 * MEGABYTE]);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).contains("\"code\":10027", "quarkus.http.limits.max-body-size");
    }

    @Test
    void scriptsAboveTheirLimit() throws Exception {
        byte[] padding = new byte[30 * MEGABYTE];
        Arrays.fill(padding, (byte) '/');
        HttpResponse<String> answer = upload(
                METADATA.getBytes(StandardCharsets.UTF_8),
                part("index.js", GOOD + "//").replaceFirst("\r\n$", "").getBytes(StandardCharsets.UTF_8),
                padding,
                "\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":10021", "skerry.limits.script");
    }

    /** A large body, which REST-assured would take its time with. */
    private static HttpResponse<String> upload(byte[]... parts) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + SCRIPT))
                            .header("Authorization", "Bearer " + TOKEN)
                            .header("Content-Type", "multipart/form-data; boundary=x")
                            .PUT(HttpRequest.BodyPublishers.concat(Stream.of(parts)
                                    .map(HttpRequest.BodyPublishers::ofByteArray)
                                    .toArray(HttpRequest.BodyPublisher[]::new)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "export default {\\n  fetch() { return ?; }\\n}; | index.js:2:",
                "const a = 1;\\n\\nconst a = 2; | index.js:3:",
                "import './missing.js'; export default {}; | missing.js",
                "import 'left-pad'; export default {}; | left-pad",
                "throw new RangeError('at start'); | Uncaught RangeError: at start"
            })
    void codeThatDoesNotStart(String code, String sentence) {
        put("", code.replace("\\n", "\n"))
                .statusCode(400)
                .body("errors[0].code", equalTo(10021))
                .body("errors[0].message", containsString(sentence));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"X\",\"type\":\"d1\",\"id\":\"1\"} | is of the type 'd1', which Skerry does not have",
                "{\"name\":\"X\",\"type\":\"r2_bucket\",\"bucket_name\":\"b\"} | 'r2_bucket'",
                "{\"name\":\"X\",\"type\":\"constructor\"} | 'constructor'",
                "{\"name\":\"X\"} | Binding X has no type",
                "{\"type\":\"json\",\"json\":1} | has no 'name'",
                "{\"name\":\"\",\"type\":\"json\",\"json\":1} | 1 to 255 characters",
                "{\"name\":\"__proto__\",\"type\":\"json\",\"json\":{}} | '__proto__' cannot be a binding's name",
                "{\"name\":\"X\",\"type\":\"plain_text\"} | Binding X has no 'text'",
                "{\"name\":\"X\",\"type\":\"plain_text\",\"text\":1} | Binding X has no 'text'",
                "{\"name\":\"X\",\"type\":\"kv_namespace\",\"namespace_id\":\"0123456789abcdef0123456789abcdef\"} | which does not exist",
                "{\"name\":\"X\",\"type\":\"service\",\"service\":\"nobody\"} | 'nobody', which does not exist",
                "{\"name\":\"X\",\"type\":\"service\",\"service\":\"No.Body\"} | is not a name for a service",
                "{\"name\":\"X\",\"type\":\"assets\"} | static files, of which there are none",
                "{\"name\":\"X\",\"type\":\"json\",\"json\":1},{\"name\":\"X\",\"type\":\"json\",\"json\":2} | Two bindings are named 'X'"
            })
    void bindingsThatCannotBe(String binding, String sentence) {
        put(",\"bindings\":[" + binding + "]", GOOD)
                .statusCode(400)
                .body("errors[0].code", equalTo(10021))
                .body("errors[0].message", containsString(sentence));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "../x.js | climbs out of its folder",
                "a/../../x.js | climbs out of its folder",
                "/etc/passwd | is not a relative path",
                "C:\\x.js | is not a relative path",
                "a\\..\\x.js | is not a relative path",
                "index.js | Two modules are named 'index.js'",
                "./index.js | Two modules are named"
            })
    void namesOfModulesThatLeadElsewhere(String name, String sentence) {
        String form = METADATA + part("index.js", GOOD) + part(name, "export default 1") + "--x--\r\n";
        raw("multipart/form-data; boundary=x", form)
                .statusCode(400)
                .body("errors[0].code", equalTo(10021))
                .body("errors[0].message", containsString(sentence));
    }

    @Test
    void namesOfModulesWithControlCharactersOrWithoutEnd() {
        for (String name : new String[] {"a\0.js", "a\nb.js", "a\tb.js", "x".repeat(600)}) {
            String form = METADATA + part("index.js", GOOD) + part(name, "export default 1") + "--x--\r\n";
            raw("multipart/form-data; boundary=x", form).statusCode(400).body("errors", hasSize(1));
        }
    }

    private static String part(String name, String code) {
        return "--x\r\nContent-Disposition: form-data; name=\"module\"; filename=\"" + name + "\"\r\nContent-Type: "
                + MODULE + "\r\n\r\n" + code + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-x",
                "X",
                "a.b",
                "a%20b",
                "..%2fx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void namesThatNoServiceCanHave(String name) {
        module(form("{\"main_module\":\"index.js\"}"), "index.js", GOOD)
                .urlEncodingEnabled(false)
                .put(A + "/workers/scripts/" + name)
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(15000))
                .body("errors[0].message", containsString("is not a name for a service"));
    }

    @Test
    void aliasesThatAreTakenByVersions() {
        module(
                        form("{\"main_module\":\"index.js\",\"annotations\":{\"workers/alias\":\"abcdef01\"}}"),
                        "index.js",
                        GOOD)
                .post(SCRIPT + "/versions")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("8 hex digits"));
    }

    @Test
    void aMainModuleThatIsNotThereAndTypesThatNoModuleHas() {
        module(form("{\"main_module\":\"other.js\"}"), "index.js", GOOD)
                .put(SCRIPT)
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo(10021))
                .body("errors[0].message", containsString("'other.js' is not among the modules"));
        module(form("{}"), "index.js", GOOD)
                .put(SCRIPT)
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("'main_module'"));
        form("{\"main_module\":\"index.js\"}")
                .multiPart("index.js", "index.js", GOOD.getBytes(StandardCharsets.UTF_8), "image/png")
                .put(SCRIPT)
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("'image/png', which is not a module's"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r2/buckets/b",
                "d1/database",
                "queues?name=jobs",
                "vectorize/v2/indexes",
                "hyperdrive/configs",
                "workflows",
                "workers/dispatch/namespaces/n/scripts/s",
                "pages/projects",
                "ai/models/search",
                "containers/me",
                "secrets_store/stores",
                "workers/nothing"
            })
    void whatIsNotPartOfSkerry(String path) {
        client().get(A + "/" + path)
                .then()
                .statusCode(404)
                .contentType("application/json")
                .body("success", equalTo(false))
                .body("errors[0].code", equalTo(7003));
    }
}
