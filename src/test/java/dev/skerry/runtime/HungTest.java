package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.truffle.js.lang.JavaScriptLanguage;
import dev.skerry.binding.Body;
import dev.skerry.model.Binding;
import dev.skerry.model.Outcome;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that nothing will ever give an answer to: they end at once and not at their wall time, which here is longer than any test waits. */
class HungTest {
    private static final String HUNG = "code had hung and would never generate a response";

    private static TestWorkers workers;

    @BeforeAll
    static void start() {
        workers = new TestWorkers("skerry.limits.isolates=1");
        workers.deploy("peer", List.of(), TestWorkers.module("index.js", """
                import { WorkerEntrypoint, RpcTarget } from 'cloudflare:workers';
                export default class extends WorkerEntrypoint {
                  fetch() { return new Promise(() => {}); }
                  never() { return new Promise(() => {}); }
                  counter() { return new RpcTarget(); }
                  later(callback) {
                    const kept = callback.dup();
                    this.ctx.waitUntil(scheduler.wait(200).then(() => kept('called back')));
                  }
                }
                """));
    }

    @AfterAll
    static void close() {
        workers.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            awaited             | await new Promise(() => {});
            returned            | return new Promise(() => {});
            after-a-timer       | await scheduler.wait(20); await new Promise(() => {});
            after-a-cleared-one | clearTimeout(setTimeout(() => {}, 1e9)); await new Promise(() => {});
            after-a-fetch       | await env.PEER.counter(); await new Promise(() => {});
            while-a-timer-runs  | setTimeout(() => {}, 100); await new Promise(() => {});
            while-it-waits      | ctx.waitUntil(scheduler.wait(100)); await new Promise(() => {});
            deaf                | await new Promise((resolve) => addEventListener('nothing', resolve));
            a-stub-held         | const counter = await env.PEER.counter(); await new Promise(() => {});
            a-stream-unread     | await new TransformStream().writable.getWriter().write('x'); await new TransformStream().readable.getReader().read();
            a-lock              | await new Promise((resolve) => { globalThis.release = resolve; });
            """)
    void anEventThatWaitsForNothingHasHung(String name, String code) {
        Version version = deploy(name, code);

        TestWorkers.Answer answer = send(version, "/").join();

        assertThat(answer.status()).isZero();
        assertThat(answer.outcome()).isInstanceOfSatisfying(Outcome.Threw.class, threw -> {
            assertThat(threw.name()).isEqualTo("Error");
            assertThat(threw.message()).contains(HUNG);
        });
        assertThat(send(version, "/fine").join().body()).isEqualTo("fine");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a-timer          | return new Response(await new Promise((resolve) => setTimeout(resolve, 300, 'rang')));
            an-interval      | let n = 0; return new Response(await new Promise((resolve) => setInterval(() => { if (++n === 3) resolve('rang'); }, 100)));
            a-callback       | let called; const answer = new Promise((resolve) => { called = resolve; }); await env.PEER.later(called); return new Response(await answer);
            a-callee         | try { await env.PEER.never(); } catch (error) { return new Response(error.message); }
            a-callees-answer | try { await env.PEER.fetch('http://peer/'); } catch (error) { return new Response(error.message); }
            a-message        | const { port1, port2 } = new MessageChannel(); const got = new Promise((resolve) => { port2.onmessage = (e) => resolve(e.data); }); port1.postMessage('rang'); return new Response(await got);
            a-timeout        | await new Promise((resolve) => AbortSignal.timeout(100).addEventListener('abort', resolve)); return new Response('rang');
            an-import        | return new Response(typeof (await import('cloudflare:workers')).RpcTarget === 'function' ? 'rang' : '');
            """)
    void anEventThatWaitsForSomethingHasNot(String name, String code) {
        assertThat(send(deploy(name, code), "/").join().body()).containsAnyOf("rang", "called back", HUNG);
    }

    @Test
    void aPromiseThatEventsShareIsWaitedForAsLongAsTheEventThatMadeItLives() {
        Version version = deploy("sharing", """
                const { pathname } = new URL(request.url);
                if (pathname === '/make') {
                  globalThis.shared = scheduler.wait(300);
                  console.log('made');
                  await shared;
                } else if (pathname === '/leave') {
                  globalThis.shared = scheduler.wait(1e9);
                } else {
                  await shared;
                }
                """);
        CompletableFuture<TestWorkers.Answer> made = send(version, "/make");
        TestWorkers.await(() -> workers.console.contains("sharing/production log made"));

        assertThat(send(version, "/share").join().body()).isEqualTo("done");
        assertThat(made.join().body()).isEqualTo("done");

        assertThat(send(version, "/leave").join().body()).isEqualTo("done");
        assertThat(send(version, "/share").join().outcome()).isInstanceOf(Outcome.Threw.class);
    }

    @Test
    void youngerEventsAreNotWaitedFor() {
        Version version = deploy("busy", """
                const { pathname } = new URL(request.url);
                if (pathname === '/older') {
                  console.log('older');
                  while (!globalThis.released) await scheduler.wait(5);
                  console.log('over');
                } else if (pathname === '/release') globalThis.released = true;
                else if (pathname === '/younger') await scheduler.wait(1e9);
                else { console.log('still'); await new Promise(() => {}); }
                """);
        CompletableFuture<TestWorkers.Answer> older = send(version, "/older");
        TestWorkers.await(() -> workers.console.contains("busy/production log older"));
        CompletableFuture<TestWorkers.Answer> still = send(version, "/still");
        TestWorkers.await(() -> workers.console.contains("busy/production log still"));
        TestWorkers.await(() -> workers.runtime.isolates().stream()
                .flatMap(isolate -> isolate.open().stream())
                .anyMatch(event -> event.stillness().suspected()));
        CompletableFuture<TestWorkers.Answer> younger = send(version, "/younger");
        assertThat(send(version, "/release").join().body()).isEqualTo("done");

        assertThat(still.join().outcome()).isInstanceOf(Outcome.Threw.class);
        assertThat(workers.console).contains("busy/production log over");
        assertThat(older.join().body()).isEqualTo("done");
        assertThat(younger).isNotDone();
    }

    @Test
    void anIsolateWhosePromisesAreStuckIsReplaced() {
        Version version = deploy("stuck", "console.log('lose count'); await null;");
        // As a stack overflow in the engine's own code may: it believes that it is one level deeper in the guest than
        // it is.
        workers.atConsole =
                () -> JavaScriptLanguage.getCurrentJSRealm().getAgent().interopBoundaryEnter();

        TestWorkers.Answer answer = send(version, "/").join();
        workers.atConsole = () -> {};

        assertThat(answer.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Threw.class,
                        threw -> assertThat(threw.message()).contains(HUNG));
        TestWorkers.await(() -> workers.runtime.isolates().stream()
                .noneMatch(isolate -> isolate.version().id().equals(version.id())));
        assertThat(send(version, "/fine").join().body()).isEqualTo("fine");
    }

    private static Version deploy(String name, String code) {
        Binding peer = new Binding.Service(
                "PEER", new ServiceName("peer"), Optional.empty(), Optional.empty(), Optional.empty());
        return workers.deploy(name, List.of(peer), TestWorkers.module("index.js", """
                export default {
                  async fetch(request, env, ctx) {
                    if (request.url.endsWith('/fine')) return new Response('fine');
                    %s
                    return new Response('done');
                  },
                };
                """.formatted(code)));
    }

    private static CompletableFuture<TestWorkers.Answer> send(Version version, String path) {
        return workers.fetch(version, FetchEvent.of("GET", "http://example.com" + path, "", Body.EMPTY));
    }
}
