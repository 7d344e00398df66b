/**
 * The words of Skerry as records and sealed types: services, environments, versions, bindings, limits. Immutable, checked when made, free of
 * any library: every other package speaks them, and this one imports nothing but the JDK.
 */
@NullMarked
package dev.skerry.model;

import org.jspecify.annotations.NullMarked;
