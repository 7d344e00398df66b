/**
 * Skerry: services, their environments and versions, and the isolates that run them.
 *
 * <p>The way of a request: an event loop of {@link dev.skerry.ingress} asks {@link dev.skerry.registry}'s routing table for the environment and the version,
 * without SQL or a lock. {@link dev.skerry.runtime} lets {@link dev.skerry.assets} answer what is a file, and posts anything else to the mailbox of an isolate of
 * that version, where a runner gives it its turn; what the worker asks of Java is in {@link dev.skerry.webapi} and in a package for each kind of binding, on the
 * contract in {@link dev.skerry.binding}. The ingress writes out what comes back, at the client's pace.
 *
 * <p>The way of a deployment: {@link dev.skerry.api} or {@link dev.skerry.manifest} asks the registry for a change, whose rules run within one unit of
 * {@link dev.skerry.store}; once it is on disk the routing table is swapped. {@link dev.skerry.schedule} and {@link dev.skerry.rollout} act by themselves.
 *
 * <p>{@link dev.skerry.command} puts it together. {@link dev.skerry.telemetry} tells what happens, {@link dev.skerry.health} whether the server is well, and
 * {@link dev.skerry.model} has the words that all speak. A package may import what stands below it in {@code ArchitectureTest}, never what stands above.
 */
@NullMarked
package dev.skerry;

import org.jspecify.annotations.NullMarked;
