/**
 * KV namespaces: {@code env.CACHE.get(key)}, and the same for the admin API.
 *
 * <p>The way of a read: {@link dev.skerry.kv.KvBinding} asks {@link dev.skerry.kv.KvStore}, which has the value at once when it is in the
 * {@code KvCache}; else a thread of its own reads it from the store and the operation ends later. The way of a write: a value that fits
 * into one chunk is one unit of the store's writer; a larger one is written chunk by chunk as it comes ({@code Upload}), and the entry with
 * the last of them. It is acknowledged when it is on disk. {@code KvCache} tells why every read sees the last acknowledged write. The {@code Sweeper}
 * removes what has expired and what nobody refers to any more.
 *
 * <p>May import {@code binding}, {@code telemetry}, {@code store} and {@code model}.
 */
@NullMarked
package dev.skerry.kv;

import org.jspecify.annotations.NullMarked;
