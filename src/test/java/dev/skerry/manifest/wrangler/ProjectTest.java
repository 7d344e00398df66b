package dev.skerry.manifest.wrangler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.manifest.Draft;
import dev.skerry.model.Binding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
    private static final String WORKER = "export default { fetch() { return new Response('hi'); } };";

    @TempDir
    Path temp;

    private Path write(String name, String text) {
        try {
            Path file = temp.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Project read(String path) {
        return Project.read(temp.resolve(path), temp, Optional.empty(), Optional.empty());
    }

    private List<Draft> drafts(Project project) {
        return Draft.read(
                project.yamlOfWorkers(), temp.resolve("import"), project.sites().keySet());
    }

    @Test
    void aScriptIsAServiceOfItsOwnName() {
        write("My Worker.js", WORKER);

        Project project = read("My Worker.js");

        assertThat(project.yaml()).isEqualTo("""
                services:
                  my-worker:
                    main: My Worker.js
                """);
        assertThat(drafts(project)).extracting(Draft::ref).hasToString("[my-worker/production]");
    }

    @Test
    void aFolderBeginsWithItsIndexAndBringsWhatThatImports() {
        write(
                "shop/src/index.js",
                "import { greet } from './lib/greet.js'; export default { fetch: () => new Response(greet()) };");
        write("shop/src/lib/greet.js", "export const greet = () => 'hi';");
        write("shop/src/unused.js", "export {}");

        Project project = read("shop");

        assertThat(project.service()).isEqualTo("shop");
        assertThat(drafts(project).getFirst().code().modules())
                .extracting(module -> module.name())
                .containsExactlyInAnyOrder("index.js", "lib/greet.js");
    }

    @Test
    void anIndexIsCalledAsItsFolderIs() {
        write("shop/index.js", WORKER);

        assertThat(read("shop/index.js").service()).isEqualTo("shop");
    }

    @Test
    void aProjectInTomlBecomesAServiceWithItsEnvironments() {
        write("src/index.js", WORKER);
        write("src/canary.js", WORKER);
        write("wrangler.toml", """
                name = "gateway"            # a comment
                main = "src/index.js"
                account_id = "abc"
                compatibility_date = "2025-06-01"
                compatibility_flags = ["nodejs_compat"]
                workers_dev = false
                routes = [
                  "example.com/shop*",
                  { pattern = "shop.example.com", custom_domain = true },
                ]

                [vars]
                GREETING = "hello"
                LIMITS = { most = 5, names = ["a", "b"] }

                [triggers]
                crons = ["*/30 * * * *", "0 17 * * sun"]

                [limits]
                cpu_ms = 50

                [[kv_namespaces]]
                binding = "CACHE"
                id = "0f2ac74b498b48028cb68387c421e279"

                [[services]]
                binding = "AUTH"
                service = "auth"
                entrypoint = "Checks"

                [[r2_buckets]]
                binding = "PICTURES"
                bucket_name = "pictures"

                [env.staging]
                vars = { GREETING = "hello from staging" }
                route = "staging.example.com/*"
                kv_namespaces = [{ binding = "CACHE", id = "11111111111111111111111111111111" }]

                [env.canary]
                main = "src/canary.js"
                kv_namespaces = [{ binding = "CACHE", id = "0f2ac74b498b48028cb68387c421e279" }]
                triggers = { crons = [] }
                flavour = "vanilla"
                """);

        Project project = read(".");
        List<Draft> drafts = drafts(project);

        assertThat(drafts).extracting(Draft::ref).hasToString("[gateway/production, gateway/staging, gateway/canary]");
        Draft production = drafts.getFirst();
        assertThat(production.code().main()).isEqualTo("index.js");
        assertThat(production.compatibilityDate()).isEqualTo("2025-06-01");
        assertThat(production.compatibilityFlags()).containsExactly("nodejs_compat");
        assertThat(production.hostname()).isFalse();
        assertThat(production.routes()).containsExactly("example.com/shop*");
        assertThat(production.domains()).containsExactly("shop.example.com");
        assertThat(production.crons()).containsExactly("*/30 * * * *", "0 17 * * sun");
        assertThat(production.limits().cpu().orElseThrow()).hasMillis(50);
        assertThat(production.namespaces()).containsExactly(java.util.Map.entry("CACHE", "gateway-CACHE"));
        assertThat(production.bindings())
                .contains(
                        new Binding.PlainText("GREETING", "hello"),
                        new Binding.Json("LIMITS", "{\"most\":5,\"names\":[\"a\",\"b\"]}"))
                .anySatisfy(binding -> assertThat(binding)
                        .isInstanceOfSatisfying(
                                Binding.Service.class,
                                auth -> assertThat(auth.entrypoint()).contains("Checks")));
        Draft staging = drafts.get(1);
        assertThat(staging.bindings()).containsExactly(new Binding.PlainText("GREETING", "hello from staging"));
        assertThat(staging.namespaces()).containsValue("gateway-staging-CACHE");
        assertThat(staging.routes()).containsExactly("staging.example.com/*");
        assertThat(staging.crons()).as("triggers are inherited").hasSize(2);
        Draft canary = drafts.get(2);
        assertThat(canary.code().main()).isEqualTo("canary.js");
        assertThat(canary.namespaces()).as("the same namespace as production's").containsValue("gateway-CACHE");
        assertThat(canary.crons()).isEmpty();
        assertThat(project.notes())
                .anyMatch(note -> note.equals(
                        "'r2_buckets' is left out: R2 buckets are not part of Skerry, so env has no PICTURES"))
                .contains("'env.canary.flavour' is not understood, and left out")
                .anyMatch(note -> note.startsWith("KV namespace gateway-CACHE begins empty"))
                .noneMatch(note -> note.contains("account_id"));
    }

    @Test
    void aProjectInJsonWithCommentsIsReadAndAnEnvironmentProductionIsProduction() {
        write("worker.js", WORKER);
        write("wrangler.jsonc", """
                {
                  // what wrangler init writes
                  "$schema": "node_modules/wrangler/config-schema.json",
                  "name": "shop",
                  "main": "./worker.js",
                  "compatibility_date": "2025-06-01",
                  /* bindings are of each environment alone */
                  "vars": {"A": 1},
                  "durable_objects": {"bindings": [{"name": "ROOM", "class_name": "Room"}]},
                  "env": {
                    "production": {
                      "vars": {"A": true, "B": null},
                      "durable_objects": {"bindings": [{"name": "ROOM", "class_name": "Room", "script_name": "rooms"}]},
                    },
                    "dev": {},
                  },
                }
                """);
        write(".dev.vars", "SECRET=1");

        Project project = read("wrangler.jsonc");
        List<Draft> drafts = drafts(project);

        assertThat(drafts).extracting(Draft::ref).hasToString("[shop/production, shop/dev]");
        assertThat(drafts.getFirst().bindings())
                .contains(new Binding.Json("A", "true"), new Binding.Json("B", "null"))
                .anyMatch(binding -> binding instanceof Binding.DurableObjectNamespace room
                        && room.service().orElseThrow().value().equals("rooms"));
        assertThat(drafts.get(1).bindings()).isEmpty();
        assertThat(project.notes())
                .anyMatch(note -> note.startsWith("The top level is what env.production and the others inherit"))
                .anyMatch(note -> note.startsWith(".dev.vars is left out"));
    }

    @Test
    void staticFilesBelongToTheirEnvironmentsAndNeedNoWorker() {
        write("wrangler.jsonc", """
                {"name": "docs", "assets": {"directory": "./public", "not_found_handling": "404-page"},
                 "env": {"test": {"main": "w.js", "assets": {"directory": "other", "binding": "FILES"}}}}
                """);
        write("w.js", WORKER);

        Project project = read(".");

        assertThat(project.sites()).hasEntrySatisfying("production", site -> {
            assertThat(site.folder()).isEqualTo(temp.resolve("public"));
            assertThat(site.config().path("not_found_handling").asText()).isEqualTo("404-page");
        });
        assertThat(project.sites())
                .hasEntrySatisfying("test", site -> assertThat(site.binding()).contains("FILES"));
        assertThat(drafts(project)).extracting(Draft::pagesAlone).containsExactly(true, false);
        assertThat(project.yaml()).isEqualTo("""
                services:
                  docs:
                    environments:
                      production:
                        assets:
                          directory: public
                          not-found-handling: 404-page
                      test:
                        main: w.js
                        assets:
                          directory: other
                          binding: FILES
                """);
    }

    @Test
    void aFolderOfPagesIsAServiceWithoutAWorker() {
        write("pages/index.html", "<h1>hi</h1>");

        Project project = read("pages");

        assertThat(project.service()).isEqualTo("pages");
        assertThat(project.sites())
                .hasEntrySatisfying(
                        "production", site -> assertThat(site.folder()).isEqualTo(temp.resolve("pages")));
        assertThat(drafts(project).getFirst().pagesAlone()).isTrue();
    }

    @Test
    void typescriptIsNotBuiltAndHowToBuildItIsSaid() {
        write("src/index.ts", "export default {}");
        write("wrangler.toml", "name = \"shop\"\nmain = \"src/index.ts\"\n");

        assertThatThrownBy(() -> read("."))
                .isInstanceOf(ProjectException.class)
                .hasMessageContaining("is not JavaScript, and Skerry builds nothing")
                .hasMessageContaining("npx wrangler deploy --dry-run --outdir dist")
                .hasMessageContaining("--main " + temp.resolve("dist/index.js"));

        Path built = write("dist/index.js", WORKER);
        Project project = Project.read(temp, temp, Optional.of("store"), Optional.of(built));
        assertThat(drafts(project)).extracting(Draft::ref).hasToString("[store/production]");
        assertThat(project.yaml()).contains("main: dist/index.js");
    }

    @Test
    void packagesThatNobodyBundledAreTold() {
        write(
                "index.js",
                "import { Hono } from 'hono'; import fs from 'node:fs'; import x from './x.js'; export default {}");
        write("x.js", "export default 1");

        assertThat(drafts(read("index.js")).getFirst().packages()).containsExactly("hono");
    }

    @Test
    void whatCannotBeImportedIsSaidSo() {
        assertThatThrownBy(() -> read("nowhere")).hasMessageContaining("There is no file or folder");
        write("empty/readme.txt", "");
        assertThatThrownBy(() -> read("empty")).hasMessageContaining("nor a script to begin with (index.js,");
        write("toml/wrangler.toml", "name = \"x\"\nmain = ");
        assertThatThrownBy(() -> read("toml")).hasMessageContaining("wrangler.toml:2");
        write("json/wrangler.json", "[]");
        assertThatThrownBy(() -> read("json")).hasMessageContaining("is not a configuration of wrangler");
        write("pages/wrangler.json", "{\"pages_build_output_dir\": \"dist\"}");
        assertThatThrownBy(() -> read("pages")).hasMessageContaining("a project of Cloudflare Pages");
    }
}
