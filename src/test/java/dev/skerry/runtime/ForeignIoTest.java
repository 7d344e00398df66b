package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import dev.skerry.kv.TestKv;
import dev.skerry.model.Binding;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one request got from outside is no other's to use; and in global scope, nothing can be got from there. */
class ForeignIoTest {
    private static final String REFUSED = "Error: Cannot perform I/O on behalf of a different request.";

    @TempDir
    private static Path folder;

    private static TestKv kv;
    private static TestWorkers workers;

    @BeforeAll
    static void open() {
        kv = new TestKv(folder);
        kv.namespace("shared");
        workers = new TestWorkers(List.of(kv.binding()), "skerry.limits.isolates=1", "skerry.limits.wait-until=2s");
        workers.deploy("counter", List.of(), TestWorkers.module("index.js", """
                import { RpcTarget, WorkerEntrypoint } from 'cloudflare:workers';
                class Counter extends RpcTarget {
                  #counted = 0;
                  count() { return ++this.#counted; }
                }
                export default class extends WorkerEntrypoint {
                  make() { return new Counter(); }
                  wrapped() { return { counter: new Counter() }; }
                }
                """));
        workers.deploy("callee", List.of(), TestWorkers.module("index.js", """
                export default {
                  fetch(request) {
                    if (request.url.endsWith('/later')) {
                      return new Response(new ReadableStream({
                        async pull(to) {
                          await new Promise((resolve) => setTimeout(resolve, 20));
                          to.enqueue(new TextEncoder().encode('later'));
                          to.close();
                        },
                      }));
                    }
                    return new Response('called');
                  },
                };
                """));
    }

    @AfterAll
    static void close() {
        workers.close();
        kv.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text-of-a-request        | kept = request                              | await kept.text()                       | await kept.text()
            json-of-a-request        | kept = request                              | await kept.json()                       | await kept.text()
            clone-of-a-request       | kept = request                              | await kept.clone().text()               | await kept.text()
            request-passed-on        | kept = request                              | await env.CALLEE.fetch(kept)            | await kept.text()
            copy-of-a-request        | kept = request                              | await new Request(kept).text()          | await kept.text()
            reader-of-a-request      | kept = request.body                         | (await kept.getReader().read()).done    | await new Response(kept).text()
            reader-given             | kept = request.body.getReader()             | (await kept.read()).done                | new TextDecoder().decode((await kept.read()).value)
            byob-reader-given        | kept = request.body.getReader({mode:'byob'})| (await kept.read(new Uint8Array(9))).done | new TextDecoder().decode((await kept.read(new Uint8Array(9))).value)
            iteration-of-a-stream    | kept = request.body                         | (await kept.values().next()).done       | await new Response(kept).text()
            pipe-of-a-stream         | kept = request.body                         | await kept.pipeTo(new WritableStream()) | await new Response(kept).text()
            stream-made-a-body       | kept = request.body                         | await new Response(kept).text()         | await new Response(kept).text()
            tee-of-a-stream          | kept = request.body.tee()[0]                | await new Response(kept).text()         | await new Response(kept).text()
            html-rewriter            | kept = new HTMLRewriter().transform(new Response(request.body)) | await kept.text() | await kept.text()
            response-of-a-service    | kept = await env.CALLEE.fetch('http://a/')  | await kept.text()                       | await kept.text()
            streamed-response        | kept = await env.CALLEE.fetch('http://a/later') | await kept.text()                   | await kept.text()
            response-cloned          | kept = (await env.CALLEE.fetch('http://a/later')).clone() | await kept.text()         | await kept.text()
            stream-of-kv             | await env.KV.put('k', 'v'); kept = await env.KV.get('k', 'stream') | await new Response(kept).text() | await new Response(kept).text()
            rpc-stub                 | kept = await env.COUNTER.make()             | await kept.count()                      | await kept.count()
            rpc-stub-in-a-value      | kept = (await env.COUNTER.wrapped()).counter | await kept.count()                     | await kept.count()
            websocket-send           | kept = new WebSocketPair()[0]; kept.accept() | kept.send('hello')                      | kept.send('hello')
            websocket-close          | kept = new WebSocketPair()[0]; kept.accept() | kept.close(1000)                        | kept.close(1000)
            """)
    void whatIsOfAnotherRequestIsRefusedAndStaysItsOwn(String name, String keep, String use, String ownUse) {
        Version version = deploy(name, """
                if (path === '/keep') {
                  %s;
                  console.log('%s is kept');
                  await go();
                  return new Response(String(%s));
                }
                if (path === '/go') return new Response(String(released = true));
                return new Response(String(%s));
                """.formatted(keep, name, ownUse, use));
        CompletableFuture<TestWorkers.Answer> owner = post(version, "/keep");
        TestWorkers.await(
                () -> owner.isDone() || workers.console.contains(name + "/production log " + name + " is kept"));
        assertThat(owner).isNotDone();

        assertThat(post(version, "/use").join().body()).startsWith(REFUSED);

        assertThat(post(version, "/go").join().status()).isEqualTo(200);
        assertThat(owner.join().body()).isNotEmpty().doesNotStartWith("Error");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            left-request   | kept = request                                 | await kept.text()
            left-reader    | kept = request.body.getReader()                | await kept.read()
            left-response  | kept = await env.CALLEE.fetch('http://a/')     | await kept.text()
            left-websocket | kept = new WebSocketPair()[0]; kept.accept()   | kept.send('hello')
            """)
    void whatIsOfARequestThatHasEndedIsRefused(String name, String keep, String use) {
        Version version = deploy(name, """
                if (path === '/keep') { %s; return new Response('kept'); }
                return new Response(String(%s));
                """.formatted(keep, use));
        assertThat(post(version, "/keep").join().body()).isEqualTo("kept");

        assertThat(post(version, "/use").join().body()).startsWith(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kept", "new Response(kept.body)", "new Response(kept.body, kept)"})
    void aResponseOfAnotherRequestIsNotSent(String answer) {
        Version version = deploy("sent-" + Integer.toHexString(answer.hashCode()), """
                if (path === '/keep') kept = await env.CALLEE.fetch('http://a/later');
                return path === '/keep' ? new Response('kept') : %s;
                """.formatted(answer));
        assertThat(post(version, "/keep").join().body()).isEqualTo("kept");

        TestWorkers.Answer answered = post(version, "/use").join();

        assertThat(answered.body() + answered.outcome())
                .contains("Cannot perform I/O on behalf of a different request.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text-response     | kept = new Response('mine')                    | await kept.clone().text()
            stream-of-its-own | kept = new ReadableStream({ pull(to) { to.enqueue('mine'); } }) | (await kept.getReader().read()).value
            transform         | kept = new TransformStream(); kept.writable.getWriter().write('mine') | (await kept.readable.getReader().read()).value
            headers           | kept = request.headers                         | kept.get('x-whose')
            promise           | kept = env.CALLEE.fetch('http://a/').then((response) => response.text()).then(() => 'mine') | await kept
            blob              | kept = new Blob(['mine'])                      | await kept.text()
            """)
    void whatIsOfNoRequestIsFree(String name, String keep, String use) {
        Version version = deploy(name, """
                if (path === '/keep') { %s; await kept; }
                return new Response(path === '/keep' ? 'kept' : String(%s));
                """.formatted(keep, use));
        assertThat(post(version, "/keep").join().body()).isEqualTo("kept");

        assertThat(post(version, "/use").join().body()).isEqualTo("mine");
    }

    @Test
    void aRequestThatWaitedForTheSamePromiseAsAnotherGoesOnAsItself() {
        Version version = deploy("shared-promise", """
                shared ??= new Promise((resolve) => setTimeout(resolve, 200)).then(() => env.CALLEE.fetch('http://a/')).then((r) => r.text());
                if (path === '/second') console.log('second waits');
                const value = await shared;
                if (path === '/first') return new Response(value);
                // The first one has answered meanwhile, and what it began ends with it.
                const text = await request.text();
                await new Promise((resolve) => setTimeout(resolve, 50));
                const called = await env.CALLEE.fetch('http://a/later');
                return new Response(`${value} ${text} ${await called.text()}`);
                """);
        CompletableFuture<TestWorkers.Answer> first = post(version, "/first");
        CompletableFuture<TestWorkers.Answer> second = post(version, "/second");
        TestWorkers.await(() -> workers.console.contains("shared-promise/production log second waits"));

        assertThat(first.join().body()).isEqualTo("called");
        assertThat(second.join().body()).isEqualTo("called own body later");
    }

    @Test
    void codeThatAnEndedRequestLeftBehindWorksForTheOneThatRunsIt() {
        Version version = node("left-behind", """
                import { AsyncLocalStorage } from 'node:async_hooks';
                let run;
                export default {
                  async fetch(request) {
                    if (request.url.endsWith('/keep')) {
                      run = AsyncLocalStorage.snapshot();
                      return new Response('kept');
                    }
                    return new Response(await run(() => request.text()));
                  },
                };
                """);
        assertThat(post(version, "/keep").join().body()).isEqualTo("kept");

        assertThat(post(version, "/use").join().body()).isEqualTo("own body");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            fetch             | await fetch('http://example.com/')
            timeout           | setTimeout(() => {}, 1)
            interval          | setInterval(() => {}, 1)
            immediate         | setImmediate(() => {})
            wait              | await scheduler.wait(1)
            signal-timeout    | AbortSignal.timeout(1)
            random-values     | crypto.getRandomValues(new Uint8Array(1))
            random-uuid       | crypto.randomUUID()
            generated-key     | await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])
            cache             | await caches.default.match('http://example.com/')
            websocket         | new WebSocket('ws://example.com/')
            service           | await env.CALLEE.fetch('http://example.com/')
            kv                | await env.KV.get('key')
            socket            | connect('example.com:1')
            node-random       | randomBytes(1)
            """)
    void nothingComesFromOutsideInGlobalScope(String name, String code) {
        Version version = node("global-" + name, """
                import { env } from 'cloudflare:workers';
                import { connect } from 'cloudflare:sockets';
                import { randomBytes } from 'node:crypto';
                let refused;
                try {
                  %s;
                } catch (error) {
                  refused = error;
                }
                export default { fetch: () => new Response(String(refused)) };
                """.formatted(code));

        assertThat(workers.get(version).body())
                .startsWith(
                        "Error: Disallowed operation called within global scope. Asynchronous I/O (ex: fetch() or connect()),"
                                + " setting a timeout, and generating random values are not allowed within global scope.");
    }

    @Test
    void whatNeedsNoEventWorksInGlobalScope() {
        Version version = workers.deploy("global-free", List.of(), TestWorkers.module("index.js", """
                const random = Math.random(), pair = new WebSocketPair(), url = new URL('http://a/'), text = await new Response('text').text();
                console.log('starts');
                export default { fetch: () => new Response(`${random < 1} ${pair[0].readyState} ${url.host} ${text}`) };
                """));

        assertThat(workers.get(version).body()).isEqualTo("true 1 a text");
    }

    private static Version deploy(String name, String code) {
        return workers.deploy(
                name.toLowerCase(Locale.ROOT), bindings(), TestWorkers.module("index.js", """
                let kept, shared, released = false;
                const go = async () => { while (!released) await scheduler.wait(5); };
                export default {
                  async fetch(request, env) {
                    const path = new URL(request.url).pathname;
                    try {
                      %s
                    } catch (error) {
                      return new Response(String(error));
                    }
                  },
                };
                """.formatted(code)));
    }

    /** With modules of Node. */
    private static Version node(String name, String source) {
        return workers.deploy(
                EnvironmentRef.of(name, "production"),
                new Code("index.js", Code.Format.MODULES, List.of(TestWorkers.module("index.js", source))),
                bindings(),
                List.of("nodejs_compat"));
    }

    private static List<Binding> bindings() {
        return List.of(
                new Binding.Service(
                        "CALLEE", new ServiceName("callee"), Optional.empty(), Optional.empty(), Optional.empty()),
                new Binding.Service(
                        "COUNTER", new ServiceName("counter"), Optional.empty(), Optional.empty(), Optional.empty()),
                new Binding.KvNamespace("KV", "shared"));
    }

    private static CompletableFuture<TestWorkers.Answer> post(Version version, String path) {
        return workers.fetch(
                version,
                FetchEvent.of(
                        "POST",
                        "http://example.com" + path,
                        "\nx-whose:mine",
                        new Body.Bytes(ByteBuffer.wrap("own body".getBytes(StandardCharsets.UTF_8)))));
    }
}
