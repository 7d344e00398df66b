package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.binding.GuestError;
import dev.skerry.model.Bytes;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Outcome;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** WebAssembly in workers; the modules are assembled by hand. */
class WasmTest {
    private static final TestWorkers WORKERS = new TestWorkers("skerry.limits.memory=16MB");

    private static final String MAGIC = "0061736d 01000000";
    /** {@code add(i32, i32): i32}. */
    private static final Module ADD = wasm(
            "add.wasm",
            "01 07 01 60027f7f017f",
            "03 02 01 00",
            "07 07 01 03616464 0000",
            "0a 09 01 0700 2000 2001 6a 0b");
    /** Imports {@code e.f(i32)}; {@code go()} calls it with 42 and stores 7 at address 5 of the exported memory, of 1 page and no maximum. */
    private static final Module MEMORY = wasm(
            "memory.wasm",
            "01 08 02 60017f00 600000",
            "02 07 01 0165 0166 0000",
            "03 02 01 01",
            "05 03 01 0001",
            "07 0a 02 016d 0200 02676f 0001",
            "0a 0f 01 0d00 412a 1000 4105 4107 3a0000 0b");
    /** {@code grow(i32): i32} of an own memory of 1 page, and {@code spin()}, which never ends, and {@code trap()}. */
    private static final Module WILD = wasm(
            "wild.wasm",
            "01 09 02 60017f017f 600000",
            "03 04 03 00 01 01",
            "05 03 01 0001",
            "07 16 03 0467726f77 0000 047370696e 0001 0474726170 0002",
            "0a 14 03 0600 2000 4000 0b 0700 0340 0c00 0b 0b 0300 00 0b");

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static byte[] assemble(String... sections) {
        return HexFormat.of().parseHex((MAGIC + String.join("", sections)).replace(" ", ""));
    }

    private static Module wasm(String name, String... sections) {
        return new Module(name, ModuleType.WASM, Bytes.wrap(assemble(sections)));
    }

    private static TestWorkers.Answer get(String imports, String body, Module... modules) {
        return get(LimitOverrides.NONE, imports, body, modules);
    }

    private static TestWorkers.Answer get(LimitOverrides limits, String imports, String body, Module... modules) {
        Module[] all = new Module[modules.length + 1];
        all[0] = TestWorkers.module(
                "index.js",
                imports + ";\nexport default { async fetch() { return new Response(String(await (async () => { " + body
                        + " })())) } }");
        System.arraycopy(modules, 0, all, 1, modules.length);
        return WORKERS.get(WORKERS.deploy("wasm", limits, all));
    }

    private static String run(String imports, String body, Module... modules) {
        TestWorkers.Answer answer = get(imports, body, modules);
        assertThat(answer.outcome()).isEqualTo(new Outcome.Ok());
        return answer.body();
    }

    @Test
    void anImportedModuleIsCompiledAndCanBeInstantiated() {
        assertThat(run(
                        "import add from './add.wasm'",
                        "const i = new WebAssembly.Instance(add); const j = await WebAssembly.instantiate(add, {});"
                                + " return [add instanceof WebAssembly.Module, i instanceof WebAssembly.Instance, i.exports.add(2, 3),"
                                + " j.exports.add(-1, 2147483647), JSON.stringify(WebAssembly.Module.exports(add))]",
                        ADD))
                .isEqualTo("true,true,5,2147483646,[{\"name\":\"add\",\"kind\":\"function\"}]");
    }

    @Test
    void wranglersNamesOfModulesAreUnderstood() {
        Module hashed = new Module("./7f3a-add.wasm", ModuleType.WASM, ADD.content());
        assertThat(run(
                        "import add from './7f3a-add.wasm'",
                        "return new WebAssembly.Instance(add).exports.add(1, 1)",
                        hashed))
                .isEqualTo("2");
    }

    @Test
    void aCommonJsModuleRequiresWebAssembly() {
        assertThat(
                        run(
                                "import c from './c.cjs'",
                                "return c",
                                ADD,
                                new Module(
                                        "c.cjs",
                                        ModuleType.COMMON_JS,
                                        Bytes.utf8(
                                                "module.exports = new WebAssembly.Instance(require('./add.wasm')).exports.add(20, 22)"))))
                .isEqualTo("42");
    }

    @Test
    void codeAndJavaScriptShareFunctionsAndMemory() {
        assertThat(run(
                        "import m from './memory.wasm'",
                        "const seen = []; const { exports } = new WebAssembly.Instance(m, { e: { f: (x) => seen.push(x) } });"
                                + " exports.go(); return [seen, new Uint8Array(exports.m.buffer)[5], exports.m.buffer.byteLength,"
                                + " exports.m instanceof WebAssembly.Memory, JSON.stringify(WebAssembly.Module.imports(m))]",
                        MEMORY))
                .isEqualTo("42,7,65536,true,[{\"module\":\"e\",\"name\":\"f\",\"kind\":\"function\"}]");
    }

    @Test
    void globalsAndTablesWork() {
        assertThat(run(
                        "",
                        "const g = new WebAssembly.Global({ value: 'i32', mutable: true }, 4); g.value += 1;"
                                + " const t = new WebAssembly.Table({ element: 'anyfunc', initial: 2 });"
                                + " return [g.value, t.length, t.get(0), String(WebAssembly)]"))
                .isEqualTo("5,2,,[object WebAssembly]");
    }

    @Test
    void bytesAreNotCompiledAtRunTime() {
        assertThat(run(
                        "import add from './add.wasm'; import bytes from './bytes.bin'",
                        """
                        const tell = async (f) => { try { return await f() } catch (e) { return e.name + ': ' + e.message } };
                        return [
                          await tell(() => new WebAssembly.Module(bytes)),
                          await tell(() => new add.constructor(new Uint8Array(bytes))),
                          await tell(() => Reflect.construct(WebAssembly.Module, [bytes])),
                          await tell(() => WebAssembly.compile(bytes)),
                          await tell(() => WebAssembly.instantiate(bytes)),
                          WebAssembly.validate(bytes),
                        ].join('|')""",
                        ADD,
                        new Module("bytes.bin", ModuleType.DATA, ADD.content())))
                .isEqualTo("CompileError: WebAssembly.Module(): Wasm code generation disallowed by embedder|"
                        + "CompileError: WebAssembly.Module(): Wasm code generation disallowed by embedder|"
                        + "CompileError: WebAssembly.Module(): Wasm code generation disallowed by embedder|"
                        + "CompileError: WebAssembly.compile(): Wasm code generation disallowed by embedder|"
                        + "CompileError: WebAssembly.instantiate(): Wasm code generation disallowed by embedder|true");
    }

    @Test
    void noImportGoesAroundTheBounds() {
        String base64 =
                java.util.Base64.getEncoder().encodeToString(WILD.content().array());
        for (String attempt : List.of(
                "import('data:application/wasm;base64," + base64 + "')",
                "import.source('data:application/wasm;base64," + base64 + "')",
                "import.source('./wild.wasm')",
                "import('./es.wasm')",
                "import('./json.wasm')",
                "import('./json.wasm', { with: { type: 'json' } })")) {
            Outcome outcome = get(
                            "",
                            "const m = await " + attempt
                                    + "; return (m.grow ?? new WebAssembly.Instance(m).exports.grow)(2000)",
                            WILD,
                            new Module("es.wasm", ModuleType.ES_MODULE, WILD.content()),
                            new Module("json.wasm", ModuleType.JSON, WILD.content()))
                    .outcome();
            assertThat(outcome).as(attempt).isInstanceOf(Outcome.Threw.class);
        }
    }

    @Test
    void aTrapIsARuntimeError() {
        assertThat(run(
                        "import w from './wild.wasm'",
                        "try { new WebAssembly.Instance(w).exports.trap() } catch (e) { return e instanceof WebAssembly.RuntimeError }",
                        WILD))
                .isEqualTo("true");
    }

    @Test
    void memoryGrowsToTheIsolatesLimitAndNoFurther() {
        assertThat(run(
                        "import w from './wild.wasm'",
                        "const { grow } = new WebAssembly.Instance(w).exports; return [grow(200), grow(1), grow(100), grow(65000), grow(0)]",
                        WILD))
                .isEqualTo("1,201,-1,-1,202");
    }

    @Test
    void memoriesMadeByJavaScriptAreBoundedToo() {
        assertThat(run("import m from './memory.wasm'", """
                        const tell = (f) => { try { return f() } catch (e) { return e.name } };
                        const { exports } = new WebAssembly.Instance(m, { e: { f() {} } });
                        return [
                          tell(() => new WebAssembly.Memory({ initial: 1 }).grow(5)),
                          tell(() => new WebAssembly.Memory({ initial: 1 }).grow(2000)),
                          tell(() => new WebAssembly.Memory({ initial: 1, maximum: 65536 }).grow(2000)),
                          tell(() => new WebAssembly.Memory({ initial: 2000 })),
                          tell(() => new exports.m.constructor({ initial: 2000 })),
                          tell(() => exports.m.grow(2000)),
                          tell(() => new WebAssembly.Memory({ initial: 2, maximum: 1 })),
                          tell(() => new WebAssembly.Memory({ initial: 1, maximum: 1e9 })),
                          tell(() => new (class extends WebAssembly.Memory {})({ initial: 1 }).buffer.byteLength),
                        ].join()""", MEMORY))
                .isEqualTo("1,RangeError,RangeError,RangeError,RangeError,RangeError,RangeError,RangeError,65536");
    }

    @Test
    void aModuleWhoseMemoryBeginsTooLargeIsRefused() {
        assertThat(get("import m from './large.wasm'", "", wasm("large.wasm", "05 04 01 00 80 20"))
                        .outcome())
                .isInstanceOfSatisfying(Outcome.Threw.class, threw -> {
                    assertThat(threw.name()).isEqualTo("RangeError");
                    assertThat(threw.message()).contains("4096 pages").contains("skerry.limits.memory");
                });
    }

    @Test
    void aModuleThatIsNoneIsACompileError() {
        assertThat(get(
                                "import m from './broken.wasm'",
                                "",
                                new Module("broken.wasm", ModuleType.WASM, Bytes.utf8("no")))
                        .outcome())
                .isInstanceOfSatisfying(
                        Outcome.Threw.class,
                        threw -> assertThat(threw.stack())
                                .startsWith("CompileError: ")
                                .doesNotContain(".mjs"));
    }

    @Test
    void aLoopIsStoppedAtTheCpuLimit() {
        LimitOverrides oneSecond = LimitOverrides.NONE.with(Optional.of(Duration.ofSeconds(1)), OptionalInt.empty());
        assertThat(get(oneSecond, "import w from './wild.wasm'", "new WebAssembly.Instance(w).exports.spin()", WILD)
                        .outcome())
                .isInstanceOfSatisfying(
                        Outcome.Exceeded.class,
                        exceeded -> assertThat(exceeded.limit()).isEqualTo(Outcome.Limit.CPU));
    }

    @Test
    void noOtherDoorIsOpen() {
        assertThat(run("", "return [typeof Polyglot, typeof Java, typeof Graal, typeof load]"))
                .isEqualTo("undefined,undefined,undefined,undefined");
    }

    @Test
    void theMaximumOfAMemoryIsLoweredAndNothingElseIsTouched() {
        byte[] bounded = WasmBinary.limited(assemble("05 06 01 01 02 80 80 04", "00 05 01 61 010203"), 256);
        assertThat(bounded).isEqualTo(assemble("05 05 01 01 02 80 02", "00 05 01 61 010203"));
        assertThat(WasmBinary.limited(bounded, 256)).isEqualTo(bounded);
        assertThat(WasmBinary.limited(ADD.content().array(), 1))
                .isEqualTo(ADD.content().array());
        assertThatThrownBy(() -> WasmBinary.limited(bounded, 1)).isInstanceOf(GuestError.class);
    }

    @Test
    void bytesThatAreCutOffAreLeftToTheEngine() {
        byte[] whole = MEMORY.content().array();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThat(WasmBinary.limited(cut, 256)).isNotNull();
        }
    }
}
