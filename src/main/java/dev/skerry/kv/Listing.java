package dev.skerry.kv;

import dev.skerry.model.Bytes;
import dev.skerry.store.KvTable;
import dev.skerry.store.KvTable.Attributes;
import dev.skerry.store.KvTable.Listed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A page of keys. Immutable.
 *
 * @param cursor where the next page begins; empty when this is the last. It is made of the last key alone, so a key that stays is seen exactly once,
 *     however many come and go between two pages
 */
public record Listing(List<Key> keys, Optional<String> cursor) {
    /** A key and what goes with its value. */
    public record Key(String name, Attributes attributes) {}

    public Listing {
        keys = List.copyOf(keys);
    }

    /** Keys {@code from} (inclusive) {@code to} (exclusive), in the order of their bytes. */
    record Range(Bytes from, Bytes to) {
        /** Keys that begin with the prefix, after the cursor. */
        static Range of(String prefix, Optional<String> cursor) {
            Bytes first = Bytes.utf8(prefix);
            Bytes from = cursor.map(Range::after).orElse(first);
            return new Range(Arrays.compareUnsigned(from.array(), first.array()) < 0 ? first : from, end(first));
        }

        /** The least that is greater than all that begin so. The last byte of UTF-8 can always be raised by one. */
        private static Bytes end(Bytes prefix) {
            if (prefix.size() == 0) {
                return KvTable.AFTER_ALL;
            }
            byte[] end = prefix.array().clone();
            end[end.length - 1]++;
            return Bytes.wrap(end);
        }

        /** The key after that of the cursor: the same with a zero at its end. */
        private static Bytes after(String cursor) {
            try {
                byte[] last = Base64.getUrlDecoder().decode(cursor);
                return Bytes.wrap(Arrays.copyOf(last, last.length + 1));
            } catch (IllegalArgumentException e) {
                throw new KvException(400, "Invalid cursor. Please use the one that came with the page before.");
            }
        }
    }

    /** The page of rows that were asked for with one more than fit. */
    static Listing of(List<Listed> rows, int limit) {
        boolean more = rows.size() > limit;
        List<Listed> page = more ? rows.subList(0, limit) : rows;
        return new Listing(
                page.stream()
                        .map(row -> new Key(new String(row.key().array(), StandardCharsets.UTF_8), row.attributes()))
                        .toList(),
                more
                        ? Optional.of(Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(page.getLast().key().array()))
                        : Optional.empty());
    }
}
