package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Version;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;

/** A worker that fetches, and the real server that it may fetch from. */
final class Fetcher implements AutoCloseable {
    final Origin origin = new Origin(new HttpServerOptions());
    private TestWorkers workers = new TestWorkers("skerry.egress.allow=127.0.0.1,localhost:" + origin.port());

    /** Has other settings hold from now on, and none but these. */
    void restart(String... settings) {
        workers.close();
        workers = new TestWorkers(settings);
    }

    /** What a worker answers whose handler has this body; BASE is the origin. A string is the answer, anything else becomes JSON. */
    String run(String code) {
        return run("http://127.0.0.1:" + origin.port(), code);
    }

    /** The same with another BASE. */
    String run(String base, String code) {
        Version version =
                workers.deploy("fetcher", List.of(), TestWorkers.module("main.js", """
                const BASE = '%s';
                const failure = (promise) => promise.then(() => 'no failure', (e) => `${e.name}: ${e.message}`);
                async function run(request, env, ctx) {
                %s
                }
                export default {
                  async fetch(request, env, ctx) {
                    const result = await run(request, env, ctx);
                    if (result instanceof Response) return result;
                    return new Response(typeof result === 'string' ? result : JSON.stringify(result));
                  },
                };
                """.formatted(base, code)));
        TestWorkers.Answer answer = workers.get(version);
        assertThat(answer.outcome()).hasToString("Ok[]");
        return answer.body();
    }

    @Override
    public void close() {
        workers.close();
        origin.close();
    }
}
