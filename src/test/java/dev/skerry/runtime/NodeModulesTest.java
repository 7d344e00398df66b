package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How a worker comes by the modules of Node; what they do is told by the conformance scripts. */
class NodeModulesTest {
    private static final TestWorkers WORKERS = new TestWorkers();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static TestWorkers.Answer answer(List<String> flags, Module... modules) {
        Code code = new Code(modules[0].name(), Code.Format.MODULES, List.of(modules));
        return WORKERS.get(WORKERS.deploy(EnvironmentRef.of("node", "production"), code, List.of(), flags));
    }

    private static String answer(Module... modules) {
        TestWorkers.Answer answer = answer(List.of("nodejs_compat"), modules);
        assertThat(answer.outcome()).isEqualTo(new Outcome.Ok());
        return answer.body();
    }

    private static String failure(List<String> flags, String code) {
        return answer(flags, TestWorkers.module("index.js", code)).outcome().toString();
    }

    private static Module answering(String expression) {
        return TestWorkers.module(
                "index.js",
                "import c from './c.cjs'; export default { fetch() { return new Response(" + expression + ") } }");
    }

    private static Module commonJs(String text) {
        return new Module("c.cjs", ModuleType.COMMON_JS, Bytes.utf8(text));
    }

    @Test
    void commonJsRequiresWhatTheModuleExportsByDefault() {
        assertThat(
                        answer(
                                answering("c"),
                                commonJs(
                                        "const Emitter = require('events'); const { join } = require('node:path');"
                                                + " class E extends Emitter {}; let seen = ''; const e = new E();"
                                                + " e.on('x', (y) => { seen = y; }); e.emit('x', join('a', 'b')); module.exports = seen;")))
                .isEqualTo("a/b");
    }

    @Test
    void whatAModuleOfNodeHasIsImportedByName() {
        assertThat(answer(TestWorkers.module("index.js", """
                        import { promises, setTimeout } from 'node:timers';
                        import * as direct from 'node:timers/promises';
                        import { O_RDONLY, SIGINT, ENOENT } from 'node:constants';
                        import { connected, threadCpuUsage } from 'node:process';
                        import { captureRejections } from 'node:events';
                        import { TracingChannel, tracingChannel } from 'node:diagnostics_channel';
                        import { PerformanceResourceTiming } from 'node:perf_hooks';
                        import { isDestroyed, Readable } from 'node:stream';
                        import { glob, globSync } from 'node:fs';
                        import { glob as globLater } from 'node:fs/promises';
                        const stream = new Readable({ read() {} });
                        export default { async fetch() {
                          const before = isDestroyed(stream);
                          stream.destroy();
                          return new Response([promises.setTimeout === direct.setTimeout, await promises.setTimeout(1, 'later'), typeof setTimeout, O_RDONLY, SIGINT, ENOENT, connected,
                            threadCpuUsage().user, captureRejections, tracingChannel('a') instanceof TracingChannel, PerformanceResourceTiming === globalThis.PerformanceResourceTiming,
                            before, isDestroyed(stream), typeof glob, typeof globSync, typeof globLater].join());
                        } };
                        """)))
                .isEqualTo("true,later,function,0,2,2,false,0,false,true,true,false,true,function,function,function");
    }

    @Test
    void theSameModuleIsImportedAndRequired() {
        assertThat(answer(
                        TestWorkers.module(
                                "index.js",
                                "import c from './c.cjs'; import a from 'node:assert'; import b from 'assert';"
                                        + " export default { fetch() { return new Response(String(a === b && a === c)) } }"),
                        commonJs("module.exports = require('assert');")))
                .isEqualTo("true");
    }

    @Test
    void aModuleThatIsNotThereIsNamed() {
        assertThat(failure(List.of("nodejs_compat"), "import 'node:sea'; export default {}"))
                .contains("node:sea", "Skerry does not have");
        assertThat(failure(List.of(), "import 'node:events'; export default {}"))
                .contains("node:events", "nodejs_compat");
        assertThat(failure(List.of("nodejs_als"), "import 'node:events'; export default {}"))
                .contains("node:events", "nodejs_compat");
    }

    @Test
    void theFlagOfAsyncLocalStorageGivesThatModuleAlone() {
        Module main = TestWorkers.module(
                "index.js",
                "import { AsyncLocalStorage } from 'node:async_hooks'; const als = new AsyncLocalStorage();"
                        + " export default { fetch() { return new Response(als.run('x', () => als.getStore()) + typeof Buffer + typeof process) } }");
        assertThat(answer(List.of("nodejs_als"), main).body()).isEqualTo("xundefinedundefined");
    }

    @Test
    void noNameLeadsToAModuleOfThePlatformsOwn() {
        String tries = "const tried = (name) => { try { require(name); return name; } catch { return ''; } };"
                + " module.exports = ['node:../ops', 'node:x/../../ops', '../ops', 'node:/../ops', 'cloudflare:../ops', '../nodejs/errors'].map(tried).join('');";
        assertThat(answer(answering("`[${c}]`"), commonJs(tries))).isEqualTo("[]");
    }
}
