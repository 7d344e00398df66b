package dev.skerry.command;

import dev.skerry.store.StoreConfig;
import dev.skerry.store.StoreException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server that runs, for commands that call it: its address and the administrator's token, from the settings that it was started with. */
final class ServerOption {
    private static final String DEFAULT = "config/skerry.yaml";
    private static final String TOKEN_FILE = "admin.token";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = DEFAULT,
            description = "The server's configuration, which tells its address and token; default: ${DEFAULT-VALUE}.")
    private Path file;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server's admin address, in place of the configuration's (skerry.listen.admin).")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the token; else SKERRY_ADMIN_TOKEN, or the one that the server made.")
    private @Nullable Path tokenFile;

    /** The folder of the configuration, to which its paths are relative. */
    Path folder() {
        Path absolute = file.toAbsolutePath().normalize();
        return Optional.ofNullable(absolute.getParent()).orElse(absolute);
    }

    String address() {
        return url != null
                ? url.replaceFirst("/+$", "")
                : "http://" + value("skerry.listen.admin").orElse("127.0.0.1:8788");
    }

    String token() {
        Optional<String> set = tokenFile == null ? value("skerry.admin-token") : Optional.empty();
        if (set.isPresent()) {
            return set.get();
        }
        Path kept = tokenFile != null
                ? tokenFile
                : Path.of(value("skerry.data").orElse(StoreConfig.DATA)).resolve(TOKEN_FILE);
        try {
            return Files.readString(kept).strip();
        } catch (IOException e) {
            throw new StoreException(
                    "There is no token in " + kept + "; start the server once, or name a file with --token-file", e);
        }
    }

    private Optional<String> value(String key) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultInterceptors().addDefaultSources();
        if (Files.isReadable(file)) {
            builder.withSources(SkerryYaml.source(file));
        } else if (!file.equals(Path.of(DEFAULT))) {
            throw new StoreException("There is no readable file " + file + "; name one with --config FILE");
        }
        SmallRyeConfig config = builder.build();
        return config.getOptionalValue(key, String.class);
    }
}
