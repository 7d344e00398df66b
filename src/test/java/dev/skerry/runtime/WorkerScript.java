package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import java.util.List;

/**
 * Code in the handler of a worker. Immutable.
 *
 * @param before what stands before the handler: imports, functions that the code uses
 * @param flags compatibility flags of the worker
 */
record WorkerScript(String before, List<String> flags) {
    WorkerScript(String before) {
        this(before, List.of());
    }

    /** What the code returns, as JSON. */
    String run(TestWorkers workers, String code) {
        Version version = workers.deploy(
                EnvironmentRef.of("script", "production"),
                new Code("main.js", Code.Format.MODULES, List.of(TestWorkers.module("main.js", """
                        %s
                        async function run() {
                        %s
                        }
                        export default { fetch: async () => Response.json(await run()) };
                        """.formatted(
                                before, code)))),
                List.of(),
                flags);
        TestWorkers.Answer answer = workers.get(version);
        assertThat(answer.outcome()).hasToString("Ok[]");
        return answer.body();
    }
}
