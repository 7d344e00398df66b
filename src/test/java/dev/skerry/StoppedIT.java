package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workers that are stopped at a limit while they use one API over and over, at moments of chance, the first of them in the process too: wherever in the
 * engine or in the API's Java half that comes, it breaks nothing for others or for later.
 */
class StoppedIT {
    private static final String FINE = "fine";
    private static final int STOPS = 40;

    @TempDir
    private static Path folder;

    private static ServerProcess server;

    static Stream<String> names() {
        return Stream.concat(Stream.of("pairs", "secrets", "primes"), ManyApis.names().stream());
    }

    @BeforeAll
    static void start() {
        server = ManyApis.write(new Workers(folder))
                .write("stopped.js", """
                        import apis from './apis.js';
                        import { scryptSync, generatePrimeSync } from 'node:crypto';
                        // What is long in Java.
                        const more = {
                          pairs: () => crypto.subtle.generateKey(
                            { name: 'RSASSA-PKCS1-v1_5', modulusLength: 4096, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['sign']),
                          secrets: () => scryptSync('secret', 'salt', 32),
                          primes: () => generatePrimeSync(1024),
                        };
                        export default {
                          async fetch(request, env) {
                            const name = request.url.split('/')[3];
                            if (name === 'fine') return new Response('fine');
                            for (;;) await (apis[name] ?? more[name])(env);
                          },
                        };
                        """)
                .write("others.js", """
                        import { scryptSync, generatePrimeSync } from 'node:crypto';
                        export default {
                          async fetch() {
                            const pair = await crypto.subtle.generateKey(
                              { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['sign', 'verify']);
                            const signed = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', pair.privateKey, new Uint8Array(9));
                            const right = await crypto.subtle.verify('RSASSA-PKCS1-v1_5', pair.publicKey, signed, new Uint8Array(9));
                            scryptSync('secret', 'salt', 32);
                            generatePrimeSync(128);
                            return new Response(right ? 'fine' : 'a signature is not its own');
                          },
                        };
                        """)
                .write("skerry.yaml", """
                        skerry: {domain: localhost, limits: {cpu: 30s, subrequests: 100000}, runtime: {backoff: 1ms}}
                        services:
                          peer: {main: peer.js}
                          neighbour: {main: neighbour.js, services: {PEER: {service: peer}}, kv-namespaces: {KV: neighbour}}
                          others: {main: others.js, compatibility-flags: [nodejs_compat]}
                          stopped:
                            main: stopped.js
                            compatibility-flags: [nodejs_compat]
                            services: {PEER: {service: peer}}
                            kv-namespaces: {KV: stopped}
                            limits: {cpu: 20ms, wall: 1s}
                        """)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void whatOneWorkerIsStoppedInIsAsGoodAsNewForOthers(String api) {
        List<Integer> stopped = IntStream.range(0, STOPS)
                .parallel()
                .mapToObj(i -> server.get("stopped.localhost", "/" + api).statusCode())
                .toList();

        // Those that wait for others more than they compute end at the wall time.
        assertThat(stopped).isSubsetOf(503, 504);
        assertThat(server.get("others.localhost", "/").body()).isEqualTo(FINE);
        assertThat(server.get("neighbour.localhost", "/").body()).isEqualTo(FINE);
        server.await(
                "the worker that was stopped",
                () -> server.get("stopped.localhost", "/fine").body().equals(FINE));
        assertThat(server.admin("/q/health").statusCode()).isEqualTo(200);
    }
}
