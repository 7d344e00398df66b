/**
 * The Java half of fetch(). A {@link dev.skerry.webapi.fetch.FetchApi} takes one hop at a time from the guest half, which follows redirects; it waits for one of its event's
 * {@link dev.skerry.webapi.fetch.Slots}, becomes an {@link dev.skerry.webapi.fetch.Exchange}, and goes out through the {@link dev.skerry.webapi.fetch.Egress}, which connects
 * to no address that {@link dev.skerry.webapi.egress.Addresses} refuses. May import {@code webapi.egress}, {@code binding}, {@code model} and Vert.x; runs on event loops.
 */
@NullMarked
package dev.skerry.webapi.fetch;

import org.jspecify.annotations.NullMarked;
