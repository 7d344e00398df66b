package dev.skerry.wrangler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unmodified wrangler against the packaged program: each command exits 0, and its effect is seen over HTTP. */
@Disabled("Not one whole run has passed yet: what it checks over HTTP is unproven")
class WranglerIT {
    private static final String OLD = "4.86.0";
    private static final String NEW = "4.164.0";
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    @TempDir
    static Path folder;

    private static RunningSkerry skerry;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Wrangler.installed(OLD).or(() -> Wrangler.installed(NEW)).isPresent(),
                "wrangler is not installed: scripts/lib/wrangler does it where npm is");
        skerry = RunningSkerry.start(folder);
    }

    @AfterAll
    static void stop() {
        if (skerry != null) {
            skerry.close();
        }
    }

    private static Wrangler wrangler(String version, String name, String more) throws IOException {
        Optional<Path> installed = Wrangler.installed(version);
        assumeTrue(installed.isPresent(), "wrangler " + version + " is not installed (scripts/lib/wrangler)");
        Path project = Files.createDirectories(folder.resolve(name));
        return new Wrangler(installed.get(), project, skerry)
                .write("wrangler.jsonc", """
                        { "name": "%s", "main": "src/index.js", "compatibility_date": "2025-06-01",
                          "upload_source_maps": true %s }
                        """.formatted(name, more))
                .write("src/index.js", code("one"));
    }

    private static String code(String text) {
        return """
                import { suffix } from './suffix.js';
                export class Room {}
                export default {
                  fetch(request, env) {
                    return new Response('%s' + suffix + ' ' + [env.A, env.TOK, env.VM?.tag].join(','));
                  },
                  scheduled() {},
                };
                """.formatted(text);
    }

    private static Wrangler project(String version, String name, String more) throws IOException {
        return wrangler(version, name, more).write("src/suffix.js", "export const suffix = '!';\n");
    }

    private static String uuid(String printed, String after) {
        Matcher matcher = UUID.matcher(printed.substring(printed.indexOf(after)));
        assertThat(matcher.find()).as(printed).isTrue();
        return matcher.group();
    }

    private static String name(String prefix, String version) {
        return prefix + version.replace('.', '-');
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void tells_who_is_logged_in(String version) throws Exception {
        assertThat(project(version, name("who", version), "").run("whoami")).contains("Skerry", RunningSkerry.ACCOUNT);
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void deploys_splits_and_rolls_back(String version) throws Exception {
        String name = name("life", version);
        Wrangler wrangler =
                project(version, name, ", \"vars\": {\"A\": \"x\"}, \"version_metadata\": {\"binding\": \"VM\"}");

        wrangler.run("deploy");
        assertThat(skerry.ask(name + ".localhost")).isEqualTo("one! x,,");

        wrangler.write("src/index.js", code("two"));
        String second = uuid(wrangler.run("deploy", "--message", "m1", "--tag", "v1"), "Current Version ID");
        assertThat(skerry.ask(name + ".localhost")).isEqualTo("two! x,,v1");

        wrangler.write("src/index.js", code("three"));
        String uploaded =
                wrangler.run("versions", "upload", "--message", "m2", "--tag", "t2", "--preview-alias", "feat");
        String third = uuid(uploaded, "Worker Version ID");
        assertThat(skerry.ask("feat-" + name + ".localhost")).isEqualTo("three! x,,t2");
        assertThat(skerry.ask(third.substring(0, 8) + "-" + name + ".localhost"))
                .isEqualTo("three! x,,t2");
        assertThat(skerry.ask(name + ".localhost")).startsWith("two");

        assertThat(wrangler.run("versions", "list")).contains(second, third, "m2");
        assertThat(wrangler.run("versions", "view", third)).contains("t2", "fetch");
        assertThat(wrangler.run("deployments", "list")).contains(second);
        assertThat(wrangler.run("deployments", "status")).contains("(100%)", second);

        wrangler.run("versions", "deploy", third + "@30", second + "@70", "-y", "--message", "gradual");
        int threes = 0;
        for (int i = 0; i < 1000; i++) {
            threes += skerry.ask(name + ".localhost").startsWith("three") ? 1 : 0;
        }
        assertThat(threes).isBetween(250, 350);

        wrangler.run("rollback", second, "-y", "--message", "rb");
        assertThat(skerry.ask(name + ".localhost")).startsWith("two");
        assertThat(wrangler.run("deployments", "list")).contains("rb");
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void puts_lists_and_deletes_secrets(String version) throws Exception {
        String name = name("hush", version);
        Wrangler wrangler = project(version, name, "");
        wrangler.run("deploy");

        wrangler.runWithInput("s3cret", "secret", "put", "TOK");
        assertThat(skerry.ask(name + ".localhost")).isEqualTo("one! ,s3cret,");
        assertThat(wrangler.run("secret", "list")).contains("TOK").doesNotContain("s3cret");

        wrangler.run("secret", "delete", "TOK");
        assertThat(skerry.ask(name + ".localhost")).isEqualTo("one! ,,");

        wrangler.write("bulk.json", "{\"A\":\"a1\",\"TOK\":\"t1\"}").run("secret", "bulk", "bulk.json");
        assertThat(skerry.ask(name + ".localhost")).isEqualTo("one! a1,t1,");

        wrangler.run("deploy");
        assertThat(skerry.ask(name + ".localhost"))
                .as("a deployment keeps secrets")
                .isEqualTo("one! a1,t1,");

        String printed = wrangler.runWithInput("t2", "versions", "secret", "put", "TOK");
        assertThat(skerry.ask(name + ".localhost")).as("not deployed yet").isEqualTo("one! a1,t1,");
        wrangler.run("versions", "deploy", uuid(printed, "version") + "@100", "-y");
        assertThat(skerry.ask(name + ".localhost")).isEqualTo("one! a1,t2,");
        assertThat(wrangler.run("versions", "secret", "list")).contains("TOK");
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void binds_services_routes_and_crons_and_deletes(String version) throws Exception {
        String auth = name("auth", version);
        project(version, auth, "").run("deploy");
        String name = name("gate", version);
        String host = name + ".example.com";
        Wrangler wrangler = project(version, name, """
                , "services": [{"binding": "AUTH", "service": "%s"}],
                  "routes": [{"pattern": "%s/shop*", "zone_name": "example.com"},
                             {"pattern": "app-%s", "custom_domain": true}],
                  "triggers": {"crons": ["*/5 * * * *"]}, "workers_dev": true
                """.formatted(auth, host, host));
        wrangler.write(
                "src/index.js",
                "export default { fetch: async (request, env) =>"
                        + " new Response('gate ' + await (await env.AUTH.fetch(request)).text()), scheduled() {} };");

        wrangler.run("deploy");
        assertThat(skerry.ask(name + ".localhost")).isEqualTo("gate one! ,,");
        assertThat(skerry.ask(host, "/shop/1")).startsWith("gate");
        assertThat(skerry.ask(host, "/other")).contains("No worker answers");
        assertThat(skerry.ask("app-" + host)).startsWith("gate");

        wrangler.run("triggers", "deploy");
        assertThat(skerry.ask(host, "/shop/2")).startsWith("gate");

        wrangler.run("delete", "--force");
        assertThat(skerry.ask(name + ".localhost")).contains("No worker answers");
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void deploys_environments_as_environments_of_one_service(String version) throws Exception {
        String name = name("svc", version);
        Wrangler wrangler = project(
                version, name, ", \"vars\": {\"A\": \"p\"}, \"env\": {\"staging\": {\"vars\": {\"A\": \"stg\"}}}");
        wrangler.run("deploy", "--env=");
        wrangler.run("deploy", "-e", "staging");

        assertThat(skerry.ask(name + ".localhost")).isEqualTo("one! p,,");
        String staging = version.equals(NEW) ? "staging." + name : name + "-staging";
        assertThat(skerry.ask(staging + ".localhost")).isEqualTo("one! stg,,");
        wrangler.runWithInput("s", "secret", "put", "TOK", "-e", "staging");
        assertThat(skerry.ask(staging + ".localhost")).isEqualTo("one! stg,s,");
        assertThat(skerry.ask(name + ".localhost")).isEqualTo("one! p,,");
    }

    @Test
    void deploys_service_environments() throws Exception {
        Wrangler wrangler =
                project(OLD, "legacy", ", \"legacy_env\": false, \"env\": {\"staging\": {\"vars\": {\"A\": \"stg\"}}}");
        wrangler.run("deploy", "--env=");
        wrangler.run("deploy", "-e", "staging");
        assertThat(skerry.ask("staging.legacy.localhost")).isEqualTo("one! stg,,");
        wrangler.runWithInput("s", "secret", "put", "TOK", "-e", "staging");
        assertThat(skerry.ask("staging.legacy.localhost")).isEqualTo("one! stg,s,");
        assertThat(wrangler.run("secret", "list", "-e", "staging")).contains("TOK");
        wrangler.run("secret", "delete", "TOK", "-e", "staging");
        assertThat(skerry.ask("staging.legacy.localhost")).isEqualTo("one! stg,,");
        assertThat(skerry.ask("legacy.localhost")).isEqualTo("one! ,,");
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void tails_events(String version) throws Exception {
        String name = name("tail", version);
        Wrangler wrangler = project(version, name, "");
        wrangler.write("src/index.js", "export default { fetch() { throw new TypeError('it broke'); } };")
                .run("deploy");

        Path out = folder.resolve(name + ".out");
        Process tail = wrangler.start(out, "tail", "--format", "json");
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!Files.readString(out).contains("it broke") && System.nanoTime() < end) {
                skerry.ask(name + ".localhost");
                tail.waitFor(200, TimeUnit.MILLISECONDS);
            }
            assertThat(Files.readString(out))
                    .contains("\"outcome\": \"exception\"", "TypeError", "\"method\": \"GET\"");
        } finally {
            tail.destroy();
        }
    }
}
