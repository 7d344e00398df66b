package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.ByteSize;
import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Outcome;
import dev.skerry.runtime.sourcemap.SourceMaps;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Where the exceptions of bundled workers point to. */
class SourceMapsTest {
    private static final TestWorkers WORKERS = new TestWorkers();

    /** Line 1 of the bundle from column 0 is src/index.ts 7:3, from column 40 src/lib.ts 101:1; line 3 is unmapped, then src/lib.ts 102:5. */
    private static final String MAP = """
            {"version":3,"file":"index.js","sourcesContent":["a\\"{[",null],"sources":["../src/index.ts","../src/lib.ts"],"names":["n"],
             "mappings":"AAME,wCC8FFA;;A,UACI","x":{"y":[1]}}""";

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static Module map(String name, String text) {
        return new Module(name, ModuleType.SOURCE_MAP, Bytes.utf8(text));
    }

    private static SourceMaps maps(Code code, long most) {
        return new SourceMaps(code, new ByteSize(most), ModulesHost.HEAD.length());
    }

    private static String stack(Module... modules) {
        return stack(new Code(modules[0].name(), Code.Format.MODULES, List.of(modules)));
    }

    private static String stack(Code code) {
        Outcome outcome = WORKERS.get(WORKERS.deploy("maps", code, List.of())).outcome();
        assertThat(outcome).isInstanceOf(Outcome.Threw.class);
        return ((Outcome.Threw) outcome).stack();
    }

    @Test
    void anExceptionShowsThePlacesInTheOriginalFiles() {
        assertThat(stack(
                        TestWorkers.module(
                                "index.js",
                                "const b = () => { f(); }, pad = 1; const f = () => { throw new Error('boom'); };\n\n"
                                        + "/* */ /* */ export default { fetch() { b() } };\n//# sourceMappingURL=index.js.map"),
                        map("index.js.map", MAP)))
                .isEqualTo("""
                        Error: boom
                            at f (src/lib.ts:101:1)
                            at b (src/index.ts:7:3)
                            at Object.fetch (src/lib.ts:102:5)""");
    }

    /** Line 1 to column 20 is a.ts 1:1, the rest of it b.ts 1:1; line 2 is b.ts 2:1; line 3 has no map. */
    private static final String INDEX = """
            {"version":3,"sections":[
              {"offset":{"line":0,"column":0},"map":{"version":3,"sources":["a.ts"],"mappings":"AAAA"}},
              {"map":{"sources":["b.ts"],"sourceRoot":"src","mappings":"AAAA;AACA","x":{}},"offset":{"column":20,"line":0}},
              {"offset":{"line":2,"column":0},"map":{"sources":[],"mappings":""}}]}""";

    @Test
    void aMapOfSectionsIsReadSectionBySection() {
        Code code = new Code(
                "index.js",
                Code.Format.MODULES,
                List.of(TestWorkers.module("index.js", ""), map("index.js.map", INDEX)));
        SourceMaps maps = maps(code, 10_000);
        assertThat(maps.original("""
                at a (index.js:1:1)
                at b (index.js:1:20)
                at c (index.js:1:21)
                at d (index.js:1:99)
                at e (index.js:2:1)
                at f (index.js:3:1)
                """)).isEqualTo("""
                at a (a.ts:1:1)
                at b (a.ts:1:1)
                at c (src/b.ts:1:1)
                at d (src/b.ts:1:1)
                at e (src/b.ts:2:1)
                at f (index.js:3:1)
                """);
    }

    @Test
    void aMapIsFoundByTheModulesNameToo() {
        assertThat(stack(
                        TestWorkers.module("lib/index.js", "export default { fetch() { null.x } }"),
                        map("lib/index.js.map", MAP)))
                .contains("at Object.fetch (src/index.ts:7:3)");
    }

    @Test
    void aMapMayStandInItsModule() {
        String url = "data:application/json;charset=utf-8;base64,"
                + Base64.getEncoder().encodeToString(MAP.getBytes(StandardCharsets.UTF_8));
        assertThat(stack(TestWorkers.module(
                        "index.js", "export default { fetch() { null.x } }\n//# sourceMappingURL=" + url + "\n")))
                .contains("at Object.fetch (src/index.ts:7:3)");
    }

    @Test
    void aServiceWorkersScriptHasAMap() {
        Module script = TestWorkers.module("index.js", "addEventListener('fetch', (event) => { null.x })");
        assertThat(stack(new Code("index.js", Code.Format.SERVICE_WORKER, List.of(script, map("index.js.map", MAP)))))
                .contains("at src/index.ts:7:3");
    }

    @Test
    void theFirstLineOfACommonJsModuleKeepsItsColumns() {
        Module main = TestWorkers.module("index.js", "import go from './c.cjs'; export default { fetch() { go() } }");
        Module commonJs = new Module(
                "c.cjs", ModuleType.COMMON_JS, Bytes.utf8("module.exports = () => {\"............\"; null.x }"));
        assertThat(stack(main, commonJs)).contains("c.cjs:1:41\n");
        assertThat(stack(main, commonJs, map("c.cjs.map", MAP))).contains("at src/lib.ts:101:1\n");
    }

    @Test
    void anExceptionAtTheStartShowsItsOriginalPlace() {
        assertThat(stack(TestWorkers.module("index.js", "null.x; export default {}"), map("index.js.map", MAP)))
                .contains("at src/index.ts:7:3");
    }

    @Test
    void aMapThatCannotBeReadLeavesThePlacesOfTheModule() {
        Module main = TestWorkers.module("index.js", "export default { fetch() { null.x } }");
        for (String wrong : List.of(
                "",
                "[]",
                "{",
                "{\"mappings\":1}",
                "{\"sources\":[\"a\"],\"mappings\":\"A*AA\"}",
                "{\"sources\":[\"a\"],\"mappings\":\"AA\"}",
                "{\"sources\":[\"a\"],\"mappings\":\"gggggggggggg\"}",
                "{\"sources\":[\"a\"],\"mappings\":\"KAAA,DAAA\"}",
                "{\"sources\":[],\"mappings\":\"AAAA\"}",
                "{\"sources\":[\"a\"],\"mappings\":\"ADAA\"}",
                "{\"sections\":[]}",
                "{\"sections\":[{}]}",
                "{\"sections\":[{\"offset\":{\"line\":0,\"column\":0},\"url\":\"x\"}]}",
                "{\"sections\":[{\"offset\":{\"line\":-1,\"column\":0},\"map\":{\"sources\":[\"a\"],\"mappings\":\"AAAA\"}}]}",
                "{\"sections\":[{\"offset\":{\"line\":0,\"column\":0},\"map\":{\"sections\":[]}}]}",
                "{\"sections\":[{\"offset\":{\"line\":9,\"column\":0},\"map\":{\"sources\":[\"a\"],\"mappings\":\"AAAA\"}}]}")) {
            assertThat(stack(main, map("index.js.map", wrong))).as(wrong).contains("at Object.fetch (index.js:1:28)");
        }
    }

    @Test
    void aMapOverTheLimitIsNotRead() {
        Code code = new Code(
                "index.js", Code.Format.MODULES, List.of(TestWorkers.module("index.js", ""), map("index.js.map", MAP)));
        String stack = "Error\n    at f (index.js:1:5)";
        assertThat(maps(code, 1000).original(stack)).contains("src/index.ts:7:3");
        assertThat(maps(code, 100).original(stack)).isEqualTo(stack);
    }

    @Test
    void aStackThatTheWorkerMadeUpDoesNoHarm() {
        Code code = new Code(
                "index.js", Code.Format.MODULES, List.of(TestWorkers.module("index.js", ""), map("index.js.map", MAP)));
        SourceMaps maps = maps(code, 1000);
        for (String stack : List.of(
                "",
                "at ",
                "at :1:2",
                "    at f (index.js:1:)",
                "    at f (index.js::)",
                "    at f (index.js:99999999999:1)",
                "    at f (index.js:-1:1)",
                "    at )",
                "    at f (other.js:1:1)",
                "at ".repeat(5000),
                "\n".repeat(10_000))) {
            assertThat(maps.original(stack)).isEqualTo(stack);
        }
    }

    @Test
    void aHugeStackIsCut() {
        assertThat(
                        stack(
                                TestWorkers.module(
                                        "index.js",
                                        "export default { fetch() { const e = new Error('a'); e.stack = '\\n'.repeat(3e6) + '( /'.repeat(1e6); throw e } }")))
                .hasSizeLessThan(20_000);
    }
}
