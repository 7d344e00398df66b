package dev.skerry.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where data lies and how it is written. */
@ConfigMapping(prefix = "skerry")
public interface StoreConfig {
    /** The data folder where none is named. */
    String DATA = "data";

    /** The folder of everything that outlives the process; made when it is not there, for its owner alone. */
    @WithDefault(DATA)
    Path data();

    /** The key that seals secrets: 32 bytes in base64. Without it, one is made at first start and kept in {@code secret.key} of the data folder. */
    Optional<String> secretKey();

    @WithName("store")
    Tuning tuning();

    /** Bounds of the writer and the readers. */
    interface Tuning {
        /** How many units of work may wait for the writer. */
        @WithDefault("16384")
        int queue();

        /** How many units share one commit at most. */
        @WithDefault("1024")
        int batch();

        /** How many connections read. */
        @WithDefault("4")
        int readers();

        /** How long a reader waits for a connection, and SQLite for a lock of another program. */
        @WithDefault("5s")
        Duration patience();
    }
}
