package dev.skerry.kv;

import dev.skerry.model.Bytes;
import dev.skerry.store.KvTable;
import java.util.Optional;

/**
 * A whole value and what goes with it. The bytes are shared: whoever gives them to somebody that could change them gives a copy. Immutable.
 *
 * @param metadata JSON
 * @param expires seconds since 1970, {@link KvTable#NEVER} if it does not
 */
public record Entry(Bytes value, Optional<String> metadata, long expires) {
    int size() {
        return value.size();
    }

    int weight() {
        return value.size() + 2 * metadata.map(String::length).orElse(0);
    }
}
