package dev.skerry.command;

import static dev.skerry.api.TestServer.TOKEN;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.api.TestServer;
import dev.skerry.ingress.Ingress;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.registry.Registry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code skerry import} into a server that runs. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ImportCommandTest {
    @TempDir
    Path temp;

    @Inject
    Ingress ingress;

    @Inject
    Registry registry;

    @Inject
    @ConfigProperty(name = "skerry.listen.admin")
    String admin;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path config;

    @BeforeEach
    void configure() {
        config = write("skerry.yaml", "skerry: {listen: {admin: '" + admin + "'}, admin-token: '" + TOKEN + "'}\n");
    }

    private Path write(String name, String text) {
        try {
            Path file = temp.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of("import", "--config", config.toString()));
        all.addAll(List.of(args));
        return new CommandLine(new SkerryCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private String ask(String host) {
        return get(host, "/").asString();
    }

    private Response get(String host, String path) {
        return given().baseUri("http://127.0.0.1")
                .port(ingress.address().port())
                .header("Host", host)
                .get(path);
    }

    @Test
    void aWranglerProjectAnswersWithItsEnvironmentsBindingsAndTriggers() {
        write("blog/src/index.js", """
                import text from './text.js';
                export default {
                  async fetch(request, env) {
                    await env.CACHE.put('seen', text);
                    return new Response([text, env.STAGE, await env.CACHE.get('seen'), await (await env.SELF?.fetch(request))?.text()].join(' '));
                  }
                };""");
        write("blog/src/text.js", "export default 'blog';");
        write("blog/wrangler.toml", """
                name = "blog"
                main = "src/index.js"
                compatibility_date = "2025-06-01"
                vars = { STAGE = "live" }
                kv_namespaces = [{ binding = "CACHE", id = "0f2ac74b498b48028cb68387c421e279" }]
                d1_databases = [{ binding = "DB", database_name = "x", database_id = "y" }]
                triggers = { crons = ["0 12 * * *"] }
                route = "blog.example.com/*"

                [env.staging]
                vars = { STAGE = "staging" }
                kv_namespaces = [{ binding = "CACHE", id = "11111111111111111111111111111111" }]
                services = [{ binding = "SELF", service = "blog", environment = "production" }]
                """);

        assertThat(run(temp.resolve("blog").toString())).as(err.toString()).isZero();

        assertThat(out.toString()).contains("blog/production is deployed").contains("blog/staging is deployed");
        assertThat(err.toString())
                .contains("Note: 'd1_databases' is left out: D1 databases are not part of Skerry, so env has no DB");
        assertThat(ask("blog.localhost")).startsWith("blog live blog");
        assertThat(ask("blog.example.com")).startsWith("blog live blog");
        assertThat(ask("staging.blog.localhost")).isEqualTo("blog staging blog blog live blog ");
        assertThat(registry.latest(EnvironmentRef.of("blog", "staging"))
                        .orElseThrow()
                        .source())
                .isEqualTo("import");
        assertThat(registry.environment(EnvironmentRef.of("blog", "staging"))
                        .orElseThrow()
                        .crons())
                .containsExactly("0 12 * * *");
    }

    @Test
    void staticFilesAreServedWithAndWithoutAWorker() {
        write("site/public/index.html", "<h1>home</h1>");
        write("site/public/img/dot.svg", "<svg/>");
        write("site/public/_headers", "/*\n  x-own: yes\n");
        write(
                "site/w.js",
                "export default { fetch(request, env) { return new Response('worker ' + typeof env.FILES.fetch); } };");
        write("site/wrangler.json", """
                {"name": "site", "main": "w.js", "compatibility_date": "2025-06-01", "assets": {"directory": "public", "binding": "FILES"}}
                """);
        write("pages/index.html", "<h1>pages</h1>");

        assertThat(run(temp.resolve("site").toString())).as(err.toString()).isZero();
        assertThat(run(temp.resolve("pages").toString())).as(err.toString()).isZero();

        assertThat(ask("site.localhost")).isEqualTo("<h1>home</h1>");
        var image = get("site.localhost", "/img/dot.svg");
        assertThat(image.contentType()).startsWith("image/svg+xml");
        assertThat(image.header("x-own")).isEqualTo("yes");
        assertThat(get("site.localhost", "/nowhere").asString()).isEqualTo("worker function");
        assertThat(ask("pages.localhost")).isEqualTo("<h1>pages</h1>");
    }

    @Test
    void aDryRunPrintsAnEntryForTheFileAndChangesNothing() {
        Path script =
                write("plain.js", "addEventListener('fetch', event => event.respondWith(new Response('plain')));");

        assertThat(run("--dry-run", "--name", "shown-only", script.toString())).isZero();

        assertThat(out.toString()).isEqualTo("""
                services:
                  shown-only:
                    main: plain.js
                """);
        assertThat(registry.service(new dev.skerry.model.ServiceName("shown-only")))
                .isEmpty();
    }

    @Test
    void aScriptInTheServiceWorkerFormatAnswersAndIsImportedAgain() {
        Path script =
                write("plain.js", "addEventListener('fetch', event => event.respondWith(new Response('plain')));");
        assertThat(run(script.toString())).as(err.toString()).isZero();
        assertThat(ask("plain.localhost")).isEqualTo("plain");

        write("plain.js", "addEventListener('fetch', event => event.respondWith(new Response('plainer')));");
        assertThat(run(script.toString())).isZero();
        assertThat(ask("plain.localhost")).isEqualTo("plainer");
    }

    @Test
    void whatTheServerRefusesIsSaidAndTheExitCodeTells() {
        Path broken = write("broken.js", "export default { fetch( };");
        assertThat(run(broken.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("broken/production: ")
                .contains("SyntaxError")
                .contains("broken.js:1");

        Path lonely = write("lonely.js", "import 'hono'; export default {};");
        assertThat(run(lonely.toString())).isEqualTo(1);
        assertThat(run("--server", "http://127.0.0.1:1", lonely.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("No server answers at http://127.0.0.1:1");
        assertThat(run(temp.resolve("nowhere").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("There is no file or folder");
    }
}
