/**
 * The Java half of the Web APIs: what JavaScript cannot do, or does slowly. One class an API, found by {@link dev.skerry.binding.WebApi}; the
 * guest half is the ES module of the same name under {@code src/main/resources/js}. May import {@code binding}, {@code telemetry}, {@code model};
 * runs on the thread that is in the isolate and blocks it never.
 */
@NullMarked
package dev.skerry.webapi;

import org.jspecify.annotations.NullMarked;
