/**
 * The Java half of WebSockets. A {@link dev.skerry.webapi.websocket.WebSocketApi} makes pairs of ends and reads and writes them for a worker; a
 * {@link dev.skerry.webapi.websocket.Bridge} carries an end over a {@link dev.skerry.webapi.websocket.Carrier}, a client's connection or, after an {@link dev.skerry.webapi.websocket.Attempt},
 * a worker's own. May import {@code webapi.egress}, {@code binding}, {@code model} and Vert.x; runs on the thread in an isolate, and on event loops.
 */
@NullMarked
package dev.skerry.webapi.websocket;

import org.jspecify.annotations.NullMarked;
