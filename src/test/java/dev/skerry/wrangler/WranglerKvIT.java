package dev.skerry.wrangler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;

/** wrangler's kv commands: what they write a worker reads, and the reverse. */
@ExtendWith(Projects.OneServer.class)
class WranglerKvIT {
    private static final Pattern ID = Pattern.compile("\"id\": ?\"([0-9a-f]{32})\"");

    private final Projects projects;

    WranglerKvIT(Projects projects) {
        this.projects = projects;
    }

    @EachWrangler
    void keepsNamespacesAndTheirKeys(String version) throws Exception {
        Wrangler wrangler = projects.project(version, "kv", "").write("src/index.js", """
                export default {
                  async fetch(request, env) {
                    const key = decodeURIComponent(new URL(request.url).pathname.slice(1));
                    if (key.startsWith('put ')) await env.KV.put(key.slice(4), 'by the worker');
                    return Response.json(await env.KV.getWithMetadata(key));
                  },
                };
                """);
        String name = wrangler.name();
        String title = Projects.name("ns", version);

        Matcher created = ID.matcher(wrangler.run("kv", "namespace", "create", title));
        assertThat(created.find()).isTrue();
        String id = created.group(1);
        assertThat(wrangler.run("kv", "namespace", "list")).contains(id, title);
        wrangler.configure(", \"kv_namespaces\": [{\"binding\": \"KV\", \"id\": \"" + id + "\"}]");
        wrangler.run("deploy");

        wrangler.run(
                "kv",
                "key",
                "put",
                "a/b c",
                "v1",
                "--namespace-id",
                id,
                "--remote",
                "--ttl",
                "100",
                "--metadata",
                "{\"m\":1}");
        assertThat(projects.ask(name, "/a%2Fb%20c")).contains("\"value\":\"v1\"", "\"metadata\":{\"m\":1}");
        wrangler.run("kv", "key", "put", "plain", "v2", "--binding", "KV", "--remote");
        assertThat(projects.ask(name, "/plain")).contains("\"value\":\"v2\"");
        projects.ask(name, "/put%20theirs");
        assertThat(wrangler.run("kv", "key", "get", "theirs", "--namespace-id", id, "--remote"))
                .contains("by the worker");
        assertThat(wrangler.run("kv", "key", "list", "--namespace-id", id, "--remote", "--prefix", "p"))
                .contains("plain")
                .doesNotContain("theirs");
        wrangler.run("kv", "key", "delete", "plain", "--namespace-id", id, "--remote");
        assertThat(projects.ask(name, "/plain")).contains("\"value\":null");

        wrangler.write("bulk.json", """
                [{"key":"k1","value":"v1","expiration_ttl":100},{"key":"k2","value":"djI=","base64":true,"metadata":{"x":1}}]
                """).write("keys.json", "[\"k1\",\"k2\"]");
        wrangler.run("kv", "bulk", "put", "bulk.json", "--namespace-id", id, "--remote");
        assertThat(projects.ask(name, "/k2")).contains("\"value\":\"v2\"", "\"metadata\":{\"x\":1}");
        assertThat(wrangler.run("kv", "bulk", "get", "keys.json", "--namespace-id", id, "--remote"))
                .contains("k1", "v1", "k2", "v2");
        wrangler.run("kv", "bulk", "delete", "keys.json", "-f", "--namespace-id", id, "--remote");
        assertThat(projects.ask(name, "/k2")).contains("\"value\":null");

        wrangler.run("kv", "namespace", "rename", "--new-name", title + "-new", "--namespace-id", id);
        assertThat(projects.api("/storage/kv/namespaces/" + id)).contains(title + "-new");
        wrangler.run("delete", "--force");
        wrangler.run("kv", "namespace", "delete", "--namespace-id", id, "-y");
        assertThat(projects.api("/storage/kv/namespaces/" + id)).contains("10013");
    }
}
