package dev.skerry.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.ByteSize;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KvConfigTest {
    @Test
    void defaults() {
        KvConfig config = config();
        assertThat(config.cache()).isEqualTo(ByteSize.parse("64MB"));
        assertThat(config.readers()).isEqualTo(4);
        assertThat(config.queue()).isEqualTo(16384);
        assertThat(config.sweepInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.step()).isEqualTo(500);
    }

    @Test
    void everyKeySet() {
        KvConfig config = config(
                "skerry.kv.cache=1MB",
                "skerry.kv.readers=2",
                "skerry.kv.queue=3",
                "skerry.kv.sweep-interval=4S",
                "skerry.kv.step=5");
        assertThat(config.cache()).isEqualTo(ByteSize.parse("1MB"));
        assertThat(config.readers()).isEqualTo(2);
        assertThat(config.queue()).isEqualTo(3);
        assertThat(config.sweepInterval()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.step()).isEqualTo(5);
    }

    private static KvConfig config(String... settings) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(ByteSize.class, 100, ByteSize::parse)
                .withConverter(Duration.class, 100, text -> Duration.parse("PT" + text))
                .withMapping(KvConfig.class);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            config.withDefaultValue(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return config.build().getConfigMapping(KvConfig.class);
    }
}
