/**
 * The Cache API's Java half: what {@code caches} of an environment holds, in memory. {@link dev.skerry.cache.CacheApi} is what an isolate sees; it asks
 * the {@link dev.skerry.cache.Shelf}, which all isolates share and on which each environment has caches of its own. Whether a response may be kept, and
 * for how long, is said by {@link dev.skerry.cache.Storable}; what a request gets of a kept one by {@link dev.skerry.cache.Selection}.
 *
 * <p>In memory and not in the data folder, since a cache may forget: no thread waits for a disk, nothing is left to sweep after a crash, and the
 * workers' own heap stays theirs. The bytes are bounded, all environments together; what is used least goes first.
 *
 * <p>May import {@code webapi}, {@code binding} and {@code model}. Called on runners; never blocks.
 */
@NullMarked
package dev.skerry.cache;

import org.jspecify.annotations.NullMarked;
