package dev.skerry.api;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.TestServer.TOKEN;
import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Workers of one module, uploaded as wrangler does it. */
final class Uploads {
    static final String MODULE = "application/javascript+module";

    private Uploads() {}

    static RequestSpecification client() {
        return given().header("Authorization", "Bearer " + TOKEN).header("User-Agent", "wrangler/4.164.0");
    }

    static RequestSpecification form(String metadata, String code) {
        return client().multiPart("metadata", metadata)
                .multiPart("index.js", "index.js", code.getBytes(java.nio.charset.StandardCharsets.UTF_8), MODULE);
    }

    static String metadata(String more) {
        return "{\"main_module\":\"index.js\",\"compatibility_date\":\"2025-06-01\"" + more + "}";
    }

    static String text(String text) {
        return "export default { fetch(request, env) { return new Response('" + text + " ' + (env.TOK ?? '')); } };";
    }

    static ValidatableResponse deploy(String name, String text) {
        return form(metadata(",\"keep_bindings\":[\"secret_text\"]"), text(text))
                .put(A + "/workers/scripts/" + name)
                .then();
    }

    static String upload(String name, String text) {
        return form(metadata(""), text(text))
                .post(A + "/workers/scripts/" + name + "/versions")
                .then()
                .statusCode(200)
                .extract()
                .path("result.id");
    }
}
