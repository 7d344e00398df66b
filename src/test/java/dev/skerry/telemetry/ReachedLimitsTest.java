package dev.skerry.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitKey;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReachedLimitsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long now;
    private final ReachedLimits limits = new ReachedLimits(meters, () -> now);
    private final List<String> lines = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage().formatted(line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("skerry.limits").addHandler(listener);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("skerry.limits").removeHandler(listener);
    }

    @Test
    void aFloodIsCountedWholeAndLoggedOnce() {
        Version shop = version("shop");
        for (int i = 0; i < 10_000; i++) {
            limits.reached(shop, LimitKey.CPU, "Too much (skerry.limits.cpu).");
        }
        limits.reached(shop, LimitKey.MEMORY, "Too large (skerry.limits.memory).");
        limits.reached(version("blog"), LimitKey.CPU, "Too much (skerry.limits.cpu).");

        assertThat(lines)
                .containsExactly(
                        "shop/production v3 reached its limit cpu: Too much (skerry.limits.cpu).",
                        "shop/production v3 reached its limit memory: Too large (skerry.limits.memory).",
                        "blog/production v3 reached its limit cpu: Too much (skerry.limits.cpu).");
        assertThat(meters.get("skerry.limits.reached")
                        .tags("limit", "cpu", "service", "shop", "environment", "production")
                        .counter()
                        .count())
                .isEqualTo(10_000);
        assertThat(meters.getMeters()).hasSize(3);
    }

    @Test
    void theNextLineOfALimitTellsHowManyThereWereMeanwhile() {
        Version shop = version("shop");
        for (int second = 0; second <= 20; second++) {
            now = TimeUnit.SECONDS.toNanos(second);
            limits.reached(shop, LimitKey.LOG, "Too much (skerry.limits.log).");
        }

        assertThat(lines)
                .containsExactly(
                        "shop/production v3 reached its limit log: Too much (skerry.limits.log).",
                        "shop/production v3 reached its limit log: Too much (skerry.limits.log). Since the line before this it did so 9 times more.",
                        "shop/production v3 reached its limit log: Too much (skerry.limits.log). Since the line before this it did so 9 times more.");
    }

    private static Version version(String service) {
        Code code = new Code(
                "main.js",
                Code.Format.MODULES,
                List.of(new Module("main.js", ModuleType.ES_MODULE, Bytes.utf8("export default {};"))));
        return new Version(
                VersionId.random(),
                3,
                EnvironmentRef.of(service, "production"),
                new VersionSpec(code, List.of(), "2026-01-01", List.of(), LimitOverrides.NONE, Optional.empty()),
                "test",
                "test",
                Instant.now(),
                Map.of());
    }
}
