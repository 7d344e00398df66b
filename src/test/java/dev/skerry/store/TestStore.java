package dev.skerry.store;

import dev.skerry.manifest.ManifestConfig;
import dev.skerry.registry.RegistryConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;

/** A real store in a folder, with the default configuration but for the settings given as {@code key=value}. */
public final class TestStore implements AutoCloseable {
    public final DataFolder folder;
    public final Database database;
    public final Sealer sealer;
    public final RegistryConfig registryConfig;

    public TestStore(Path path, String... settings) {
        SmallRyeConfig config = config(settings);
        StoreConfig store = config.getConfigMapping(StoreConfig.class);
        registryConfig = config.getConfigMapping(RegistryConfig.class);
        folder = DataFolder.open(path);
        try {
            sealer = Sealer.open(folder, store.secretKey());
            database = SqliteDatabase.open(folder, store.tuning());
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    public static SmallRyeConfig config(String... settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withConverter(dev.skerry.model.ByteSize.class, 100, dev.skerry.model.ByteSize::parse)
                .withConverter(java.time.Duration.class, 100, text -> java.time.Duration.parse("PT" + text))
                .withMapping(StoreConfig.class)
                .withMapping(RegistryConfig.class)
                .withMapping(dev.skerry.telemetry.TailConfig.class)
                .withMapping(dev.skerry.rollout.RolloutConfig.class)
                .withMapping(dev.skerry.assets.AssetsConfig.class)
                .withMapping(ManifestConfig.class);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            builder.withDefaultValue(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return builder.build();
    }

    @Override
    public void close() {
        database.close();
        folder.close();
    }
}
