package dev.skerry.store;

import dev.skerry.model.Bytes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/** One connection and the statements that were prepared on it. Used by one thread at a time. */
final class SqliteConnection implements Session, AutoCloseable {
    /** SQL texts are constants, so there are never as many; the bound is for the day someone forgets it. */
    private static final int MAX_STATEMENTS = 256;

    /** What the connection is for. */
    enum Use {
        READ,
        WRITE
    }

    private final Connection connection;
    private final LinkedHashMap<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

    SqliteConnection(Path file, Use use, Duration patience) {
        Properties pragmas = new Properties();
        pragmas.setProperty("journal_mode", "WAL");
        // Whatever was acknowledged has been through fsync.
        pragmas.setProperty("synchronous", "FULL");
        pragmas.setProperty("foreign_keys", "true");
        pragmas.setProperty("busy_timeout", Long.toString(patience.toMillis()));
        pragmas.setProperty("temp_store", "MEMORY");
        try {
            // Asked directly: in the native image no DriverManager finds a driver.
            connection = JDBC.createConnection("jdbc:sqlite:" + file, pragmas);
            if (use == Use.READ) {
                execute("PRAGMA query_only = ON");
            }
        } catch (SQLException e) {
            throw failed("open " + file, e);
        }
    }

    /** Runs a statement, or a script of several, that is not worth keeping prepared. */
    void execute(String script) {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(script);
        } catch (SQLException e) {
            throw failed(script, e);
        }
    }

    int update(String sql, @Nullable Object... parameters) {
        return with(sql, parameters, PreparedStatement::executeUpdate);
    }

    @Override
    public <T> List<T> list(String sql, Row.Mapper<T> mapper, @Nullable Object... parameters) {
        return with(sql, parameters, statement -> {
            List<T> result = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                Row row = new ResultRow(rows);
                while (rows.next()) {
                    result.add(mapper.map(row));
                }
            }
            return result;
        });
    }

    @Override
    public <T> Optional<T> first(String sql, Row.Mapper<T> mapper, @Nullable Object... parameters) {
        return with(sql, parameters, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(mapper.map(new ResultRow(rows))) : Optional.<T>empty();
            }
        });
    }

    @Override
    public void close() {
        try {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw failed("close the database", e);
        }
    }

    @FunctionalInterface
    private interface Execution<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    /** A statement in use is not in the map, so a mapper may query with the same SQL. */
    private <T> T with(String sql, @Nullable Object[] parameters, Execution<T> execution) {
        PreparedStatement statement = statements.remove(sql);
        try {
            if (statement == null) {
                statement = connection.prepareStatement(sql);
            }
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            T result = execution.on(statement);
            statement.clearParameters();
            keep(sql, statement);
            return result;
        } catch (SQLException e) {
            discard(statement);
            throw failed(sql, e);
        } catch (RuntimeException | Error e) {
            discard(statement);
            throw e;
        }
    }

    private void keep(String sql, PreparedStatement statement) throws SQLException {
        PreparedStatement replaced = statements.put(sql, statement);
        if (replaced != null) {
            replaced.close();
        } else if (statements.size() > MAX_STATEMENTS) {
            statements.pollFirstEntry().getValue().close();
        }
    }

    private static void discard(@Nullable PreparedStatement statement) {
        if (statement != null) {
            try {
                statement.close();
            } catch (SQLException e) {
                // What made us give it up is being thrown already.
            }
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, java.sql.Types.NULL);
            case String text -> statement.setString(index, text);
            case Integer number -> statement.setInt(index, number);
            case Long number -> statement.setLong(index, number);
            case Double number -> statement.setDouble(index, number);
            case Boolean truth -> statement.setInt(index, truth ? 1 : 0);
            case byte[] bytes -> statement.setBytes(index, bytes);
            case Bytes bytes -> statement.setBytes(index, bytes.array());
            case Instant instant -> statement.setLong(index, instant.toEpochMilli());
            case Optional<?> optional -> bind(statement, index, optional.orElse(null));
            default -> throw new IllegalArgumentException("A parameter cannot be a " + value.getClass());
        }
    }

    static StoreException failed(String what, SQLException e) {
        return new StoreException("The store failed: " + e.getMessage() + " (" + what.strip() + ")", e);
    }
}
