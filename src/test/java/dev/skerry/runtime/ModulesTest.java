package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a worker can import. */
class ModulesTest {
    private static final TestWorkers WORKERS = new TestWorkers();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static String answer(Module... modules) {
        TestWorkers.Answer answer = WORKERS.get(WORKERS.deploy("modules", List.of(), modules));
        assertThat(answer.outcome()).isEqualTo(new Outcome.Ok());
        return answer.body();
    }

    private static Module main(String text) {
        return TestWorkers.module("index.js", text);
    }

    @Test
    void modulesImportEachOtherByRelativePathAndByName() {
        assertThat(answer(
                        main("import a from './lib/a.js'; import b from 'lib/b.js';"
                                + " export default { fetch() { return new Response(a + b) } }"),
                        TestWorkers.module("lib/a.js", "import b from './b.js'; export default 'a' + b"),
                        TestWorkers.module("lib/b.js", "export default 'b'")))
                .isEqualTo("abb");
    }

    @Test
    void aTextBecomesCodeWhileAWorkerStartsAndNotAfter() {
        assertThat(answer(main("""
                        const add = new Function('a', 'b = 2', 'return a + b'), none = Function();
                        const scope = Function('return typeof module + typeof add')(), indirect = eval('1 + 1'), same = eval(add) === add;
                        const broken = (() => { try { new Function('}'); } catch (error) { return error.name; } })();
                        const facts = [add(1), add.name, add.length, none(), scope, indirect, same, broken, add instanceof Function, add.constructor === Function];
                        const late = (f) => { try { f(); return 'none'; } catch (error) { return `${error.name}: ${error.message}`; } };
                        export default { fetch: () => Response.json([...facts, late(() => new Function('return 1')), late(() => eval('1')),
                          late(() => (() => {}).constructor('return 1')) === late(() => Function('1')), late(() => (async () => {}).constructor('1')).split(':')[0]]) };
                        """)))
                .isEqualTo(
                        "[3,\"anonymous\",1,null,\"undefinedundefined\",2,true,\"SyntaxError\",true,true,"
                                + "\"EvalError: Code generation from strings disallowed for this context\","
                                + "\"EvalError: Code generation from strings disallowed for this context\",true,\"EvalError\"]");
    }

    @Test
    void dynamicImportGivesTheNamespace() {
        assertThat(answer(
                        main("export default { async fetch() { return new Response((await import('./a.js')).name) } }"),
                        TestWorkers.module("a.js", "export const name = 'late'")))
                .isEqualTo("late");
    }

    @Test
    void textAndDataModulesAreTheirContent() {
        assertThat(answer(
                        main(
                                "import text from './a.txt'; import data from './b.bin';"
                                        + " export default { fetch() { return new Response(text + data.byteLength + new Uint8Array(data)[2]) } }"),
                        new Module("a.txt", ModuleType.TEXT, Bytes.utf8("\"quoted\"\n\u2028`${x}`")),
                        new Module("b.bin", ModuleType.DATA, Bytes.wrap(new byte[] {1, 2, (byte) 200}))))
                .isEqualTo("\"quoted\"\n\u2028`${x}`3200");
    }

    @Test
    void aDataModuleIsEachIsolatesOwn() {
        Module data = new Module("b.bin", ModuleType.DATA, Bytes.wrap(new byte[] {1}));
        Module main = main("import data from './b.bin'; const b = new Uint8Array(data);"
                + " export default { fetch() { return new Response(String(b[0]++)) } }");
        assertThat(answer(main, data)).isEqualTo("1");
        assertThat(answer(main, data)).isEqualTo("1");
    }

    @Test
    void commonJsModulesRequireOneAnotherOnce() {
        assertThat(answer(
                        main("import c from './c.cjs'; export default { fetch() { return new Response(c.text) } }"),
                        new Module(
                                "c.cjs",
                                ModuleType.COMMON_JS,
                                Bytes.utf8(
                                        "const d = require('./lib/d'); exports.text = d.name + (require('./lib/d.js') === d);")),
                        new Module("lib/d.js", ModuleType.COMMON_JS, Bytes.utf8("module.exports = { name: 'd' };"))))
                .isEqualTo("dtrue");
    }

    @Test
    void workersModuleOffersEntrypointsAndTheEnvironment() {
        Version version = WORKERS.deploy(
                "entry",
                List.of(new dev.skerry.model.Binding.PlainText("NAME", "env")),
                main(
                        "import { WorkerEntrypoint, env } from 'cloudflare:workers';"
                                + " export default class extends WorkerEntrypoint { fetch() { return new Response(env.NAME + this.env.NAME + typeof this.ctx.waitUntil) } }"));
        assertThat(WORKERS.get(version).body()).isEqualTo("envenvfunction");
    }

    private static Outcome.Threw thrown(Module... modules) {
        return (Outcome.Threw)
                WORKERS.get(WORKERS.deploy("thrown", List.of(), modules)).outcome();
    }

    @Test
    void aMissingModuleIsNamedWithItsImporter() {
        assertThat(thrown(
                                main("import './lib/a.js'; export default {}"),
                                TestWorkers.module("lib/a.js", "import '../nowhere.js'"))
                        .message())
                .isEqualTo("No such module \"nowhere.js\".\n  imported from \"lib/a.js\"");
        assertThat(thrown(main("import 'lodash'; export default {}")).message())
                .isEqualTo("No such module \"lodash\".\n  imported from \"index.js\"");
        assertThat(thrown(main("export default { async fetch() { await import('./' + 'late.js') } }"))
                        .message())
                .isEqualTo("No such module \"late.js\".\n  imported from \"index.js\"");
    }

    @Test
    void nodeModulesNeedTheFlag() {
        assertThat(thrown(main("import 'node:buffer'; export default {}")).message())
                .isEqualTo(
                        "No such module \"node:buffer\". It needs the compatibility flag nodejs_compat.\n  imported from \"index.js\"");
    }

    @Test
    void anErrorOfTheParserHasItsPlaceInTheUploadedModule() {
        assertThat(thrown(
                        main("import './lib/a.js'; export default {}"),
                        TestWorkers.module("lib/a.js", "\n  let a = ;\n")))
                .isEqualTo(new Outcome.Threw(
                        "SyntaxError",
                        "Expected an operand but found ;\n  let a = ;\n          ^",
                        "at lib/a.js:2:11"));
        assertThat(thrown(
                                main("import c from './c.cjs'; export default {}"),
                                new Module("c.cjs", ModuleType.COMMON_JS, Bytes.utf8("exports.go = ( => 1")))
                        .stack())
                .isEqualTo("at c.cjs:1:16");
    }

    @Test
    void anExcerptOfAMinifiedLineIsLeftOut() {
        assertThat(thrown(main("/*" + "x".repeat(1000) + "*/ let a = ;")).message())
                .isEqualTo("Expected an operand but found ;");
    }

    @Test
    void modulesMayImportEachOtherInACircle() {
        assertThat(answer(
                        main("import { b } from './b.js'; export const a = () => 'a';"
                                + " export default { fetch() { return new Response(b()) } }"),
                        TestWorkers.module("b.js", "import { a } from './index.js'; export const b = () => 'b' + a()")))
                .isEqualTo("ba");
    }

    @Test
    void commonJsModulesMayRequireEachOtherInACircle() {
        assertThat(answer(
                        main("import c from './c.cjs'; export default { fetch() { return new Response(c.both()) } }"),
                        new Module(
                                "c.cjs",
                                ModuleType.COMMON_JS,
                                Bytes.utf8(
                                        "exports.name = 'c'; const d = require('./d.cjs'); exports.both = () => exports.name + d.name();")),
                        new Module(
                                "d.cjs",
                                ModuleType.COMMON_JS,
                                Bytes.utf8("const c = require('./c.cjs'); exports.name = () => 'd of ' + c.name;"))))
                .isEqualTo("cd of c");
    }

    @Test
    void commonJsModulesRequireTextDataAndJson() {
        assertThat(answer(
                        main("import c from './lib/c.cjs'; export default { fetch() { return new Response(c) } }"),
                        new Module(
                                "lib/c.cjs",
                                ModuleType.COMMON_JS,
                                Bytes.utf8(
                                        "module.exports = require('../a.txt') + require('../b.bin').byteLength"
                                                + " + require('../j.json').x + require('../j').x + __filename + __dirname + module.id;")),
                        new Module("a.txt", ModuleType.TEXT, Bytes.utf8("text")),
                        new Module("b.bin", ModuleType.DATA, Bytes.wrap(new byte[3])),
                        new Module("j.json", ModuleType.JSON, Bytes.utf8("{\"x\":7}"))))
                .isEqualTo("text377/lib/c.cjs/liblib/c.cjs");
    }

    @Test
    void requireTellsWhatItCannotGive() {
        Module main = main("import './c.cjs'; export default {}");
        assertThat(thrown(main, new Module("c.cjs", ModuleType.COMMON_JS, Bytes.utf8("require('./nope')")))
                        .message())
                .isEqualTo("No such module \"./nope\".\n  imported from \"c.cjs\"");
        assertThat(thrown(main, new Module("c.cjs", ModuleType.COMMON_JS, Bytes.utf8("require('./index.js')")))
                        .message())
                .isEqualTo("Module \"index.js\" cannot be required: it is an ES module; use import() instead.");
    }

    @Test
    void jsonModulesAreImportedWithAndWithoutTheirType() {
        for (String type : List.of("", " with { type: 'json' }")) {
            assertThat(answer(
                            main("import j from './lib/j.json'" + type + ";"
                                    + " export default { fetch() { return Response.json(j) } }"),
                            new Module("lib/j.json", ModuleType.JSON, Bytes.utf8("{\"x\":[1]}"))))
                    .isEqualTo("{\"x\":[1]}");
        }
        assertThat(answer(
                        main(
                                "export default { async fetch() { return new Response((await import('./j.json')).default.x) } }"),
                        new Module("j.json", ModuleType.JSON, Bytes.utf8("{\"x\":7}"))))
                .isEqualTo("7");
        assertThat(answer(
                        main("import t from './t.json'; export default { fetch() { return new Response(t) } }"),
                        new Module("t.json", ModuleType.TEXT, Bytes.utf8("{text"))))
                .isEqualTo("{text");
    }

    @Test
    void theWorkerItselfSeesWhatIsMissing() {
        assertThat(
                        answer(
                                main(
                                        "export default { async fetch() { try { await import('./lib/nope.js') } catch (e) { return new Response(e.constructor.name + e.message) } } }")))
                .isEqualTo("ErrorNo such module \"lib/nope.js\".\n  imported from \"index.js\"");
    }

    @Test
    void textIsNoModule() {
        for (String url : List.of("data:text/javascript,export%20default%2042", "data:,1", "data:application/json,1")) {
            assertThat(thrown(main("export default { async fetch() { await import('" + url + "') } }"))
                            .message())
                    .startsWith("No such module \"data:");
            assertThat(thrown(main("import x from '" + url + "'; export default {}"))
                            .message())
                    .startsWith("No such module \"data:");
        }
    }

    @Test
    void aServiceWorkerScriptListensAndHasItsBindingsAsGlobals() {
        Module script = main(
                "addEventListener('fetch', (event) => event.respondWith(new Response(GREETING + event.request.method)))");
        Version version = WORKERS.deploy(
                "classic",
                new Code("index.js", Code.Format.SERVICE_WORKER, List.of(script)),
                List.of(new dev.skerry.model.Binding.PlainText("GREETING", "hi ")));
        assertThat(WORKERS.get(version).body()).isEqualTo("hi GET");
    }

    @Test
    void listenersOfTheServiceWorkerFormatAreAskedInTurn() {
        Code code = new Code("index.js", Code.Format.SERVICE_WORKER, List.of(main("""
                const seen = [];
                addEventListener('error', (event) => seen.push(event.message));
                addEventListener('fetch', { handleEvent(event) { seen.push(event.type, event instanceof FetchEvent, event instanceof Event); } });
                addEventListener('fetch', function (event) {
                  reportError(new Error('told'));
                  try { new FetchEvent('fetch'); } catch (e) { seen.push(e.name); }
                  try { addEventListener('fetch', 5); } catch (e) { seen.push(e.name); }
                  event.respondWith(new Response([...seen, this === globalThis].join()));
                  try { event.respondWith(new Response('again')); } catch (e) { seen.push(e.name); }
                });
                addEventListener('fetch', () => seen.push('not asked'));
                """)));
        Version version = WORKERS.deploy(EnvironmentRef.of("listening", "production"), code, List.of());
        String answer = "fetch,true,true,Uncaught Error: told,TypeError,TypeError,true";
        assertThat(WORKERS.get(version).body()).isEqualTo(answer);
    }

    @Test
    void whatIsSaidOfSpansIsDropped() {
        assertThat(answer(main("""
                        import { abortIsolate, cache, restore, tracing } from 'cloudflare:workers';
                        const failure = (f) => { try { return f(); } catch (e) { return e.name; } };
                        export default { async fetch(request, env, ctx) {
                          const span = tracing.startSpan('one');
                          return Response.json([
                            tracing.enterSpan('a', (s, x) => [s instanceof tracing.Span, s.isTraced, s.setAttribute('k', 1) === s, x], 5),
                            await tracing.startActiveSpan('a', async (s) => (s.end(), 'later')), tracing.withActiveSpan(span, (x) => x, 6),
                            tracing.getActiveSpan().spanContext().traceFlags, ctx.tracing === tracing, typeof cache, restore,
                            failure(abortIsolate), failure(() => tracing.enterSpan('a')), failure(() => tracing.enterSpan('a', () => { throw new RangeError(); })),
                            failure(() => span.setStatus({ code: 1 })), failure(() => new tracing.Span()), failure(() => tracing.startSpan()),
                          ]);
                        } };
                        """)))
                .isEqualTo(
                        "[[true,false,true,5],\"later\",6,0,true,\"object\",null,\"Error\",\"TypeError\",\"RangeError\","
                                + "\"TypeError\",\"TypeError\",\"TypeError\"]");
    }

    @Test
    void aDeclarationThatTheEngineDoesNotKnowIsNamed() {
        TestWorkers.Answer answer = WORKERS.get(WORKERS.deploy(
                "using",
                List.of(),
                main("export default { fetch() { for (using x = null;;) return new Response('x') } }")));
        assertThat(answer.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Threw.class,
                        threw -> assertThat(threw.message()).contains("`using` is known in blocks"));
    }
}
