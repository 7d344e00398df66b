package dev.skerry.webapi.websocket;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.HeldMemory;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.binding.SocketEnd;
import dev.skerry.binding.SocketMessage;
import dev.skerry.binding.WebApi;
import dev.skerry.model.LimitKey;
import dev.skerry.webapi.egress.Dialer;
import dev.skerry.webapi.egress.EgressConfig;
import dev.skerry.webapi.egress.Slots;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/websocket.js}. Thread-safe. */
@Singleton
public final class WebSocketApi implements WebApi {
    private final Vertx vertx;
    private final WebSocketConfig config;
    private final EgressConfig egress;
    private final Dialer dialer;
    private final Share compressed;

    /** @throws IllegalArgumentException when {@code skerry.egress.allow} has an entry that is no address */
    @Inject
    public WebSocketApi(Vertx vertx, WebSocketConfig config, EgressConfig egress) {
        this.vertx = vertx;
        this.config = config;
        this.egress = egress;
        this.dialer = new Dialer(vertx, egress);
        this.compressed = new Share(egress.deflate());
    }

    @PreDestroy
    void close() {
        dialer.close();
    }

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(isolate);
    }

    /** An end that a worker reads, and the event that it keeps open. For the thread in one isolate. */
    private static final class Accepted {
        private final SocketEnd end;
        private final Invocation invocation;
        private boolean released;

        private Accepted(SocketEnd end, Invocation invocation) {
            this.end = end;
            this.invocation = invocation;
        }
    }

    /** For the thread in one isolate. */
    public final class Host {
        private final IsolateServices isolate;

        private Host(IsolateServices isolate) {
            this.isolate = isolate;
        }

        @GuestCallable
        public Object pair() {
            return newPair(isolate.memory());
        }

        private SocketEnd.Pair newPair(HeldMemory memory) {
            return SocketEnd.pair(
                    config.webSocketQueue().bytes(),
                    detail -> isolate.reached(LimitKey.WEB_SOCKET_QUEUE, detail),
                    memory);
        }

        @GuestCallable
        public Object one(Object pair) {
            return ((SocketEnd.Pair) pair).one();
        }

        @GuestCallable
        public Object other(Object pair) {
            return ((SocketEnd.Pair) pair).other();
        }

        /**
         * Opens a WebSocket to a server, which counts as a subrequest; {@link #id} of the result is an operation that ends with an {@link Opened}.
         *
         * @param host without brackets
         * @param path with the query
         * @param headers in the form of {@link dev.skerry.binding.HeaderLines}
         * @param protocols with commas, or empty
         */
        @GuestCallable
        public Object connect(boolean secure, String host, int port, String path, String headers, String protocols) {
            Invocation invocation = isolate.invocation();
            invocation.countSubrequest();
            HeldMemory memory = invocation.memory();
            Slots slots = Slots.of(invocation, egress);
            Attempt attempt = new Attempt(
                    dialer,
                    egress,
                    MessageLimit.of(config, isolate.overrides(), isolate::reached),
                    compressed,
                    () -> newPair(memory),
                    vertx.getOrCreateContext(),
                    new Attempt.Target(secure, host, port, path),
                    headers,
                    protocols,
                    isolate.begin(),
                    slots::free);
            invocation.whenEnded(
                    () -> attempt.giveUp(GuestError.error("The event that opened the WebSocket has ended.")));
            slots.take(attempt::start);
            return attempt;
        }

        @GuestCallable
        public int id(Object attempt) {
            return ((Attempt) attempt).id();
        }

        @GuestCallable
        public void giveUp(Object attempt, String name, String message) {
            ((Attempt) attempt).giveUp(new GuestError(name, message));
        }

        /** Marks an end as somebody's to close: it goes to whoever the event answers. */
        @GuestCallable
        public void give(Object end) {
            ((SocketEnd) end).take();
        }

        /** Has the running event read an end, and keeps it open until {@link #release}; the connection breaks when the event ends before. */
        @GuestCallable
        public Object accept(Object end) {
            SocketEnd taken = (SocketEnd) end;
            Invocation invocation = isolate.invocation();
            taken.take();
            invocation.hold();
            invocation.whenEnded(() -> taken.lose(1011, "The worker's event has ended"));
            return new Accepted(taken, invocation);
        }

        /** An operation that ends with the next message: a String, a ByteBuffer, or an object that says how it closed. */
        @GuestCallable
        public int read(Object accepted) {
            Operation operation = isolate.begin();
            ((Accepted) accepted).end.read().whenComplete((message, failure) -> operation.resolve(value(message)));
            return operation.id();
        }

        private static Object value(SocketMessage message) {
            return switch (message) {
                case SocketMessage.Text(String text) -> text;
                case SocketMessage.Binary(ByteBuffer bytes) -> bytes;
                case SocketMessage.Close(int code, String reason) -> new Ended(code, reason, true);
                case SocketMessage.Lost(int code, String reason) -> new Ended(1006, reason, false);
            };
        }

        /** A message was read: one from the network is as good as a new event. */
        @GuestCallable
        public void heard(Object accepted) {
            Accepted socket = (Accepted) accepted;
            if (socket.end.isFromOutside()) {
                socket.invocation.renew();
            }
        }

        /** How it closed, if that is what was read. */
        @GuestCallable
        public @Nullable Object ended(Object message) {
            return message instanceof Ended ended ? ended : null;
        }

        @GuestCallable
        public void sendText(Object accepted, String text) {
            ((Accepted) accepted).end.send(new SocketMessage.Text(text));
        }

        @GuestCallable
        public void sendBytes(Object accepted, byte[] bytes) {
            ((Accepted) accepted).end.send(new SocketMessage.Binary(ByteBuffer.wrap(bytes)));
        }

        @GuestCallable
        public void close(Object accepted, int code, String reason) {
            ((Accepted) accepted).end.send(new SocketMessage.Close(code, reason));
        }

        /** Bytes that were sent and wait. */
        @GuestCallable
        public double waiting(Object accepted) {
            return ((Accepted) accepted).end.waiting();
        }

        /** The event may end. */
        @GuestCallable
        public void release(Object accepted) {
            Accepted socket = (Accepted) accepted;
            if (!socket.released) {
                socket.released = true;
                socket.invocation.release();
            }
        }
    }

    /** How a WebSocket closed, for the guest half. Immutable. */
    public static final class Ended {
        private final int code;
        private final String reason;
        private final boolean clean;

        private Ended(int code, String reason, boolean clean) {
            this.code = code;
            this.reason = reason;
            this.clean = clean;
        }

        @GuestCallable
        public int code() {
            return code;
        }

        @GuestCallable
        public String reason() {
            return reason;
        }

        @GuestCallable
        public boolean clean() {
            return clean;
        }
    }
}
