/**
 * Static files of versions: kept by content, found by Cloudflare's rules for paths, pages, redirects and headers
 * (<a href="https://developers.cloudflare.com/workers/static-assets/">Static Assets</a>), and answered before a version's worker is
 * woken. {@link dev.skerry.assets.Site} is one version's; {@link dev.skerry.assets.AssetFiles} reads bytes, on threads of its own, so that no
 * event loop and no runner waits for the store. May import {@code binding}, {@code store} and {@code model}.
 */
@NullMarked
package dev.skerry.assets;

import org.jspecify.annotations.NullMarked;
