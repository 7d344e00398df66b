package dev.skerry.webapi.egress;

import dev.skerry.binding.GuestError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Which addresses workers may connect to. A name is resolved first, and what the gate let through is what is connected to. Thread-safe. */
public final class Addresses implements AutoCloseable {
    private static final int RESOLVERS = 8;

    private final Gate gate;
    private final WorkerExecutor resolver;

    /** @throws IllegalArgumentException when {@code skerry.egress.allow} has an entry that is no address */
    public Addresses(Vertx vertx, EgressConfig config) {
        this.gate = new Gate(config.allow().orElse(List.of()), config.admin());
        this.resolver = vertx.createSharedWorkerExecutor("skerry-resolver", RESOLVERS);
    }

    /**
     * Connects to the first of a host's addresses that can be connected to. Fails with a {@link GuestError}. Called on an event loop, completed there.
     *
     * @param api what the worker called, as errors name it
     * @param host without brackets
     * @param connect to one address
     */
    public <T> Future<T> connect(String api, String host, int port, Function<InetAddress, Future<T>> connect) {
        return permitted(api, host, port).compose(addresses -> connect(api, host, port, addresses, 0, connect));
    }

    private <T> Future<T> connect(
            String api,
            String host,
            int port,
            List<InetAddress> addresses,
            int next,
            Function<InetAddress, Future<T>> connect) {
        return connect.apply(addresses.get(next)).recover(e -> {
            if (e instanceof GuestError) {
                return Future.failedFuture(e);
            }
            return next + 1 < addresses.size()
                    ? connect(api, host, port, addresses, next + 1, connect)
                    : Future.failedFuture(GuestError.type(
                            api + " failed: no connection to " + name(host, port) + " (" + why(e) + ")."));
        });
    }

    private Future<List<InetAddress>> permitted(String api, String host, int port) {
        return resolve(api, host).compose(addresses -> {
            List<InetAddress> permitted = Arrays.stream(addresses)
                    .filter(address -> gate.permits(host, port, address))
                    .toList();
            return permitted.isEmpty()
                    ? Future.failedFuture(
                            GuestError.type(
                                    api + " to " + name(host, port)
                                            + " is refused: the address is not one of the public internet, and not in skerry.egress.allow."))
                    : Future.succeededFuture(permitted);
        });
    }

    private Future<InetAddress[]> resolve(String api, String host) {
        if (Network.isLiteral(host)) {
            try {
                return Future.succeededFuture(new InetAddress[] {Network.literal(host)});
            } catch (IllegalArgumentException e) {
                return Future.failedFuture(GuestError.type(api + " failed: " + e.getMessage() + "."));
            }
        }
        return resolver.<InetAddress[]>executeBlocking(() -> InetAddress.getAllByName(host), false)
                .recover(e -> Future.failedFuture(
                        e instanceof UnknownHostException
                                ? GuestError.type(api + " failed: there is no host " + host + ".")
                                : e));
    }

    /** A host and port as a URL names them. */
    public static String name(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Java's own words for why a connection failed, without its addresses. */
    private static String why(Throwable failure) {
        return switch (failure) {
            case java.net.ConnectException e when String.valueOf(e.getMessage()).contains("timed out") -> "timed out";
            case java.net.ConnectException e -> "refused";
            case javax.net.ssl.SSLException e -> "the TLS handshake failed";
            case io.vertx.core.http.ConnectionPoolTooBusyException e -> "too many requests wait for it";
            default -> "it was lost";
        };
    }

    @Override
    public void close() {
        resolver.close();
    }
}
