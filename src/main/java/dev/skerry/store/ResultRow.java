package dev.skerry.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The row that a result stands on. */
record ResultRow(ResultSet rows) implements Row {
    @Override
    public String text(int column) {
        return expect(column, nullableText(column));
    }

    @Override
    public Optional<String> optionalText(int column) {
        return Optional.ofNullable(nullableText(column));
    }

    @Override
    public long integer(int column) {
        return expect(column, nullableInteger(column));
    }

    @Override
    public Optional<Long> optionalInteger(int column) {
        return Optional.ofNullable(nullableInteger(column));
    }

    @Override
    public double real(int column) {
        try {
            return rows.getDouble(column + 1);
        } catch (SQLException e) {
            throw failed(column, e);
        }
    }

    @Override
    public byte[] bytes(int column) {
        return expect(column, nullableBytes(column));
    }

    @Override
    public Optional<byte[]> optionalBytes(int column) {
        return Optional.ofNullable(nullableBytes(column));
    }

    private @Nullable String nullableText(int column) {
        try {
            return rows.getString(column + 1);
        } catch (SQLException e) {
            throw failed(column, e);
        }
    }

    private @Nullable Long nullableInteger(int column) {
        try {
            long value = rows.getLong(column + 1);
            return rows.wasNull() ? null : Long.valueOf(value);
        } catch (SQLException e) {
            throw failed(column, e);
        }
    }

    private byte @Nullable [] nullableBytes(int column) {
        try {
            return rows.getBytes(column + 1);
        } catch (SQLException e) {
            throw failed(column, e);
        }
    }

    private static <T> T expect(int column, @Nullable T value) {
        if (value == null) {
            throw new StoreException("The store holds nothing in column " + column + ", where something is expected");
        }
        return value;
    }

    private static StoreException failed(int column, SQLException e) {
        return SqliteConnection.failed("read column " + column, e);
    }
}
