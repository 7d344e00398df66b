package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.model.Binding;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Module;
import dev.skerry.model.Outcome;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Method calls between workers: what they can say by a script of cases, how they end by workers of their own. */
class RpcTest {
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final String MAIN = """
            export default {
              async fetch(request, env) {
                globalThis.env = env;
                await import('./testharness.js');
                await import('./script.js');
                return new Response(await __done());
              },
            };
            """;

    private static Binding.Service service(String name, String service) {
        return new Binding.Service(
                name, new ServiceName(service), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Binding.Service service(String name, String service, String entrypoint, Optional<String> props) {
        return new Binding.Service(name, new ServiceName(service), Optional.empty(), Optional.of(entrypoint), props);
    }

    private static Module main(String text) {
        return TestWorkers.module("index.js", text);
    }

    @TestFactory
    Stream<DynamicTest> whatIsReachedThroughABinding() throws IOException {
        return cases("entrypoints");
    }

    @TestFactory
    Stream<DynamicTest> whatIsPassedInACall() throws IOException {
        return cases("values");
    }

    @TestFactory
    Stream<DynamicTest> stubs() throws IOException {
        return cases("stubs");
    }

    /** Runs a script as a worker that calls {@code rpc/callee.js}. */
    private static Stream<DynamicTest> cases(String script) throws IOException {
        try (TestWorkers workers = new TestWorkers("skerry.limits.isolates=1")) {
            Code callee = new Code(
                    "index.js",
                    Code.Format.MODULES,
                    List.of(main(Files.readString(RESOURCES.resolve("rpc/callee.js")))));
            for (String environment : List.of("production", "staging")) {
                workers.deploy(
                        EnvironmentRef.of("callee", environment),
                        callee,
                        List.of(new Binding.PlainText("NAME", environment), service("SELF", "callee")));
            }
            Version caller = workers.deploy(
                    "caller",
                    List.of(
                            service("CALLEE", "callee"),
                            service("NAMED", "callee", "Named", Optional.empty()),
                            service("NAMED_PROPS", "callee", "Named", Optional.of("{\"id\":7}")),
                            service("OBJECT", "callee", "object", Optional.empty()),
                            service("PLAIN", "callee", "Plain", Optional.empty()),
                            service("MISSING", "callee", "Nowhere", Optional.empty()),
                            new Binding.Service(
                                    "STAGING",
                                    new ServiceName("callee"),
                                    Optional.of(new EnvironmentName("staging")),
                                    Optional.empty(),
                                    Optional.empty())),
                    TestWorkers.module("main.js", MAIN),
                    TestWorkers.module("testharness.js", Files.readString(RESOURCES.resolve("testharness.js"))),
                    TestWorkers.module("script.js", Files.readString(RESOURCES.resolve("rpc/" + script + ".any.js"))));
            TestWorkers.Answer answer = workers.get(caller);
            assertThat(answer.status())
                    .as("the script runs: %s", answer.outcome())
                    .isEqualTo(200);
            JsonNode results = new ObjectMapper().readTree(answer.body());
            assertThat(results).isNotEmpty();
            return StreamSupport.stream(results.spliterator(), false)
                    .map(result -> DynamicTest.dynamicTest(result.get("name").asText(), () -> {
                        if (!result.get("status").asText().equals("PASS")) {
                            fail(result.get("message").asText() + "\n"
                                    + result.path("stack").asText());
                        }
                    }));
        }
    }

    @Test
    void threeWorkersCallOneAnotherAndPassStubsOn() {
        try (TestWorkers workers = new TestWorkers()) {
            workers.deploy("last", List.of(), main("""
                    import { RpcTarget, WorkerEntrypoint } from 'cloudflare:workers';
                    class Greeter extends RpcTarget {
                      constructor(name) { super(); this.name = name; }
                      async greet(how) { return `${await how(this.name)}!`; }
                    }
                    export default class extends WorkerEntrypoint {
                      greeter(name) { return new Greeter(name); }
                    }
                    """));
            workers.deploy("middle", List.of(service("LAST", "last")), main("""
                    import { WorkerEntrypoint } from 'cloudflare:workers';
                    export default class extends WorkerEntrypoint {
                      async greeter(name) { return await this.env.LAST.greeter(name); }
                      promised(name) { return this.env.LAST.greeter(name); }
                    }
                    """));
            Version first = workers.deploy("first", List.of(service("MIDDLE", "middle")), main("""
                    export default {
                      async fetch(request, env) {
                        const greeter = await env.MIDDLE.greeter('awaited');
                        const one = await greeter.greet((name) => `hello ${name}`);
                        const two = await env.MIDDLE.promised('in one hop').greet((name) => `hi ${name}`);
                        return new Response(`${one} ${two}`);
                      },
                    };
                    """));

            TestWorkers.Answer answer = workers.get(first);

            assertThat(answer.outcome()).isEqualTo(new Outcome.Ok());
            assertThat(answer.body()).isEqualTo("hello awaited! hi in one hop!");
            TestWorkers.await(() -> workers.runtime.isolates().stream()
                    .allMatch(isolate -> isolate.open().isEmpty()));
        }
    }

    @Test
    void theCalleesEventEndsWhenItsStubsDo() {
        try (TestWorkers workers = new TestWorkers()) {
            Version callee = workers.deploy("callee", List.of(), main("""
                    import { WorkerEntrypoint } from 'cloudflare:workers';
                    export default class extends WorkerEntrypoint {
                      give() { return () => 'alive'; }
                    }
                    """));
            Version caller = workers.deploy("caller", List.of(service("CALLEE", "callee")), main("""
                    export default {
                      async fetch(request, env) {
                        const f = await env.CALLEE.give();
                        if (request.url.endsWith('/dispose')) f[Symbol.dispose]();
                        const said = request.url.endsWith('/dispose') ? 'disposed' : await f();
                        await new Promise((resolve) => setTimeout(resolve, 50));
                        return new Response(said + (request.url.endsWith('/dispose') ? '' : await f()));
                      },
                    };
                    """));

            assertThat(workers.get(caller).body()).isEqualTo("alivealive");
            TestWorkers.await(() -> running(workers, callee) == 0);
            assertThat(workers.fetch(
                                    caller, FetchEvent.of("GET", "http://x/dispose", "", dev.skerry.binding.Body.EMPTY))
                            .join()
                            .body())
                    .isEqualTo("disposed");
            TestWorkers.await(() -> running(workers, callee) == 0);
        }
    }

    @Test
    void aWorkerCallsItsOwnExports() {
        try (TestWorkers workers = new TestWorkers()) {
            Version version = workers.deploy("own", List.of(), main("""
                    import { WorkerEntrypoint } from 'cloudflare:workers';
                    export class Greeter extends WorkerEntrypoint {
                      fetch() { return new Response('fetched'); }
                      greet(name) { return `hello ${name} ${JSON.stringify(this.ctx.props)}`; }
                    }
                    export const helper = { not: 'an entrypoint' };
                    export default {
                      async fetch(request, env, ctx) {
                        const { Greeter } = ctx.exports;
                        return new Response([
                          Object.keys(ctx.exports).join(),
                          await Greeter.greet('you'),
                          await Greeter({ props: { a: 1 } }).greet('me'),
                          await (await Greeter.fetch('http://x')).text(),
                        ].join(' | '));
                      },
                    };
                    """));

            assertThat(workers.get(version).body())
                    .isEqualTo("Greeter,default,helper | hello you {} | hello me {\"a\":1} | fetched");
        }
    }

    @Test
    void theContextOfACallIsThereAgainAfterItAndInWhatItCallsBack() {
        try (TestWorkers workers = new TestWorkers()) {
            workers.deploy("callee", List.of(), main("""
                    import { WorkerEntrypoint } from 'cloudflare:workers';
                    export default class extends WorkerEntrypoint {
                      async call(f) { return await f(); }
                      get property() { return 'p'; }
                    }
                    """));
            Version caller = workers.deploy("caller", List.of(service("CALLEE", "callee")), main("""
                    import { env, waitUntil, withEnv } from 'cloudflare:workers';
                    const CALLEE = env.CALLEE;
                    export default {
                      async fetch(request) {
                        const seen = [];
                        await withEnv({ NAME: 'replaced' }, async () => {
                          seen.push(await CALLEE.call(() => { waitUntil(Promise.resolve()); return 'back'; }));
                          seen.push(env.NAME, Object.keys(env).join());
                          await CALLEE.property;
                          seen.push(env.NAME);
                          await new Promise((resolve) => setTimeout(resolve, 1));
                          seen.push(env.NAME);
                        });
                        waitUntil(Promise.resolve());
                        seen.push(env.NAME, 'CALLEE' in env);
                        return new Response(seen.join());
                      },
                    };
                    """));

            assertThat(workers.get(caller).body()).isEqualTo("back,replaced,NAME,replaced,replaced,,true");
        }
    }

    @Test
    void stubsOfAnIsolateThatBrokeItsLimitFail() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.cpu=1s")) {
            workers.deploy("hog", List.of(), main("""
                    import { WorkerEntrypoint } from 'cloudflare:workers';
                    export default class extends WorkerEntrypoint {
                      give() { return { spin: () => { for (;;) ; }, quick: () => 'quick' }; }
                    }
                    """));
            Version caller = workers.deploy("caller", List.of(service("HOG", "hog")), main("""
                    export default {
                      async fetch(request, env) {
                        const given = await env.HOG.give(), said = [await given.quick()];
                        for (const f of [() => given.spin(), () => given.quick()]) {
                          try { said.push(await f()); } catch (error) { said.push(error.message); }
                        }
                        return new Response(said.join(' | '));
                      },
                    };
                    """));

            assertThat(workers.get(caller).body())
                    .startsWith("quick | ")
                    .containsPattern(
                            "The event of hog/production.* has ended.* \\| The event of hog/production.* has ended");
        }
    }

    private static int running(TestWorkers workers, Version version) {
        return workers.runtime.isolates().stream()
                .filter(isolate -> isolate.version().equals(version))
                .mapToInt(isolate -> isolate.open().size())
                .sum();
    }

    @Test
    void aCalleeThatBreaksItsLimitRejectsWithASentence() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.cpu=1s")) {
            workers.deploy("hog", List.of(), main("""
                    import { WorkerEntrypoint } from 'cloudflare:workers';
                    export default class extends WorkerEntrypoint {
                      spin() { for (;;) ; }
                      give() { return () => { for (;;) ; }; }
                    }
                    """));
            Version caller = workers.deploy("caller", List.of(service("HOG", "hog")), main("""
                    export default {
                      async fetch(request, env) {
                        const messages = [];
                        try { await env.HOG.spin(); } catch (error) { messages.push(error.message); }
                        return new Response(messages.join());
                      },
                    };
                    """));

            assertThat(workers.get(caller).body()).contains("hog/production").contains("CPU time limit");
        }
    }

    @Test
    void aCallEndsWithItsCaller() {
        try (TestWorkers workers = new TestWorkers()) {
            Version callee = workers.deploy("callee", List.of(), main("""
                    import { WorkerEntrypoint } from 'cloudflare:workers';
                    export default class extends WorkerEntrypoint {
                      forever(begun) {
                        begun();
                        return new Promise(() => {});
                      }
                    }
                    """));
            Version caller = workers.deploy("caller", List.of(service("CALLEE", "callee")), main("""
                    export default {
                      async fetch(request, env) {
                        await new Promise((resolve) => env.CALLEE.forever(resolve));
                        return new Response('gone');
                      },
                    };
                    """));

            assertThat(workers.get(caller).body()).isEqualTo("gone");
            TestWorkers.await(() -> running(workers, callee) == 0);
        }
    }

    @Test
    void aMethodCallIsASubrequest() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.subrequests=3")) {
            workers.deploy("callee", List.of(), main("""
                    import { WorkerEntrypoint } from 'cloudflare:workers';
                    export default class extends WorkerEntrypoint { one() { return 1; } }
                    """));
            Version caller = workers.deploy("caller", List.of(service("CALLEE", "callee")), main("""
                    export default {
                      async fetch(request, env) {
                        let sum = 0;
                        try {
                          for (;;) sum += await env.CALLEE.one();
                        } catch (error) {
                          return new Response(sum + ' ' + error.message);
                        }
                      },
                    };
                    """));

            assertThat(workers.get(caller).body()).startsWith("3 Too many subrequests");
        }
    }

    @Test
    void whatAnErrorOfAMethodSaysIsTheEventsOutcomeToo() {
        try (TestWorkers workers = new TestWorkers()) {
            workers.deploy("callee", List.of(), main("""
                    import { WorkerEntrypoint } from 'cloudflare:workers';
                    export default class extends WorkerEntrypoint { fails() { throw new RangeError('too far'); } }
                    """));
            Version caller = workers.deploy("caller", List.of(service("CALLEE", "callee")), main("""
                    export default { async fetch(request, env) { await env.CALLEE.fails(); } };
                    """));

            assertThat(workers.get(caller).outcome()).isInstanceOfSatisfying(Outcome.Threw.class, threw -> {
                assertThat(threw.name()).isEqualTo("RangeError");
                assertThat(threw.message()).isEqualTo("too far");
            });
        }
    }
}
