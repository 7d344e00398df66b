package dev.skerry.packages;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skerry.api.TestServer;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Deploys the bundles to the test's server, and asks them. */
final class Packages {
    private static final Path BUNDLES = Path.of("target/packages");

    private final int port;

    /** {@code port}: where workers answer. */
    Packages(int port) {
        this.port = port;
    }

    /** Deploys a package's worker under the package's name; {@code bindings}: in JSON, as wrangler sends them. The test is skipped where there is no bundle. */
    void deploy(String name, String... bindings) {
        Path bundle = BUNDLES.resolve(name + ".js");
        assumeTrue(
                Files.exists(bundle), "there is no bundle of " + name + ": scripts/lib/packages makes it where npm is");
        try {
            deployText(name, Files.readString(bundle), bindings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deployText(String name, String code, String... bindings) {
        // Of these, those that are made for Node import its modules.
        String metadata = """
                {"main_module":"index.js","compatibility_date":"2026-01-01","compatibility_flags":[%s],"bindings":[%s]}
                """.formatted(code.contains("node:") ? "\"nodejs_compat\"" : "", String.join(",", bindings));
        Response response = client().multiPart("metadata", metadata)
                .multiPart(
                        "index.js", "index.js", code.getBytes(StandardCharsets.UTF_8), "application/javascript+module")
                .put(TestServer.A + "/workers/scripts/" + name);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    }

    /** A client of the API. */
    static RequestSpecification client() {
        return given().header("Authorization", "Bearer " + TestServer.TOKEN);
    }

    /** A client of a deployed worker, that follows no redirects and sends URLs as they are. */
    RequestSpecification to(String name) {
        return given().baseUri("http://127.0.0.1")
                .port(port)
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .header("Host", name + ".localhost");
    }
}
