/**
 * The description of the API at {@code /q/openapi}: made of the resources when Skerry is built, and mended here where that alone would not be true.
 * Runs in the build.
 */
@NullMarked
package dev.skerry.api.document;

import org.jspecify.annotations.NullMarked;
