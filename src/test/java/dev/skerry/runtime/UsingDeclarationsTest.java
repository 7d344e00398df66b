package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code using} and {@code await using}. */
class UsingDeclarationsTest {
    private static final TestWorkers WORKERS = new TestWorkers();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static String run(String body) {
        return answer("""
                const log = [], sync = (name) => ({ name, [Symbol.dispose]() { log.push('-' + name); } });
                const async = (name) => ({ name, async [Symbol.asyncDispose]() { await 1; log.push('~' + name); } });
                const broken = (name) => ({ [Symbol.dispose]() { throw new RangeError(name); } });
                const tell = (e) => e instanceof SuppressedError ? `(${tell(e.error)} over ${tell(e.suppressed)})` : `${e.name} ${e.message}`;
                export default { async fetch() {
                  log.length = 0;
                  const result = await (async () => {
                %s
                  })();
                  return new Response([...log, result ?? ''].join(' '));
                } };
                """.formatted(body));
    }

    private static String answer(String source) {
        TestWorkers.Answer answer =
                WORKERS.get(WORKERS.deploy("using", List.of(), TestWorkers.module("index.js", source)));
        assertThat(answer.outcome()).as(source).hasToString("Ok[]");
        return answer.body();
    }

    @Test
    void whatABlockUsesIsDisposedOfAtItsEndTheLastFirst() {
        assertThat(
                        run(
                                "{ using a = sync('a'), b = sync('b'), none = null; log.push(a.name + b.name); using c = sync('c'); }"))
                .isEqualTo("ab -c -b -a ");
        assertThat(run("const f = () => { using a = sync('a'); return log.push('in'), 'out'; }; return f();"))
                .isEqualTo("in -a out");
        assertThat(run("for (const i of [1, 2]) { using a = sync(i); if (i === 1) continue; log.push('two'); }"))
                .isEqualTo("-1 two -2 ");
        assertThat(
                        run(
                                "const f = function* () { using a = sync('a'); yield 1; yield 2; }; for (const i of f()) { log.push(i); break; }"))
                .isEqualTo("1 -a ");
        assertThat(
                        run(
                                "class A { static { using a = sync('a'); log.push('static'); } #p = 1; get x() { using b = sync('b'); return this.#p; } } return new A().x;"))
                .isEqualTo("static -a -b 1");
    }

    @Test
    void whatIsAwaitedIsDisposedOfInItsTurn() {
        assertThat(run("{ await using a = async('a'), b = sync('b'); using c = sync('c'); log.push('in'); }"))
                .isEqualTo("in -c -b ~a ");
        assertThat(run("{ await using none = null; } log.push('after')")).isEqualTo("after ");
    }

    @Test
    void anErrorIsKeptAndThoseOfDisposingSuppressIt() {
        assertThat(run("try { using a = sync('a'); throw new TypeError('body'); } catch (e) { return tell(e); }"))
                .isEqualTo("-a TypeError body");
        assertThat(
                        run(
                                "try { using a = broken('a'), b = broken('b'); throw new TypeError('body'); } catch (e) { return tell(e); }"))
                .isEqualTo("(RangeError a over (RangeError b over TypeError body))");
        assertThat(run("try { using a = sync('a'), b = {}; } catch (e) { return e.name; }"))
                .isEqualTo("-a TypeError");
        assertThat(run("try { await using a = async('a'), b = broken('b'); } catch (e) { return tell(e); }"))
                .isEqualTo("~a RangeError b");
    }

    @Test
    void aLoopUsesEachValue() {
        assertThat(run("for (using a of [sync('a'), sync('b')]) log.push(a.name);"))
                .isEqualTo("a -a b -b ");
        assertThat(run("for (using a of [sync('a'), sync('b')]) { if (a.name === 'a') break; }"))
                .isEqualTo("-a ");
        assertThat(run("for (await using a of [async('a'), sync('b')]) log.push(a.name);"))
                .isEqualTo("a ~a b -b ");
        assertThat(run("for await (using a of [sync('a'), sync('b')]) log.push(a.name);"))
                .isEqualTo("a -a b -b ");
        assertThat(run("try { for (using a of [sync('a')]) throw new Error('x'); } catch (e) { return tell(e); }"))
                .isEqualTo("-a Error x");
    }

    @Test
    void aModuleUsesWhatItHasAtItsTopUntilItHasBeenEvaluated() {
        assertThat(answer("""
                const log = [];
                using first = { [Symbol.dispose]() { log.push('first'); } };
                await using second = { async [Symbol.asyncDispose]() { await 1; log.push('second'); } };
                export const kept = first;
                log.push('end');
                export default { fetch: () => new Response(log.join()) }; // the end""")).isEqualTo("end,second,first");
    }

    /** What a module logs that is imported and fails, and what its importer sees. */
    private static String imported(String source) {
        Module main = TestWorkers.module("index.js", """
                globalThis.log = [];
                globalThis.sync = (name) => ({ name, [Symbol.dispose]() { log.push('-' + name); } });
                globalThis.async = (name) => ({ name, async [Symbol.asyncDispose]() { await 1; log.push('~' + name); } });
                export default { async fetch() {
                  try {
                    await import('./failing.js');
                  } catch (e) {
                    log.push(e.message);
                  }
                  const seen = log.join(' ');
                  await scheduler.wait(1);
                  return new Response(`${seen} / ${log.slice(seen.split(' ').length).join(' ')}`);
                } };
                """);
        TestWorkers.Answer answer =
                WORKERS.get(WORKERS.deploy("using", List.of(), main, TestWorkers.module("failing.js", source)));
        assertThat(answer.outcome()).as(source).hasToString("Ok[]");
        return answer.body();
    }

    @Test
    void aModuleThatThrowsDisposesOfWhatItHasAtItsTop() {
        assertThat(
                        imported(
                                "using a = sync('a'), b = sync('b'); log.push('in'); throw new Error('thrown'); using c = sync('c');"))
                .isEqualTo("in -b -a thrown / ");
        assertThat(imported("""
                using a = sync('a');
                export const f = async (x) => { await x; }, g = { async h() { await 1; } };
                export class C { async m(y) { if (y) { await y; } } static async *n() { for await (const z of []) ; } }
                export async function o() { try { await 1; } catch (e) { await e; } }
                export default f(a.missing.more);
                """)).startsWith("-a ").contains("undefined").endsWith(" / ");
    }

    @Test
    void oneThatAwaitsDoesSoToo() {
        String inTheMiddle =
                imported("using a = sync('a'); await scheduler.wait(1); log.push('in'); throw new Error('thrown');");
        assertThat(inTheMiddle.replace(" / ", " "))
                .contains("in")
                .contains("-a")
                .contains("thrown");
        String atOnce =
                imported("await using a = async('a'); using b = sync('b'); log.push('in'); throw new Error('thrown');");
        assertThat(atOnce.replace(" / ", " ").split(" "))
                .contains("in", "thrown")
                .containsSubsequence("-b", "~a");
        assertThat(imported("using a = sync('a'); if (true) { await scheduler.wait(5); } log.push('end');"))
                .isEqualTo("end -a / ");
        assertThat(imported("await using a = async('a'); export const x = 1; await null; log.push('end');"))
                .isEqualTo("end ~a / ");
    }

    @Test
    void aWorkerWhoseModuleThrowsFailsWithWhatItThrew() {
        TestWorkers.Answer answer = WORKERS.get(WORKERS.deploy(
                "failing",
                List.of(),
                TestWorkers.module(
                        "index.js",
                        "using a = { [Symbol.dispose]() { throw new Error('other'); } };\nexport default missing;")));

        assertThat(answer.outcome().toString()).contains("missing is not defined");
    }

    @Test
    void scriptsAndModulesOfCommonJsHaveItToo() {
        Module main = TestWorkers.module(
                "index.js", "import f from './other.cjs'; export default { fetch: () => new Response(f()) }");
        Module other = new Module(
                "other.cjs",
                ModuleType.COMMON_JS,
                Bytes.utf8(
                        "let log = ''; using a = { [Symbol.dispose]() { log += 'top'; } };"
                                + "module.exports = () => { { using b = { [Symbol.dispose]() { log += ' block'; } }; } return log; };"));
        assertThat(WORKERS.get(WORKERS.deploy("using", List.of(), main, other)).body())
                .isEqualTo("top block");

        Code script = new Code(
                "index.js",
                Code.Format.SERVICE_WORKER,
                List.of(
                        TestWorkers.module(
                                "index.js",
                                "addEventListener('fetch', (e) => { let s = ''; { using a = { [Symbol.dispose]() { s = 'done'; } }; } e.respondWith(new Response(s)); })")));
        assertThat(WORKERS.get(WORKERS.deploy(EnvironmentRef.of("script", "production"), script, List.of()))
                        .body())
                .isEqualTo("done");
    }

    @Test
    void whatOnlyLooksLikeADeclarationStaysAndLinesDo() {
        assertThat(run("""
                const using = { of: 3, a: { using: 4 } }, text = 'using x = 1 }', pattern = /[/}]using x = `"/g, b = 2;
                // using y = {
                /* using z = { */
                const template = `using a = ${`{${(() => { using a = sync('t'); return '}'; })()}`} using b = "`;
                if (b) /using c = }/.test(text);
                const half = using.of / 2 / 1, list = [using.a.using, using
                .of];
                for (using.of of [1]) ;
                { using x = sync('x')
                  log.push(half), list[0] = 5 }
                return [pattern.source.length, template.length, list, new Error().stack.match(/index.js:(\\d+)/)[1], /using/.test(text)].join();
                """)).isEqualTo("-t 1.5 -x 16,24,5,3,18,true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "const a = 'using nothing'; export default a",
                "// using x = 1\nexport default 1",
                "export default (using) => using.x = 1",
                "for (using x = 1;;) ;",
                "}{ using x = 1",
                "{ using x = `${ ",
                "{ using x = 'not closed",
            })
    void aSourceWithoutOrThatCannotBeReadIsLeftAlone(String source) {
        assertThat(UsingDeclarations.rewrite(source, new UsingDeclarations.Kind.Module("/index.js")))
                .isEqualTo(source);
    }

    @Test
    void theNamesThatAreMadeAreNoneOfTheSources() {
        assertThat(run("const $using0$ = 1, $using1$1 = 2; { using a = sync('a'); log.push($using0$ + $using1$1); }"))
                .isEqualTo("3 -a ");
    }

    /** Quadratic work, or memory, would show here as minutes. */
    @ParameterizedTest(name = "{0}")
    @Timeout(60)
    @CsvSource(delimiter = '|', textBlock = """
            brackets          | ( | 4000000
            expressions       | /[ | 4000000
            heads             | using a of | 700000
            declarations      | using a = b; | 700000
            templates         | `${ | 3000000
            underscores       | _ | 8000000
            """)
    void aHostileSourceIsReadOnce(String name, String piece, int times) {
        String source = "{ using a = b; } for (" + (piece + " ").repeat(times) + "$using";

        assertThat(UsingDeclarations.rewrite(source, new UsingDeclarations.Kind.Module("/index.js")))
                .isEqualTo(source);
    }
}
