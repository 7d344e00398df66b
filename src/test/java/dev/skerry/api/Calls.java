package dev.skerry.api;

import static dev.skerry.api.TestServer.A;
import static dev.skerry.api.TestServer.TOKEN;
import static io.restassured.RestAssured.given;

import dev.skerry.ingress.Ingress;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;

/** Calls of the API and of workers, as several tests make them. */
public final class Calls {
    private Calls() {}

    /** As the administrator. */
    public static RequestSpecification client() {
        return as(TOKEN);
    }

    public static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    /** Uploads a worker that answers {@code TEXT V=VALUE S=SECRET} and gives it all traffic; its environment is made where it is not there. */
    public static Response deploy(String service, String environment, String text, String bindings) {
        return deploy(TOKEN, service, environment, text, bindings);
    }

    public static Response deploy(String token, String service, String environment, String text, String bindings) {
        return as(token)
                .multiPart(
                        "metadata",
                        "{\"main_module\":\"index.js\",\"compatibility_date\":\"2025-06-01\",\"bindings\":[" + bindings
                                + "]}")
                .multiPart(
                        "index.js",
                        "index.js",
                        code(text).getBytes(StandardCharsets.UTF_8),
                        "application/javascript+module")
                .put(environment(service, environment));
    }

    public static String code(String text) {
        return "export default {\n  async fetch(request, env) {\n    const url = new URL(request.url);\n"
                + "    if (url.pathname === '/boom') throw new Error('boom');\n"
                + "    if (url.pathname === '/kv') return new Response(await env.KV.get('key'));\n"
                + "    return new Response('" + text + " V=' + (env.V ?? '') + ' S=' + (env.S ?? ''));\n  },\n};\n";
    }

    public static String variable(String value) {
        return "{\"name\":\"V\",\"type\":\"plain_text\",\"text\":\"" + value + "\"}";
    }

    public static String secret(String value) {
        return "{\"name\":\"S\",\"type\":\"secret_text\",\"text\":\"" + value + "\"}";
    }

    /** The path of an environment. */
    public static String environment(String service, String environment) {
        return A + "/workers/services/" + service + "/environments/" + environment;
    }

    /** A worker's answer at a hostname. */
    public static Response ask(Ingress ingress, String host, String path) {
        return given().baseUri("http://127.0.0.1")
                .port(ingress.address().port())
                .redirects()
                .follow(false)
                .header("Host", host)
                .get(path);
    }

    public static String ask(Ingress ingress, String host) {
        return ask(ingress, host, "/").asString();
    }
}
