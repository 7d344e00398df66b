package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Code;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.VersionSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompatibilityTest {
    private static Compatibility of(String date, String... flags) {
        Code code =
                new Code("index.js", Code.Format.MODULES, List.of(TestWorkers.module("index.js", "export default {}")));
        return new Compatibility(
                new VersionSpec(code, List.of(), date, List.of(flags), LimitOverrides.NONE, Optional.empty()));
    }

    @Test
    void aDateBringsTheFlagsThatCameUntilThen() {
        assertThat(of("2026-03-16").has("websocket_standard_binary_type")).isFalse();
        assertThat(of("2026-03-17").has("websocket_standard_binary_type")).isTrue();
        assertThat(of("2026-11-01").has("experimental")).isFalse();
        assertThat(of("2026-11-01").has("no such flag")).isFalse();
    }

    @Test
    void aVersionTurnsFlagsOnAndOffByName() {
        assertThat(of("2022-01-01", "websocket_standard_binary_type").has("websocket_standard_binary_type"))
                .isTrue();
        assertThat(of("2026-11-01", "no_websocket_standard_binary_type").has("websocket_standard_binary_type"))
                .isFalse();
        assertThat(of("2026-11-01", "disable_ctx_exports").has("enable_ctx_exports"))
                .isFalse();
        assertThat(of("2026-11-01", "nodejs_compat_do_not_populate_process_env")
                        .has("nodejs_compat_populate_process_env"))
                .isFalse();
    }

    @Test
    void whatBelongsToNodeNeedsItsFlagAndItsDate() {
        assertThat(of("2026-01-01").node()).isFalse();
        assertThat(of("2026-01-01").has("enable_nodejs_process_v2")).isFalse();
        assertThat(of("2026-01-01", "nodejs_compat").node()).isTrue();
        assertThat(of("2026-01-01", "nodejs_compat").has("enable_nodejs_process_v2"))
                .isTrue();
        assertThat(of("2025-09-14", "nodejs_compat").has("enable_nodejs_process_v2"))
                .isFalse();
        assertThat(of("2026-08-04").node()).isTrue();
        assertThat(of("2026-08-04", "no_nodejs_compat").node()).isFalse();
    }

    @Test
    void allFlagsCanBeListed() {
        assertThat(of("2026-01-01").flags())
                .containsEntry("global_navigator", true)
                .containsEntry("nodejs_compat", false)
                .hasSizeGreaterThan(200);
    }
}
