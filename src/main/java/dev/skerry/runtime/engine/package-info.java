/**
 * The JavaScript engine that all isolates share, and what it is taught: {@link dev.skerry.runtime.engine.JsEngine} makes contexts with walls around them,
 * {@link dev.skerry.runtime.engine.GuestModules} has the code of the Web APIs, {@link dev.skerry.runtime.engine.Globals} gives it the engine's own ways (globals that are made when
 * they are first used, promises that nobody looks after), {@link dev.skerry.runtime.engine.HostErrors} makes errors of the worker's own of what host code throws.
 * {@link dev.skerry.runtime.engine.PrivateNames} sees to it that one more isolate does not have the code compiled anew.
 *
 * <p>May import {@code binding} and {@code model}; it knows nothing of isolates.
 */
@NullMarked
package dev.skerry.runtime.engine;

import org.jspecify.annotations.NullMarked;
