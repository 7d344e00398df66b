package dev.skerry.command;

import dev.skerry.store.StoreConfig;
import dev.skerry.store.StoreException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the data lies, for commands that work without the server: the same settings tell it. */
final class DataOption {
    private static final String DEFAULT = "config/skerry.yaml";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = DEFAULT,
            description = "The server's configuration, which names the data folder; default: ${DEFAULT-VALUE}.")
    private Path file;

    /** {@code skerry.data}, of the environment (SKERRY_DATA), the system properties or the file. */
    Path folder() {
        SmallRyeConfigBuilder config =
                new SmallRyeConfigBuilder().addDefaultInterceptors().addDefaultSources();
        if (Files.isReadable(file)) {
            config.withSources(SkerryYaml.source(file));
        } else if (!file.equals(Path.of(DEFAULT))) {
            throw new StoreException("There is no readable file " + file + "; name one with --config FILE");
        }
        return Path.of(
                config.build().getOptionalValue("skerry.data", String.class).orElse(StoreConfig.DATA));
    }
}
