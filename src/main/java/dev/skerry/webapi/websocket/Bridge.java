package dev.skerry.webapi.websocket;

import dev.skerry.binding.SocketEnd;
import dev.skerry.binding.SocketMessage;
import dev.skerry.model.LimitKey;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Carries one end of a WebSocket over a connection, at the pace of the slower side in each direction. A connection on which nothing is heard, pongs
 * included, is given up. Confined to the event loop of its context.
 */
public final class Bridge {
    /** Stands for a close without a code, and is never sent. */
    static final int NO_CODE = 1005;

    /** Bytes that wait for the worker before the connection is read no further. */
    private static final long AHEAD = 64 * 1024;

    private static final int GOING_AWAY = 1001;
    private static final int TOO_BIG = 1009;
    private static final int MOST_REASON_BYTES = 123;

    private final Context context;
    private final Vertx vertx;
    private final Carrier carrier;
    private final SocketEnd end;
    private final MessageLimit limit;
    private final long most;
    private final long silence;
    private final long pings;

    private long heard = System.nanoTime();
    private boolean held;
    private boolean closing;
    private boolean over;
    private boolean text;
    private @Nullable Buffer message;

    private Bridge(Context context, Carrier carrier, SocketEnd end, MessageLimit limit, Duration silence) {
        this.context = context;
        this.vertx = context.owner();
        this.carrier = carrier;
        this.end = end;
        this.limit = limit;
        this.most = limit.most().bytes();
        this.silence = silence.toNanos();
        this.pings = vertx.setPeriodic(Math.max(1, silence.toMillis() / 3), tick -> look());
    }

    /**
     * Carries the end over a client's connection until both sides have closed. Called on the event loop, before anything was read of the connection.
     *
     * @param silence how long the other side may be silent
     */
    public static Bridge carry(
            Context context, ServerWebSocket socket, SocketEnd end, MessageLimit limit, Duration silence) {
        return carry(context, new ServerCarrier(socket), end, limit, silence);
    }

    static Bridge carry(Context context, Carrier carrier, SocketEnd end, MessageLimit limit, Duration silence) {
        Bridge bridge = new Bridge(context, carrier, end, limit, silence);
        end.take();
        end.leadsOutside();
        carrier.tell(bridge);
        carrier.more();
        bridge.pump();
        return bridge;
    }

    private void pump() {
        end.read().whenComplete((next, failure) -> context.runOnContext(on -> write(next)));
    }

    private void write(SocketMessage next) {
        // The other side's close has been answered already, whatever the worker says to it.
        if (over || carrier.closed()) {
            return;
        }
        switch (next) {
            case SocketMessage.Text(String words) -> {
                carrier.text(words);
                goOn();
            }
            case SocketMessage.Binary(ByteBuffer bytes) -> {
                carrier.binary(bytes);
                goOn();
            }
            case SocketMessage.Close(int code, String reason) -> close(code, reason);
            case SocketMessage.Lost(int code, String reason) -> close(code, reason);
        }
    }

    private void goOn() {
        if (carrier.full()) {
            carrier.whenRoom(this::pump);
        } else {
            pump();
        }
    }

    private void close(int code, String reason) {
        closing = true;
        carrier.close(code, fitting(reason));
        carrier.all();
    }

    /** A reason is at most 123 bytes on the wire. */
    private static String fitting(String reason) {
        String fitting = reason;
        while (fitting.getBytes(StandardCharsets.UTF_8).length > MOST_REASON_BYTES) {
            fitting = fitting.substring(0, fitting.length() - 1);
        }
        return fitting;
    }

    /** A sign of life. */
    void alive() {
        heard = System.nanoTime();
    }

    /** The other side's close. */
    void closed(int code, String reason) {
        if (!over) {
            over = true;
            end.send(new SocketMessage.Close(code, reason));
        }
    }

    /** A frame of a message. */
    void arrived(boolean isText, Buffer data, boolean isFinal) {
        alive();
        if (over || closing) {
            return;
        }
        if (message == null) {
            text = isText;
        }
        Buffer whole = message == null && isFinal ? data : part(data);
        if (whole.length() > most) {
            tooBig();
        } else if (!isFinal) {
            carrier.more();
        } else {
            message = null;
            end.send(
                    text
                            ? new SocketMessage.Text(whole.toString(StandardCharsets.UTF_8))
                            : new SocketMessage.Binary(ByteBuffer.wrap(whole.getBytes())));
            if (end.waiting() <= AHEAD) {
                carrier.more();
            } else {
                held = true;
                end.whenRoom(
                        AHEAD,
                        () -> context.runOnContext(on -> {
                            held = false;
                            alive();
                            carrier.more();
                        }));
            }
        }
    }

    private Buffer part(Buffer data) {
        Buffer before = message;
        if (before == null) {
            before = Buffer.buffer();
            message = before;
        }
        return before.appendBuffer(data);
    }

    /** Closes for a message that is too large, or would be. */
    public void tooBig() {
        if (over || closing) {
            return;
        }
        message = null;
        String reason = "A message is larger than " + most + " bytes (" + LimitKey.WEB_SOCKET_MESSAGE + ")";
        limit.reached().accept(LimitKey.WEB_SOCKET_MESSAGE, reason + ".");
        close(TOO_BIG, reason);
        over = true;
        end.lose(TOO_BIG, reason);
    }

    /** The connection has ended. What was read of it before is still to be delivered, the other side's close with it. */
    void gone() {
        vertx.cancelTimer(pings);
        held = false;
        carrier.all();
        context.runOnContext(on -> {
            over = true;
            end.lose(GOING_AWAY, "The connection was lost");
        });
    }

    private void look() {
        if (held || closing) {
            return;
        }
        if (System.nanoTime() - heard > silence) {
            close(GOING_AWAY, "Nothing was heard");
            end.lose(GOING_AWAY, "Nothing was heard of the other side");
        } else {
            carrier.ping();
        }
    }
}
