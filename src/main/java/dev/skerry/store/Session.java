package dev.skerry.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reading, within one unit of work; confined to the thread that runs the unit, and useless after it.
 *
 * <p>Parameters may be {@code String}, {@code Integer}, {@code Long}, {@code Double}, {@code Boolean} (0 or 1), {@code byte[]}, {@link dev.skerry.model.Bytes},
 * {@link java.time.Instant} (milliseconds), an {@link Optional} of these (empty is NULL), or null. Statements are prepared once per connection
 * and kept, so SQL is a constant, never put together from values.
 */
public interface Session {
    /** All rows, in the order of the query. */
    <T> List<T> list(String sql, Row.Mapper<T> mapper, @Nullable Object... parameters);

    /** The first row, if there is one. */
    <T> Optional<T> first(String sql, Row.Mapper<T> mapper, @Nullable Object... parameters);
}
