/**
 * {@code skerry.yaml}: the {@code services:} of it as a desired state, and the way there.
 *
 * <p>{@link dev.skerry.manifest.ManifestReader} makes a {@link dev.skerry.manifest.Manifest} of the text: what is written, with lines, then with what
 * {@code from:} inherits. {@link dev.skerry.manifest.ManifestApplier} reads the sources, compares with what it applied before, and makes
 * one change of the registry of all that differs; {@link dev.skerry.manifest.ManifestWatcher} does so again when a file changes. Whatever is
 * wrong is found before anything changes, and is told at once, by file and line.
 */
@NullMarked
package dev.skerry.manifest;

import org.jspecify.annotations.NullMarked;
