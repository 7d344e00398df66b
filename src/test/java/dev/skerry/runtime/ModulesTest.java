package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
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

    @Test
    void aMissingModuleIsNamedWhenTheWorkerStarts() {
        Version version = WORKERS.deploy("missing", List.of(), main("import './nowhere.js'; export default {}"));
        assertThat(WORKERS.get(version).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Threw.class,
                        threw -> assertThat(threw.message()).contains("nowhere.js"));
    }

    @Test
    void nodeModulesNeedTheFlag() {
        Version version = WORKERS.deploy("node", List.of(), main("import 'node:buffer'; export default {}"));
        assertThat(WORKERS.get(version).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Threw.class,
                        threw -> assertThat(threw.message()).contains("node:"));
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
}
