/**
 * Isolates and the threads that run them: the only packages that import {@code org.graalvm} are this one and those in it.
 *
 * <p>The way of an event: {@link dev.skerry.runtime.WorkerRuntime} finds the version's {@link dev.skerry.runtime.IsolatePool}, which chooses an
 * {@link dev.skerry.runtime.Isolate} (a new one takes its {@link dev.skerry.runtime.Realm} out of the {@link dev.skerry.runtime.Stock}) and posts the event to its {@link dev.skerry.runtime.Mailbox}. A {@link dev.skerry.runtime.Runner} drains the
 * mailbox: enters the context once, gives each event its turn, leaves. What the turn begins and Java ends later comes back to the same mailbox. The
 * {@link dev.skerry.runtime.Watchdog} looks at the runners from outside, lets short turns go before long ones and closes an isolate that breaks a limit. A
 * {@link dev.skerry.runtime.ServiceBinding} posts to the callee's mailbox, which goes to the run queue of the thread that is there already; a method
 * call ({@link dev.skerry.runtime.RpcCall}) does the same, with an {@link dev.skerry.runtime.RpcMessage} for its arguments and another for its result.
 *
 * <p>All isolates share the code of one engine, that of {@link dev.skerry.runtime.engine}. What an exception tells of where it was thrown is in
 * {@link dev.skerry.runtime.sourcemap}, what the native executable does otherwise in {@link dev.skerry.runtime.image}.
 *
 * <p>One runner at a time is in an isolate; any runner may be. Nothing here blocks an event loop.
 */
@NullMarked
package dev.skerry.runtime;

import org.jspecify.annotations.NullMarked;
