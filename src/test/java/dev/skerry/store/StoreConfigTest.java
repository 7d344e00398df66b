package dev.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.manifest.ManifestConfig;
import dev.skerry.model.ByteSize;
import dev.skerry.registry.RegistryConfig;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Several mappings share the prefix {@code skerry}: each key is known to one of them, and to all of them together nothing is unknown but what is. */
class StoreConfigTest {
    @Test
    void defaults() {
        SmallRyeConfig config = TestStore.config();
        StoreConfig store = config.getConfigMapping(StoreConfig.class);
        assertThat(store.data()).isEqualTo(Path.of("data"));
        assertThat(store.secretKey()).isEmpty();
        assertThat(store.tuning().queue()).isEqualTo(16384);
        assertThat(store.tuning().batch()).isEqualTo(1024);
        assertThat(store.tuning().readers()).isEqualTo(4);
        assertThat(store.tuning().patience()).isEqualTo(Duration.ofSeconds(5));
        RegistryConfig registry = config.getConfigMapping(RegistryConfig.class);
        assertThat(registry.domain()).isEqualTo("localhost");
        assertThat(registry.accountId()).isEmpty();
        assertThat(registry.tuning().versionCache()).isEqualTo(ByteSize.parse("64MB"));
        assertThat(config.getConfigMapping(ManifestConfig.class).watch()).isTrue();
    }

    @Test
    void everyKeySet() {
        SmallRyeConfig config = TestStore.config(
                "skerry.data=/tmp/x",
                "skerry.secret-key=abc",
                "skerry.store.queue=1",
                "skerry.store.batch=2",
                "skerry.store.readers=3",
                "skerry.store.patience=4S",
                "skerry.domain=example.com",
                "skerry.account-id=00000000000000000000000000000000",
                "skerry.registry.version-cache=1MB",
                "skerry.watch=false");
        StoreConfig store = config.getConfigMapping(StoreConfig.class);
        assertThat(store.data()).isEqualTo(Path.of("/tmp/x"));
        assertThat(store.secretKey()).contains("abc");
        assertThat(store.tuning().queue()).isEqualTo(1);
        assertThat(store.tuning().batch()).isEqualTo(2);
        assertThat(store.tuning().readers()).isEqualTo(3);
        assertThat(store.tuning().patience()).isEqualTo(Duration.ofSeconds(4));
        RegistryConfig registry = config.getConfigMapping(RegistryConfig.class);
        assertThat(registry.domain()).isEqualTo("example.com");
        assertThat(registry.accountId()).contains("00000000000000000000000000000000");
        assertThat(registry.tuning().versionCache()).isEqualTo(ByteSize.parse("1MB"));
        assertThat(config.getConfigMapping(ManifestConfig.class).watch()).isFalse();
    }

    @Test
    void anUnknownKeyIsRefusedByName() {
        assertThatThrownBy(() -> TestStore.config("skerry.dommain=x")).hasMessageContaining("skerry.dommain");
    }
}
