package dev.skerry.wrangler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;

/** wrangler uploads static files, and they are served. */
@ExtendWith(Projects.OneServer.class)
class WranglerAssetsIT {
    private final Projects projects;

    WranglerAssetsIT(Projects projects) {
        this.projects = projects;
    }

    @EachWrangler
    void deploysStaticFilesWithAWorkerAndWithout(String version) throws Exception {
        Wrangler wrangler = projects.project(version, "site", """
                        , "assets": {"directory": "public", "binding": "ASSETS", "not_found_handling": "404-page",
                                     "run_worker_first": ["/api/*"]}
                        """)
                .write("public/index.html", "<h1>home</h1>")
                .write("public/404.html", "<h1>not here</h1>")
                .write("public/docs/a b.txt", "text")
                .write("public/_headers", "/docs/*\n  X-Docs: yes\n")
                .write("public/_redirects", "/old /docs/new 301\n")
                .write("src/index.js", """
                        export default {
                          fetch: async (request, env) => new Response('api ' + await (await env.ASSETS.fetch('http://x/')).text()),
                        };
                        """);
        String name = wrangler.name();
        assertThat(wrangler.run("deploy")).contains("Uploaded 3 files");

        assertThat(projects.get(name, "/").headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(projects.ask(name)).isEqualTo("<h1>home</h1>");
        assertThat(projects.ask(name, "/api/x")).isEqualTo("api <h1>home</h1>");
        assertThat(projects.get(name, "/docs/a%20b.txt").headers().firstValue("x-docs"))
                .contains("yes");
        assertThat(projects.get(name, "/old").headers().firstValue("location")).contains("/docs/new");
        assertThat(projects.get(name, "/nothing").statusCode()).isEqualTo(404);

        wrangler.write("public/more.txt", "more");
        assertThat(wrangler.run("deploy")).contains("Uploaded 1 file");
        assertThat(projects.ask(name, "/more.txt")).isEqualTo("more");
        wrangler.runWithInput("s", "versions", "secret", "put", "TOK");
        assertThat(wrangler.run("versions", "upload")).contains("No updated asset files to upload");

        Wrangler alone = projects.project(version, "page", "");
        alone.write("wrangler.jsonc", """
                        { "name": "%s", "compatibility_date": "2025-06-01", "assets": {"directory": "public"} }
                        """.formatted(alone.name())).write("public/index.html", "<h1>alone</h1>");
        alone.run("deploy");
        assertThat(projects.ask(alone.name())).isEqualTo("<h1>alone</h1>");
        alone.write("public/index.html", "<h1>again</h1>").run("deploy");
        assertThat(projects.ask(alone.name())).isEqualTo("<h1>again</h1>");
    }
}
