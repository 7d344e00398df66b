package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Binding;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker is told by {@code fetch} of a service binding that fails. */
class BindingErrorsTest {
    private static final String CALLEE = """
            class Own extends Error {
              name = 'Own';
              constructor(message) { super(message); this.status = 404; this.details = { deep: [1, new Date(0)] }; }
            }
            const thrown = {
              plain: () => new Error('plain'),
              own: () => new Own('own'),
              cause: () => new Error('outer', { cause: new TypeError('inner') }),
              many: () => new AggregateError([new TypeError('one')], 'many'),
              suppressed: () => new SuppressedError(new TypeError('one'), new Error('two'), 'both'),
              exception: () => new DOMException('gone', 'AbortError'),
              text: () => 'just text',
              nothing: () => undefined,
              object: () => ({ a: 1 }),
              method: () => Object.assign(new TypeError('method'), { f() {}, ok: 1 }),
              response: () => Object.assign(new Error('response'), { r: new Response('x') }),
              getter: () => Object.defineProperty(new Error('getter'), 'g', { enumerable: true, get() { throw new Error('no'); } }),
              large: () => Object.assign(new Error('large'), { data: 'x'.repeat(33 << 20) }),
              remote: () => Object.assign(new Error('remote'), { remote: 'mine' }),
              polluted: () => Object.defineProperty(new Error('p'), '__proto__', { value: { polluted: 1 }, enumerable: true }),
            };
            export default {
              async fetch(request) {
                const name = new URL(request.url).pathname.slice(1);
                if (name === 'never') return new Promise(() => { setTimeout(() => {}, 60_000); });
                throw thrown[name]();
              },
            };
            """;
    private static final String CALLER = """
            const own = (e) => Object.keys(e).filter((name) => name !== 'cause').map((name) => `${name}=${JSON.stringify(e[name])}`).join();
            const tell = (e) => `${e instanceof Error ? e.constructor.name : typeof e} ${e.name}: ${e.message} {${own(e)}}`;
            export default {
              async fetch(request, { CALLEE, ORIGIN }) {
                %s
              },
            };
            """;

    private final Origin origin = new Origin(new HttpServerOptions());
    private final TestWorkers workers = new TestWorkers("skerry.egress.allow=127.0.0.1");

    @AfterEach
    void close() {
        workers.close();
        origin.close();
    }

    private String run(String code) {
        workers.deploy("callee", List.of(), TestWorkers.module("main.js", CALLEE));
        Version caller = workers.deploy(
                "caller",
                List.of(
                        new Binding.Service(
                                "CALLEE",
                                new ServiceName("callee"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        new Binding.PlainText("ORIGIN", "http://127.0.0.1:" + origin.port())),
                TestWorkers.module("main.js", CALLER.formatted(code)));
        TestWorkers.Answer answer = workers.get(caller);
        assertThat(answer.outcome()).hasToString("Ok[]");
        return answer.body();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | Error Error: plain {remote=true}",
                "own | Error Own: own {name=\"Own\",status=404,details={\"deep\":[1,\"1970-01-01T00:00:00.000Z\"]},remote=true}",
                "many | AggregateError AggregateError: many {remote=true}",
                "suppressed | SuppressedError SuppressedError: both {remote=true}",
                "exception | DOMException AbortError: gone {remote=true}",
                "text | Error Error: just text {remote=true}",
                "nothing | Error Error: undefined {remote=true}",
                "object | object undefined: undefined {a=1,remote=true}",
                "remote | Error Error: remote {remote=true}",
            })
    void anErrorIsToldWithWhatItSaysOfItself(String thrown, String told) {
        assertThat(run("return new Response(await CALLEE.fetch('http://x/%s').then(() => 'no failure', tell));"
                        .formatted(thrown)))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "method | TypeError TypeError: method {remote=true}",
                "response | Error Error: response {remote=true}",
                "getter | Error Error: getter {remote=true}",
                "large | Error Error: large {remote=true}",
            })
    void whatCannotBeSentIsLeftOut(String thrown, String told) {
        anErrorIsToldWithWhatItSaysOfItself(thrown, told);
    }

    @Test
    void theErrorsWithinAnErrorComeAlong() {
        assertThat(run("""
                const failure = (path) => CALLEE.fetch(`http://x/${path}`).catch((e) => e);
                const cause = await failure('cause'), many = await failure('many'), suppressed = await failure('suppressed');
                return new Response([cause.cause, ...many.errors, suppressed.error, suppressed.suppressed].map(tell).join('; '));
                """))
                .isEqualTo(
                        "TypeError TypeError: inner {}; TypeError TypeError: one {}; TypeError TypeError: one {}; Error Error: two {}");
    }

    @Test
    void anErrorChangesNothingBesides() {
        assertThat(run("""
                const e = await CALLEE.fetch('http://x/polluted').catch((e) => e);
                return new Response([e.message, e.polluted, {}.polluted, Object.getPrototypeOf(e) === Error.prototype].join());
                """)).isEqualTo("p,,,true");
    }

    @Test
    void theReasonOfAnAbortIsWhatAFetchFailsWith() {
        assertThat(run("""
                const seen = [];
                for (const reason of ['a string', 5, null, { a: 1 }, new RangeError('mine'), undefined]) {
                  for (const start of [(signal) => CALLEE.fetch('http://x/never', { signal }), (signal) => fetch(`${ORIGIN}/never`, { signal })]) {
                    const later = new AbortController(), failing = start(later.signal);
                    setTimeout(() => later.abort(reason), 10);
                    const before = AbortSignal.abort(reason);
                    for (const [signal, promise] of [[later.signal, failing], [before, start(before)]]) {
                      const failure = await promise.then(() => 'no failure', (e) => ({ e }));
                      seen.push('e' in failure && Object.is(failure.e, signal.reason) && (reason === undefined || Object.is(failure.e, reason)));
                    }
                  }
                }
                return new Response(seen.join());
                """)).isEqualTo("true,".repeat(24).replaceAll(",$", ""));
    }
}
