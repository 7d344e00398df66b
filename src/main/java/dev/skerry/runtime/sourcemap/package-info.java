/**
 * Source maps (https://tc39.es/ecma426/): where the frames of a worker's exceptions are in the files that its author wrote.
 * {@link dev.skerry.runtime.sourcemap.SourceMaps} has those of one version. Any thread may ask.
 *
 * <p>May import {@code model}.
 */
@NullMarked
package dev.skerry.runtime.sourcemap;

import org.jspecify.annotations.NullMarked;
