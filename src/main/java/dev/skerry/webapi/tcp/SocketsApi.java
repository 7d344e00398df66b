package dev.skerry.webapi.tcp;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.binding.WebApi;
import dev.skerry.webapi.egress.Dialer;
import dev.skerry.webapi.egress.EgressConfig;
import dev.skerry.webapi.egress.Slots;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The Java half of {@code js/cloudflare/sockets.js}. Thread-safe. */
@Singleton
public final class SocketsApi implements WebApi {
    /** Mail: refused on Cloudflare too, so that no worker sends spam. */
    private static final int SMTP = 25;

    private final Vertx vertx;
    private final EgressConfig config;
    private final Dialer dialer;

    /** @throws IllegalArgumentException when {@code skerry.egress.allow} has an entry that is no address */
    @Inject
    public SocketsApi(Vertx vertx, EgressConfig egress) {
        this.vertx = vertx;
        this.config = egress;
        this.dialer = new Dialer(vertx, egress);
    }

    @Override
    public String name() {
        return "cloudflare/sockets";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(isolate);
    }

    @PreDestroy
    void close() {
        dialer.close();
    }

    /** For the thread in one isolate. */
    public final class Host {
        private final IsolateServices isolate;

        private Host(IsolateServices isolate) {
            this.isolate = isolate;
        }

        /**
         * Begins to connect, which counts as a subrequest; {@link #opened} of the result tells how that goes.
         *
         * @param host without brackets
         * @param halfOpen whether the worker may still write when the other side has ended
         */
        @GuestCallable
        public Object connect(String host, int port, boolean tls, boolean halfOpen) {
            Invocation invocation = isolate.invocation();
            invocation.countSubrequest();
            if (port == SMTP) {
                throw GuestError.type(
                        "Connections to port 25 are prohibited. To send mail, use a service that takes it over HTTP.");
            }
            Slots slots = Slots.of(invocation, config);
            Tcp tcp = new Tcp(
                    vertx.getOrCreateContext(),
                    dialer,
                    host,
                    port,
                    tls,
                    halfOpen,
                    isolate.begin(),
                    isolate.begin(),
                    slots::free);
            invocation.whenEnded(tcp::close);
            slots.take(tcp::start);
            return tcp;
        }

        /** The number of the operation that ends with {@link Tcp.Ends} when it is connected. */
        @GuestCallable
        public int opened(Object tcp) {
            return ((Tcp) tcp).openedId();
        }

        /** The number of the operation that ends when the connection does, with its error if it has one. */
        @GuestCallable
        public int closed(Object tcp) {
            return ((Tcp) tcp).closedId();
        }

        /** The body that arrives, once it is connected. */
        @GuestCallable
        public Object body(Object tcp) {
            return new Body.Streamed(((Tcp) tcp).incoming());
        }

        /** An operation that ends when more can be written. */
        @GuestCallable
        public int write(Object tcp, byte[] bytes) {
            Operation operation = isolate.begin();
            ((Tcp) tcp).write(bytes, operation);
            return operation.id();
        }

        /** Nothing more will be written; an operation that ends when all was. */
        @GuestCallable
        public int end(Object tcp) {
            Operation operation = isolate.begin();
            ((Tcp) tcp).end(operation);
            return operation.id();
        }

        @GuestCallable
        public void close(Object tcp) {
            ((Tcp) tcp).close();
        }

        /** An operation that ends when TLS is spoken. */
        @GuestCallable
        public int startTls(Object tcp, String host) {
            Operation operation = isolate.begin();
            ((Tcp) tcp).startTls(host, operation);
            return operation.id();
        }
    }
}
