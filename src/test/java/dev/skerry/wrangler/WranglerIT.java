package dev.skerry.wrangler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Unmodified wrangler against the packaged program: each command exits 0, and its effect is seen over HTTP. */
@ExtendWith(Projects.OneServer.class)
class WranglerIT {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int REQUESTS = 1000;

    private final Projects projects;

    WranglerIT(Projects projects) {
        this.projects = projects;
    }

    private Wrangler project(String version, String prefix, String more) throws IOException {
        return projects.project(version, prefix, more)
                .write("src/suffix.js", "export const suffix = '!';\n")
                .write("src/index.js", code("one"));
    }

    private static String code(String text) {
        return """
                import { suffix } from './suffix.js';
                export default {
                  fetch(request, env) {
                    return new Response('%s' + suffix + ' ' + [env.A, env.TOK, env.VM?.tag].join(','));
                  },
                  scheduled() {},
                };
                """.formatted(text);
    }

    private static String uuid(String printed, String after) {
        Matcher matcher = UUID.matcher(printed.substring(printed.indexOf(after)));
        assertThat(matcher.find()).as(printed).isTrue();
        return matcher.group();
    }

    @EachWrangler
    void tellsWhoIsLoggedIn(String version) throws Exception {
        assertThat(project(version, "who", "").run("whoami")).contains("Skerry", Projects.ACCOUNT);
    }

    @EachWrangler
    void deploysSplitsAndRollsBack(String version) throws Exception {
        Wrangler wrangler =
                project(version, "life", ", \"vars\": {\"A\": \"x\"}, \"version_metadata\": {\"binding\": \"VM\"}");
        String name = wrangler.name();

        wrangler.run("deploy");
        assertThat(projects.ask(name)).isEqualTo("one! x,,");

        wrangler.write("src/index.js", code("two"));
        String second = uuid(wrangler.run("deploy", "--message", "m1", "--tag", "v1"), "Current Version ID");
        assertThat(projects.ask(name)).isEqualTo("two! x,,v1");

        wrangler.write("src/index.js", code("three"));
        String uploaded =
                wrangler.run("versions", "upload", "--message", "m2", "--tag", "t2", "--preview-alias", "feat");
        String third = uuid(uploaded, "Worker Version ID");
        assertThat(projects.ask("feat-" + name)).isEqualTo("three! x,,t2");
        assertThat(projects.ask(third.substring(0, 8) + "-" + name)).isEqualTo("three! x,,t2");
        assertThat(projects.ask(name)).startsWith("two");

        assertThat(wrangler.run("versions", "list")).contains(second, third, "m2");
        assertThat(wrangler.run("versions", "view", third)).contains("t2", "fetch");
        assertThat(wrangler.run("deployments", "list")).contains(second);
        assertThat(wrangler.run("deployments", "status")).contains("(100%)", second);

        wrangler.run("versions", "deploy", third + "@30", second + "@70", "-y", "--message", "gradual");
        int threes = 0;
        for (int i = 0; i < REQUESTS; i++) {
            threes += projects.ask(name).startsWith("three") ? 1 : 0;
        }
        assertThat(threes).isBetween(REQUESTS * 22 / 100, REQUESTS * 38 / 100);

        wrangler.run("rollback", second, "-y", "--message", "rb");
        assertThat(projects.ask(name)).startsWith("two");
        assertThat(wrangler.run("deployments", "list")).contains("rb");
    }

    @EachWrangler
    void putsListsAndDeletesSecrets(String version) throws Exception {
        Wrangler wrangler = project(version, "hush", "");
        String name = wrangler.name();
        wrangler.run("deploy");

        wrangler.runWithInput("s3cret", "secret", "put", "TOK");
        assertThat(projects.ask(name)).isEqualTo("one! ,s3cret,");
        assertThat(wrangler.run("secret", "list")).contains("TOK").doesNotContain("s3cret");

        wrangler.run("secret", "delete", "TOK");
        assertThat(projects.ask(name)).isEqualTo("one! ,,");

        wrangler.write("bulk.json", "{\"A\":\"a1\",\"TOK\":\"t1\"}").run("secret", "bulk", "bulk.json");
        assertThat(projects.ask(name)).isEqualTo("one! a1,t1,");

        wrangler.run("deploy");
        assertThat(projects.ask(name)).as("a deployment keeps secrets").isEqualTo("one! a1,t1,");

        String printed = wrangler.runWithInput("t2", "versions", "secret", "put", "TOK");
        assertThat(projects.ask(name)).as("not deployed yet").isEqualTo("one! a1,t1,");
        wrangler.run("versions", "deploy", uuid(printed, "version") + "@100", "-y");
        assertThat(projects.ask(name)).isEqualTo("one! a1,t2,");
        assertThat(wrangler.run("versions", "secret", "list")).contains("TOK");
    }

    @EachWrangler
    void bindsServicesRoutesAndCronsAndDeletes(String version) throws Exception {
        Wrangler auth = project(version, "auth", "");
        auth.run("deploy");
        String host = Projects.name("gate", version) + ".example.com";
        String services = ", \"services\": [{\"binding\": \"AUTH\", \"service\": \"%s\"}]".formatted(auth.name());
        Wrangler wrangler = projects.project(version, "gate", services + """
                , "routes": [{"pattern": "%s/shop*", "zone_name": "example.com"},
                             {"pattern": "app-%s", "custom_domain": true}],
                  "triggers": {"crons": ["*/5 * * * *"]}, "workers_dev": true
                """.formatted(host, host));
        String name = wrangler.name();
        wrangler.write(
                "src/index.js",
                "export default { fetch: async (request, env) =>"
                        + " new Response('gate ' + await (await env.AUTH.fetch(request)).text()), scheduled() {} };");

        wrangler.run("deploy");
        assertThat(projects.ask(name)).isEqualTo("gate one! ,,");
        assertThat(projects.ask(host, "/shop/1")).startsWith("gate");
        assertThat(projects.ask(host, "/other")).contains("No worker answers");
        assertThat(projects.ask("app-" + host)).startsWith("gate");
        assertThat(projects.api("/workers/scripts/" + name + "/schedules")).contains("\"*/5 * * * *\"");

        wrangler.configure(services + """
                , "routes": [{"pattern": "%s/other*", "zone_name": "example.com"}],
                  "triggers": {"crons": ["0 1 * * *"]}, "workers_dev": false
                """.formatted(host));
        wrangler.run("triggers", "deploy");
        assertThat(projects.ask(host, "/other")).startsWith("gate");
        assertThat(projects.ask(host, "/shop/1")).contains("No worker answers");
        assertThat(projects.ask(name)).contains("No worker answers");
        assertThat(projects.api("/workers/scripts/" + name + "/schedules"))
                .contains("\"0 1 * * *\"")
                .doesNotContain("*/5");

        wrangler.run("delete");
        assertThat(projects.ask(host, "/other")).contains("No worker answers");
        assertThat(projects.api("/workers/services/" + name)).contains("10090");
        auth.run("delete", "--force");
        assertThat(projects.ask(auth.name())).contains("No worker answers");
    }

    @EachWrangler
    void deploysEnvironmentsAsEnvironmentsOfOneService(String version) throws Exception {
        Wrangler wrangler = project(
                version, "svc", ", \"vars\": {\"A\": \"p\"}, \"env\": {\"staging\": {\"vars\": {\"A\": \"stg\"}}}");
        String name = wrangler.name();
        wrangler.run("deploy", "--env=");
        wrangler.run("deploy", "-e", "staging");

        assertThat(projects.ask(name)).isEqualTo("one! p,,");
        assertThat(projects.ask("staging." + name)).isEqualTo("one! stg,,");
        assertThat(projects.api("/workers/services/" + name)).contains("\"environment\":\"staging\"");
        wrangler.runWithInput("s", "secret", "put", "TOK", "-e", "staging");
        assertThat(projects.ask("staging." + name)).isEqualTo("one! stg,s,");
        assertThat(projects.ask(name)).isEqualTo("one! p,,");

        wrangler.write("src/index.js", code("two")).run("deploy", "-e", "staging");
        assertThat(projects.ask("staging." + name)).isEqualTo("two! stg,s,");
        assertThat(projects.ask(name)).isEqualTo("one! p,,");

        wrangler.run("delete", "-e", "staging", "--force");
        assertThat(projects.ask("staging." + name)).contains("No worker answers");
        assertThat(projects.ask(name)).isEqualTo("one! p,,");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void deploysServiceEnvironments() throws Exception {
        Wrangler wrangler = project(
                EachWrangler.OLD,
                "legacy",
                ", \"legacy_env\": false, \"env\": {\"staging\": {\"vars\": {\"A\": \"stg\"}}}");
        String name = wrangler.name();
        wrangler.run("deploy", "--env=");
        wrangler.run("deploy", "-e", "staging");
        assertThat(projects.ask("staging." + name)).isEqualTo("one! stg,,");
        wrangler.runWithInput("s", "secret", "put", "TOK", "-e", "staging");
        assertThat(projects.ask("staging." + name)).isEqualTo("one! stg,s,");
        assertThat(wrangler.run("secret", "list", "-e", "staging")).contains("TOK");
        wrangler.run("secret", "delete", "TOK", "-e", "staging");
        assertThat(projects.ask("staging." + name)).isEqualTo("one! stg,,");
        assertThat(projects.ask(name)).isEqualTo("one! ,,");
    }

    @EachWrangler
    void migratesDurableObjectClasses(String version) throws Exception {
        String first = ", \"migrations\": [{\"tag\": \"v1\", \"new_sqlite_classes\": [\"Room\"]}]";
        Wrangler wrangler = projects.project(version, "rooms", first)
                .write(
                        "src/index.js",
                        "export class Room {} export class Hall {}"
                                + " export default { fetch: () => new Response('rooms') };");
        String name = wrangler.name();
        wrangler.run("deploy");
        assertThat(projects.ask(name)).isEqualTo("rooms");
        assertThat(projects.api("/workers/services/" + name)).contains("\"migration_tag\":\"v1\"");

        wrangler.run("deploy");
        wrangler.configure(first.replace(
                "}]", "}, {\"tag\": \"v2\", \"renamed_classes\": [{\"from\": \"Room\", \"to\": \"Hall\"}]}]"));
        wrangler.run("deploy");
        assertThat(projects.api("/workers/services/" + name)).contains("\"migration_tag\":\"v2\"");
    }

    /** Newer versions upload {@code using} as it is written, older ones what esbuild makes of it. */
    @EachWrangler
    void uploadsDeclarationsOfResources(String version) throws Exception {
        Wrangler wrangler = projects.project(version, "using", "").write("src/index.js", """
                const resource = (log, name) => ({ [Symbol.dispose]: () => log.push(name), [Symbol.asyncDispose]: async () => log.push(name) });
                export default {
                  async fetch() {
                    const log = [];
                    {
                      using a = resource(log, 'a'), b = resource(log, 'b');
                      await using c = resource(log, 'c');
                      log.push('block');
                    }
                    for (using d of [resource(log, 'd')]) log.push('loop');
                    return new Response(log.join(' '));
                  },
                };
                """);
        wrangler.run("deploy");
        assertThat(projects.ask(wrangler.name())).isEqualTo("block c b a loop d");
    }

    @EachWrangler
    void uploadsOtherModulesAndTheOlderFormat(String version) throws Exception {
        Wrangler modules = projects.project(version, "mods", ", \"vars\": {\"J\": {\"k\": [1, 2]}}")
                .write("src/greeting.txt", "hello")
                .write("src/bytes.bin", "1234")
                .write("src/index.js", """
                        import greeting from './greeting.txt';
                        import bytes from './bytes.bin';
                        export default { fetch: (request, env) =>
                          new Response(greeting + bytes.byteLength + JSON.stringify(env.J)) };
                        """);
        modules.run("deploy");
        assertThat(projects.ask(modules.name())).isEqualTo("hello4{\"k\":[1,2]}");

        Wrangler script = projects.project(version, "old", ", \"vars\": {\"A\": \"a\"}")
                .write(
                        "src/index.js",
                        "addEventListener('fetch', event => event.respondWith(new Response('old ' + A)));");
        script.run("deploy");
        assertThat(projects.ask(script.name())).isEqualTo("old a");
        script.run("deploy");
        assertThat(projects.ask(script.name())).isEqualTo("old a");
    }
}
