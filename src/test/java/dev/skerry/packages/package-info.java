/** Packages of npm, unmodified: bundled by {@code scripts/lib/packages} as wrangler bundles, deployed over the API and asked over HTTP. */
@NullMarked
package dev.skerry.packages;

import org.jspecify.annotations.NullMarked;
