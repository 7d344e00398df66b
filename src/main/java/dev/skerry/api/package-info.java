/**
 * The admin API under {@code /client/v4}: Cloudflare's v4 shape, as wrangler speaks it, and in the same style what Cloudflare lacks. Resources read a
 * request, call the registry and shape the answer; they hold no rules and no SQL. They run on worker threads and may block.
 *
 * <p>The way of a request: {@link dev.skerry.api.TokenFilter} lets it in, {@link dev.skerry.api.JsonReader} or {@link dev.skerry.api.Multipart} reads its
 * body, a resource answers with an {@link dev.skerry.api.Envelope}, and {@link dev.skerry.api.ErrorAnswers} turns whatever is thrown into one.
 */
@NullMarked
package dev.skerry.api;

import org.jspecify.annotations.NullMarked;
