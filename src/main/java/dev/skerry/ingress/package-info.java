/**
 * The workers' side of the server: HTTP on Vert.x. {@link dev.skerry.ingress.Ingress} listens with one server an event loop; a
 * {@link dev.skerry.ingress.Receiver} asks the routing table whose request it is and hands it to the runtime; an {@link dev.skerry.ingress.Exchange} writes
 * out what comes back, or hands a WebSocket to a {@link dev.skerry.webapi.websocket.Bridge}. All of it runs on the connection's event loop, and nothing of it blocks.
 *
 * <p>May import {@code registry}, {@code runtime}, {@code webapi}, {@code binding}, {@code telemetry}, {@code model}.
 */
@NullMarked
package dev.skerry.ingress;

import org.jspecify.annotations.NullMarked;
