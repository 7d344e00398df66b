package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A worker that recurses to the end of its stack and, from each of the last frames, uses one API after the other, for the first time in the process: the
 * overflow comes somewhere within. Whatever it breaks off, it is an ordinary RangeError there, and breaks nothing for others or for later.
 */
class StackEndIT {
    private static final String FINE = "fine";
    /** What the attacker answers when the API was never broken off: compiled as one piece, the last frames may leave more room than a function of the engine needs. */
    private static final String NEVER = "never at the end of the stack";

    private static int attacks;
    private static int met;

    @TempDir
    private static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ManyApis.write(new Workers(folder))
                .write("attacker.js", """
                        import apis from './apis.js';
                        let api, env, above, met, other;
                        // In each of the last frames, then in some of those that have more room.
                        function use() {
                          above++;
                          if (above > 2000 || (above > 20 && above % 50 !== 0)) return;
                          try {
                            const result = api(env);
                            if (result instanceof Promise) result.catch(() => {});
                          } catch (error) {
                            if (error instanceof RangeError) met++;
                            else other = `${error}`;
                          }
                        }
                        const ways = {
                          plain() { try { ways.plain(); } catch {} use(); },
                          compared() { try { [2, 1].sort(ways.compared); } catch {} use(); return 0; },
                        };
                        export default {
                          async fetch(request, bindings) {
                            const name = request.url.split('/')[3];
                            if (name === 'fine') return new Response('fine');
                            [api, env, met, other] = [apis[name], bindings, 0, undefined];
                            for (const way of Object.keys(ways)) {
                              above = 0;
                              try { ways[way](); } catch {}
                            }
                            return new Response(other ?? (met > 0 ? 'fine' : 'never at the end of the stack'));
                          },
                        };
                        """)
                .write("skerry.yaml", """
                        skerry: {domain: localhost, limits: {cpu: 60s, wall: 100s, subrequests: 10000}}
                        services:
                          peer: {main: peer.js}
                          neighbour: {main: neighbour.js, services: {PEER: {service: peer}}, kv-namespaces: {KV: neighbour}}
                          attacker: {main: attacker.js, services: {PEER: {service: peer}}, kv-namespaces: {KV: attacker}}
                        """)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(met)
                .as("of %s attacks most met the end of the stack", attacks)
                .isGreaterThanOrEqualTo(attacks / 2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.skerry.ManyApis#names")
    void whatOverflowsTheStackOfOneWorkerIsAsGoodAsNewForOthers(String api) {
        assumeTrue(
                server.isNative(),
                "On a JVM, static initializers and call sites that overflow are broken for good; a reserve of the stack is in the native executable alone");

        String attack = server.get("attacker.localhost", "/" + api).body();
        attacks++;
        met += attack.equals(FINE) ? 1 : 0;
        assertThat(attack).isIn(FINE, NEVER);

        assertThat(server.get("neighbour.localhost", "/" + api).body()).isEqualTo(FINE);
        List<String> answers = IntStream.range(0, 24)
                .parallel()
                .mapToObj(i -> List.of("attacker", "neighbour", "peer").get(i % 3))
                .map(service -> server.get(service + ".localhost", service.equals("attacker") ? "/fine" : "/" + api)
                        .body())
                .toList();
        assertThat(answers).containsOnly(FINE);
        assertThat(server.get("neighbour.localhost", "/").body()).isEqualTo(FINE);
        assertThat(server.admin("/q/health").statusCode()).isEqualTo(200);
        assertThat(server.admin("/q/metrics").body()).contains("skerry_runners_lost_total 0.0");
    }
}
