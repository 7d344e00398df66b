/**
 * The Java half of {@code cloudflare:sockets}: TCP connections of workers, to where {@link dev.skerry.webapi.egress.Addresses} lets them. May import
 * {@code webapi}, {@code webapi.egress}, {@code binding}, {@code model} and Vert.x; runs on the thread in an isolate, and on event loops.
 */
@NullMarked
package dev.skerry.webapi.tcp;

import org.jspecify.annotations.NullMarked;
