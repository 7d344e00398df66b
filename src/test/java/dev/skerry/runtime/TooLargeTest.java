package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is too large for an isolate, or too deep, is an error that the worker can catch. */
class TooLargeTest {
    private static final TestWorkers WORKERS = new TestWorkers();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @ParameterizedTest(name = "{0} fails in the worker: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            deep-recursion  | RangeError         | (function f() { return 1 + f(); })();
            deep-json       | RangeError         | JSON.parse('['.repeat(1e7));
            long-string     | RangeError         | let s = 'x'; for (;;) s += s;
            long-repeat     | RangeError         | 'x'.repeat(2 ** 30);
            long-pad        | RangeError         | 'x'.padEnd(2 ** 30, 'abc');
            typed-array     | RangeError         | new Uint8Array(2 ** 30);
            wide-array      | RangeError         | new Float64Array(2 ** 28);
            array-buffer    | RangeError         | new ArrayBuffer(8, { maxByteLength: 2 ** 31 });
            array-length    | RangeError         | new Array(2 ** 32);
            many-timers     | QuotaExceededError | for (let i = 0; i < 1e6; i++) setTimeout(() => {}, 1e6);
            """)
    void whatIsTooLargeFailsInTheWorker(String name, String error, String code) {
        Version version = WORKERS.deploy(
                name.toLowerCase(Locale.ROOT), List.of(), TestWorkers.module("index.js", """
                export default {
                  fetch() {
                    try {
                      %s
                    } catch (error) {
                      return new Response(error.name);
                    }
                  },
                };
                """.formatted(code)));

        TestWorkers.Answer answer = WORKERS.get(version);

        assertThat(answer.outcome()).isEqualTo(new Outcome.Ok());
        assertThat(answer.body()).isEqualTo(error);
    }
}
