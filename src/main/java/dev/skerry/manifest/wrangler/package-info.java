/**
 * Projects written for wrangler, folders and single scripts as entries of a manifest: {@link dev.skerry.manifest.wrangler.Project}. Translates and reads
 * configuration alone; what an entry means is {@code manifest}'s.
 */
@NullMarked
package dev.skerry.manifest.wrangler;

import org.jspecify.annotations.NullMarked;
