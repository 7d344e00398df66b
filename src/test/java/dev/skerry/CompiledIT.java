package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That workers' code becomes machine code. An engine whose compiler fails goes on, and is right but many times slower. */
class CompiledIT {
    @TempDir
    private Path folder;

    @Test
    void codeThatIsUsedOftenIsCompiledAndNoCompilationFails() {
        Workers workers =
                new Workers(folder).write("sum.js", """
                        const oftenUsed = (n) => { let sum = 0; for (let i = 0; i < n; i++) sum += i % 7; return sum; };
                        export default { fetch: () => new Response(`${oftenUsed(100000)}`) };
                        """).write("skerry.yaml", "services: {sum: {main: sum.js}}\n");
        try (ServerProcess server = workers.startWith(
                "-Dpolyglot.engine.AllowExperimentalOptions=true -Dpolyglot.engine.TraceCompilation=true")) {
            assumeTrue(
                    server.isNative() || server.log().contains("JavaScript is compiled"),
                    "This engine interprets: it is a JVM without a compiler for it");
            server.await("a compiled function", () -> {
                assertThat(server.get("sum.localhost", "/").body()).isEqualTo("299995");
                return server.log().contains("opt failed")
                        || server.log().lines().anyMatch(CompiledIT::isOftenUsed);
            });

            assertThat(server.log()).doesNotContain("opt failed");
        }
    }

    private static boolean isOftenUsed(String line) {
        return line.contains("opt done") && line.contains("oftenUsed") && line.contains("Tier 2");
    }
}
