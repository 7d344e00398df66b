/**
 * What can be seen of the server from outside: log lines, metrics, tail events. Every name of a metric is here. May import {@code store} and
 * {@code model}; called from any thread, blocks none.
 */
@NullMarked
package dev.skerry.telemetry;

import org.jspecify.annotations.NullMarked;
