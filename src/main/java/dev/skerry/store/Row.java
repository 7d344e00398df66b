package dev.skerry.store;

import java.time.Instant;
import java.util.Optional;

/** One row of a result, valid until the mapper that got it returns. Columns count from 0. A null where none is expected is a {@link StoreException}. */
public interface Row {
    String text(int column);

    Optional<String> optionalText(int column);

    long integer(int column);

    Optional<Long> optionalInteger(int column);

    double real(int column);

    /** Stored as 0 or 1. */
    default boolean bool(int column) {
        return integer(column) != 0;
    }

    /** Stored as milliseconds since 1970. */
    default Instant instant(int column) {
        return Instant.ofEpochMilli(integer(column));
    }

    byte[] bytes(int column);

    Optional<byte[]> optionalBytes(int column);

    /** Makes something of a row. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(Row row);
    }
}
