package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.ByteSize;
import dev.skerry.model.LimitOverrides;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsConfigTest {
    @Test
    void defaults() {
        Limits limits = Limits.of(config(), LimitOverrides.NONE);
        assertThat(limits.cpu()).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits.wall()).isEqualTo(Duration.ofMinutes(5));
        assertThat(limits.waitUntil()).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits.startup()).isEqualTo(Duration.ofSeconds(5));
        assertThat(limits.memory()).isEqualTo(ByteSize.parse("128MB"));
        assertThat(limits.subrequests()).isEqualTo(1000);
        assertThat(limits.log()).isEqualTo(ByteSize.parse("256KB"));
        assertThat(limits.isolates()).isEqualTo(2);
        assertThat(limits.concurrency()).isEqualTo(1000);
        assertThat(config().script()).isEqualTo(ByteSize.parse("24MB"));
        assertThat(config().body()).isEqualTo(ByteSize.parse("100MB"));
    }

    @Test
    void everyKeySet() {
        LimitsConfig config = config(
                "cpu=1s",
                "wall=2s",
                "wait-until=3s",
                "startup=4s",
                "memory=5MB",
                "subrequests=6",
                "log=7KB",
                "script=8KB",
                "isolates=9",
                "concurrency=10",
                "body=11KB");
        Limits limits = Limits.of(config, LimitOverrides.NONE);
        assertThat(limits.cpu()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limits.wall()).isEqualTo(Duration.ofSeconds(2));
        assertThat(limits.waitUntil()).isEqualTo(Duration.ofSeconds(3));
        assertThat(limits.startup()).isEqualTo(Duration.ofSeconds(4));
        assertThat(limits.memory()).isEqualTo(ByteSize.parse("5MB"));
        assertThat(limits.subrequests()).isEqualTo(6);
        assertThat(limits.log()).isEqualTo(ByteSize.parse("7KB"));
        assertThat(limits.isolates()).isEqualTo(9);
        assertThat(limits.concurrency()).isEqualTo(10);
        assertThat(config.script()).isEqualTo(ByteSize.parse("8KB"));
        assertThat(config.body()).isEqualTo(ByteSize.parse("11KB"));
    }

    private static LimitsConfig config(String... settings) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(ByteSize.class, 100, ByteSize::parse)
                .withConverter(Duration.class, 100, DurationConverter::parseDuration)
                .withMapping(LimitsConfig.class);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            config.withDefaultValue("skerry.limits." + setting.substring(0, equals), setting.substring(equals + 1));
        }
        return config.build().getConfigMapping(LimitsConfig.class);
    }
}
