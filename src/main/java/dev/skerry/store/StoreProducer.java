package dev.skerry.store;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Opens the store when it is first asked for, and closes it with the program. */
@Singleton
final class StoreProducer {
    @Produces
    @Singleton
    DataFolder folder(StoreConfig config) {
        return DataFolder.open(config.data());
    }

    @Produces
    @Singleton
    Database database(DataFolder folder, StoreConfig config) {
        return SqliteDatabase.open(folder, config.tuning());
    }

    @Produces
    @Singleton
    Sealer sealer(DataFolder folder, StoreConfig config) {
        return Sealer.open(folder, config.secretKey());
    }

    void close(@Disposes Database database) {
        database.close();
    }

    void close(@Disposes DataFolder folder) {
        folder.close();
    }
}
