package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Version;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a worker's console writes; the text of values is what Node's console shows for them. */
class ConsoleTest {
    private static final TestWorkers WORKERS = new TestWorkers();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    /** The lines that the script logs, each as {@code level: text}. */
    private static List<String> logs(String script) {
        return logsOf("export default { async fetch() { " + script + "\n return new Response('ok'); } };");
    }

    private static List<String> logsOf(String module) {
        String service = "console-" + UUID.randomUUID();
        Version version = WORKERS.deploy(service, List.of(), TestWorkers.module("main.js", module));
        assertThat(WORKERS.get(version).body()).isEqualTo("ok");
        String prefix = version.environment() + " ";
        return WORKERS.console.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).replaceFirst(" ", ": "))
                .toList();
    }

    @Test
    void eachMethodHasItsLevel() {
        assertThat(
                        logs(
                                "console.log(1); console.info(2); console.warn(3); console.error(4); console.debug(5); const { log } = console; log(6)"))
                .containsExactly("log: 1", "info: 2", "warn: 3", "error: 4", "debug: 5", "log: 6");
    }

    @Test
    void specifiersAreFilledIn() {
        assertThat(logs("""
                console.log('%s|%d|%i|%f|%j|%O|%c|%%|%x', 'str', '42', 42.9, '1.5', { a: 1 }, { a: { b: { c: { d: {} } } } }, 'css', 'extra', { e: 1 });
                console.log('%o', { f() {} });
                console.log('%s %s %s %s', -0, 12n, Symbol('a'), class Q {});
                console.log('100%', 'a', ['a']);
                """))
                .containsExactly(
                        "log: str|42|42|1.5|{\"a\":1}|{ a: { b: { c: [Object] } } }||%|%x extra { e: 1 }",
                        "log: { f: [Function: f] { [length]: 0, [name]: 'f' } }",
                        "log: -0 12n Symbol(a) class Q {}",
                        "log: 100% a [ 'a' ]");
    }

    @Test
    void valuesAreShownAsNodeShowsThem() {
        assertThat(logs("""
                console.log({ a: 1, 'b-c': 'x', [Symbol('s')]: null, get d() { return 1; }, e: [1, , 'two'] });
                console.log(new Map([['k', new Set([1, 'a'])]]), new Date(0), /x/g, Object.create(null), -0);
                console.log([class A {}, function f() {}, () => {}, async () => {}, Symbol('q'), 12n]);
                const o = { n: { m: { k: { l: 1 } } } }; o.self = o; console.log(o);
                console.log(new Uint8Array(3), new ArrayBuffer(2), new (class Foo { x = 1; })());
                console.log(Array.from({ length: 17 }, (_, i) => i * 1000));
                console.log({ a: 'x'.repeat(40), b: 'y'.repeat(40) });
                """))
                .containsExactly(
                        """
                        log: {
                          a: 1,
                          'b-c': 'x',
                          d: [Getter],
                          e: [ 1, <1 empty item>, 'two' ],
                          [Symbol(s)]: null
                        }""",
                        "log: Map(1) { 'k' => Set(2) { 1, 'a' } } 1970-01-01T00:00:00.000Z /x/g [Object: null prototype] {} -0",
                        """
                        log: [
                          [class A],
                          [Function: f],
                          [Function (anonymous)],
                          [AsyncFunction (anonymous)],
                          Symbol(q),
                          12n
                        ]""",
                        "log: <ref *1> { n: { m: { k: [Object] } }, self: [Circular *1] }",
                        "log: Uint8Array(3) [ 0, 0, 0 ] ArrayBuffer { [Uint8Contents]: <00 00>, byteLength: 2 } Foo { x: 1 }",
                        """
                        log: [
                              0,  1000,  2000,  3000,
                           4000,  5000,  6000,  7000,
                           8000,  9000, 10000, 11000,
                          12000, 13000, 14000, 15000,
                          16000
                        ]""",
                        "log: {\n  a: '" + "x".repeat(40) + "',\n  b: '" + "y".repeat(40) + "'\n}");
    }

    @Test
    void errorsShowTheirStackTheirCauseAndTheirProperties() {
        assertThat(logs("""
                const e = new Error('top', { cause: new TypeError('inner') });
                e.code = 'E1';
                e.stack = 'Error: top\\n    at a (f.js:1:2)';
                e.cause.stack = 'TypeError: inner\\n    at b (f.js:5:6)';
                console.error('failed', { e });
                class NotFound extends Error {}
                const n = new NotFound('gone');
                n.stack = 'Error: gone\\n    at c (f.js:7:8)';
                console.log(n);
                """)).containsExactly("""
                        error: failed {
                          e: Error: top
                              at a (f.js:1:2) {
                            code: 'E1',
                            [cause]: TypeError: inner
                                at b (f.js:5:6)
                          }
                        }""", "log: NotFound [Error]: gone\n    at c (f.js:7:8)");
        assertThat(
                        logs(
                                "function thrower() { throw new RangeError('far'); } try { thrower() } catch (e) { console.log(e) }"))
                .singleElement()
                .asString()
                .startsWith("log: RangeError: far\n    at thrower (");
    }

    @Test
    void platformObjectsShowTheirAttributesAndABodyIsLeftAlone() {
        assertThat(logs("""
                console.log(new Headers({ a: 'b' }));
                const response = new Response('text', { status: 201 });
                console.log(response);
                console.log(await response.text());
                """))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("log: Headers(1) { 'a' => 'b' }"),
                        line -> assertThat(line)
                                .startsWith("log: Response {")
                                .contains("status: 201", "bodyUsed: false")
                                .doesNotContain("body:"),
                        line -> assertThat(line).isEqualTo("log: text"));
    }

    @Test
    void groupsIndentAndEnd() {
        assertThat(
                        logs(
                                "console.group('G'); console.log('in\\nside'); console.group(); console.warn('deep'); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log('out')"))
                .containsExactly("log: G", "log:   in\n  side", "warn:     deep", "log: out");
    }

    @Test
    void countsTimersAndAssertionsAreReported() {
        assertThat(logs("""
                console.count(); console.count('x'); console.count(); console.countReset(); console.count(); console.countReset('nope');
                console.assert(true, 'no'); console.assert(false); console.assert(false, 'msg %s', 'x'); console.assert(false, { a: 1 }, 2);
                console.time('t'); console.time('t'); console.timeEnd('nope');
                """))
                .containsExactly(
                        "log: default: 1",
                        "log: x: 1",
                        "log: default: 2",
                        "log: default: 1",
                        "warn: Count for 'nope' does not exist",
                        "error: Assertion failed",
                        "error: Assertion failed: msg x",
                        "error: Assertion failed: { a: 1 } 2",
                        "warn: Label 't' already exists for console.time()",
                        "warn: No such label 'nope' for console.timeEnd()");
        assertThat(logs("console.time(); console.timeLog(undefined, 'so far', { a: 1 }); console.timeEnd()"))
                .satisfiesExactly(
                        line -> assertThat(line).matches("log: default: \\d+ms so far \\{ a: 1 }"),
                        line -> assertThat(line).matches("log: default: \\d+ms"));
    }

    @Test
    void aTableHasRowsAndColumns() {
        assertThat(
                        logs(
                                "console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]); console.table(5); console.table([{ a: 1, b: 2 }], ['b'])"))
                .containsExactly("""
                        log: ┌─────────┬───┬─────┬──────┐
                        │ (index) │ a │ b   │ c    │
                        ├─────────┼───┼─────┼──────┤
                        │ 0       │ 1 │ 'x' │      │
                        │ 1       │ 2 │     │ true │
                        └─────────┴───┴─────┴──────┘""", "log: 5", """
                        log: ┌─────────┬───┐
                        │ (index) │ b │
                        ├─────────┼───┤
                        │ 0       │ 2 │
                        └─────────┴───┘""");
    }

    @Test
    void traceTellsWhereItWasCalledAndDirTakesOptions() {
        assertThat(
                        logs(
                                "(function foo() { console.trace('here %s', 1); })(); console.dir({ a: { b: 1 } }, { depth: 0 })"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("log: Trace: here 1\n    at foo ("),
                        line -> assertThat(line).isEqualTo("log: { a: [Object] }"));
    }

    @Test
    void aWorkerThatLogsWhileItStartsStarts() {
        assertThat(
                        logsOf(
                                "console.log('starting'); export default { fetch() { console.log('there'); return new Response('ok'); } };"))
                .contains("log: there");
    }
}
