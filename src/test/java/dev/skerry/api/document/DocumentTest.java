package dev.skerry.api.document;

import static dev.skerry.api.Calls.client;
import static dev.skerry.api.Calls.deploy;
import static dev.skerry.api.Calls.secret;
import static dev.skerry.api.Calls.variable;
import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.TestServer.ACCOUNT;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.skerry.api.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document says what is there, and what is there is as the document says. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class DocumentTest {
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonNode document;

    @BeforeEach
    void read() throws IOException {
        document = MAPPER.readTree(given().get("/q/openapi?format=json").asString());
    }

    @Test
    void everyCallOfTheResourcesIsInTheDocumentAndNoOther() {
        assertThat(documented()).hasSizeGreaterThan(80).isEqualTo(calls());
    }

    @Test
    void schemasTellWhatMayBeNullAndWhatIsAlwaysThere() {
        JsonNode item = document.at("/components/schemas/EnvironmentItem");
        assertThat(item.at("/properties/url/type")).extracting(JsonNode::asText).containsExactly("string", "null");
        assertThat(item.at("/properties/deployment/anyOf/1/type").asText()).isEqualTo("null");
        assertThat(item.path("required"))
                .extracting(JsonNode::asText)
                .contains("service", "routes")
                .doesNotContain("url", "deployment");
        assertThat(document.at("/components/schemas/PromotionBody").has("required"))
                .isFalse();
        List<String> problems = new ArrayList<>();
        new JsonSchema(document)
                .check("it", MAPPER.createObjectNode().put("service", 7).put("extra", 1), item, problems);
        assertThat(problems)
                .contains("it has no \"routes\"", "it has extra, of which its schema tells nothing")
                .anyMatch(problem -> problem.startsWith("it.service is 7"));
    }

    @Test
    void theDocumentIsYamlUnlessJsonIsAskedFor() {
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .contentType("application/yaml;charset=UTF-8")
                .body(containsString("\n  title: Skerry\n"));
        given().accept(JSON)
                .get("/q/openapi")
                .then()
                .contentType("application/json;charset=UTF-8")
                .body("info.title", equalTo("Skerry"));
    }

    @Test
    void eachOperationHasAnIdOfItsOwnASummaryAndATag() {
        List<String> ids = new ArrayList<>();
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                ids.add(operation.path("operationId").asText());
                assertThat(operation.path("summary").asText()).isNotBlank();
                assertThat(operation.path("tags")).hasSize(1);
            }
        }
        assertThat(ids).hasSizeGreaterThan(80).doesNotHaveDuplicates().doesNotContain("");
        assertThat(document.at("/paths/~1client~1v4~1accounts/get/summary").asText())
                .isEqualTo("Accounts");
    }

    @Test
    void everyCallOfTheDocumentLeadsToAResource() {
        for (String call : documented()) {
            String method = call.substring(0, call.indexOf(' '));
            String path = call.substring(call.indexOf(' ') + 1)
                    .replace("{account}", ACCOUNT)
                    .replaceAll("\\{[^}]+}", "nobody");
            Response response = client().contentType(JSON)
                    .body(method.equals("GET") ? "" : "{}")
                    .request(method, path);
            assertThat(response.statusCode()).as(call).isLessThan(500).isNotEqualTo(405);
            if (response.statusCode() >= 400) {
                check(response, call, "default");
                assertThat(response.<Integer>path("errors[0].code")).as(call).isNotEqualTo(7003);
            }
        }
    }

    @Test
    void answersAreAsTheirSchemasSay() {
        String services = "/workers/services";
        String environments = services + "/{service}/environments";
        String environment = environments + "/{environment}";
        String production = services + "/told/environments/production";
        is("POST", services, services, "{\"name\":\"told\"}");
        Response upload = deploy("told", "production", "one", variable("v") + "," + secret("s"));
        check(upload, "PUT /client/v4/accounts/{account}" + environment, "200");
        String version = client().get(A + production + "/versions").path("result.items[0].id");
        is("GET", services, services + "?per_page=1", "");
        is("GET", services + "/{service}", services + "/told", "");
        is("GET", environment, production, "");
        Response clone = is("POST", environment + "/clone", production + "/clone", "{\"name\":\"dev\"}");
        assertThat(clone.statusCode()).isEqualTo(201);
        is("POST", environments, services + "/told/environments", "{\"name\":\"empty\"}");
        is("GET", environments, services + "/told/environments", "");
        is("PATCH", environment, services + "/told/environments/empty", "{\"name\":\"bare\",\"redirect_seconds\":9}");
        is("GET", environment + "/versions", production + "/versions", "");
        is("GET", environment + "/versions/{version}", production + "/versions/" + version, "");
        is("GET", environment + "/versions/{version}/modules", production + "/versions/" + version + "/modules", "");
        is("GET", environment + "/deployments", production + "/deployments", "");
        is("GET", environment + "/secrets", production + "/secrets", "");
        is("GET", environment + "/settings", production + "/settings", "");
        is("GET", "/workers/scripts", "/workers/scripts", "");
        is("GET", "/workers/versions/diff", "/workers/versions/diff?from=told/production&to=told/dev", "");
        deploy("told", "dev", "two", variable("w") + "," + secret("t")).then().statusCode(200);
        is("GET", "/workers/versions/diff", "/workers/versions/diff?from=told/production&to=told/dev", "");
        String from = "{\"from\":{\"environment\":\"dev\"}";
        is("POST", environment + "/promotions", production + "/promotions", from + ",\"dry_run\":true}");
        Response promotion = is("POST", environment + "/promotions", production + "/promotions", from + "}");
        is("GET", environment + "/promotions", production + "/promotions", "");
        is(
                "POST",
                environment + "/promotions/{promotion}/undo",
                production + "/promotions/" + promotion.path("result.id") + "/undo",
                "");
        is("POST", environment + "/rollback", production + "/rollback", "{\"version_id\":\"" + version + "\"}");
        is(
                "PUT",
                services + "/{service}/pipeline",
                services + "/told/pipeline",
                "{\"environments\":[\"dev\",\"production\"]}");
        is("GET", services + "/{service}/pipeline", services + "/told/pipeline", "");
        is("POST", services + "/{service}/pipeline/promotions", services + "/told/pipeline/promotions", from + "}");
        is("GET", "/workers/audit", "/workers/audit", "");
        Response token = is("POST", "/tokens", "/tokens", "{\"name\":\"told\",\"scope\":\"read\"}");
        is("GET", "/tokens", "/tokens", "");
        is("DELETE", "/tokens/{token}", "/tokens/" + token.path("result.id"), "");
        Response namespace = is("POST", "/storage/kv/namespaces", "/storage/kv/namespaces", "{\"title\":\"told\"}");
        is("GET", "/storage/kv/namespaces", "/storage/kv/namespaces", "");
        is("DELETE", "/storage/kv/namespaces/{namespace}", "/storage/kv/namespaces/" + namespace.path("result.id"), "");
        is("PATCH", services + "/{service}", services + "/told", "{\"name\":\"told-anew\"}");
        is("DELETE", services + "/{service}", services + "/told-anew", "");
    }

    private Response is(String method, String template, String path, String body) {
        Response response = client().contentType(JSON).body(body).request(method, A + path);
        assertThat(response.statusCode())
                .as(method + " " + path + ": " + response.asString())
                .isLessThan(300);
        check(response, method + " /client/v4/accounts/{account}" + template, String.valueOf(response.statusCode()));
        return response;
    }

    /** That an answer is documented for its status, and is what its schema allows. */
    private void check(Response response, String call, String status) {
        int space = call.indexOf(' ');
        JsonNode responses = document.path("paths")
                .path(call.substring(space + 1))
                .path(call.substring(0, space).toLowerCase(java.util.Locale.ROOT))
                .path("responses");
        JsonNode schema = responses.path(status).path("content").path(JSON).path("schema");
        assertThat(schema.isObject())
                .as(call + " answers " + status + " by " + responses)
                .isTrue();
        try {
            List<String> problems = new ArrayList<>();
            new JsonSchema(document).check("result of " + call, MAPPER.readTree(response.asString()), schema, problems);
            assertThat(problems).isEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(call, e);
        }
    }

    private Set<String> documented() {
        Set<String> calls = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                calls.add(method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        return calls;
    }

    /** Method and path of each method of a resource, as the annotations say. */
    private static Set<String> calls() {
        Set<String> calls = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.skerry.api")) {
            resource.tryGetAnnotationOfType(Path.class)
                    .ifPresent(root -> resource.getMethods()
                            .forEach(method -> verb(method)
                                    .forEach(verb -> spelled(root.value() + path(method))
                                            .forEach(path -> calls.add(verb + " " + path)))));
        }
        return calls;
    }

    private static String path(JavaMethod method) {
        return method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
    }

    private static Stream<String> verb(JavaMethod method) {
        return method.getAnnotations().stream()
                .flatMap(annotation -> annotation.getRawType().tryGetAnnotationOfType(HttpMethod.class).stream())
                .map(HttpMethod::value);
    }

    /** Without patterns; a worker by both of its names. */
    private static Stream<String> spelled(String path) {
        String worker = "{worker:scripts/[^/]+|services/[^/]+/environments/[^/]+}";
        Stream<String> both = path.contains(worker)
                ? Stream.of(
                        path.replace(worker, "scripts/{script}"),
                        path.replace(worker, "services/{service}/environments/{environment}"))
                : Stream.of(path);
        return both.map(each -> each.replaceAll("\\{(\\w+):[^}]+}", "{$1}"));
    }
}
