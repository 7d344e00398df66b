package dev.skerry.webapi.fetch;

import dev.skerry.binding.GuestError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The connections out: HTTP/1.1, and HTTP/2 where a TLS server chooses it. A name is resolved first, and the address that the gate let through is what is connected to.
 * Thread-safe.
 */
final class Egress {
    private static final int RESOLVERS = 8;
    private static final int HEADER_BYTES = 128 * 1024;

    private final Gate gate;
    private final HttpClient plain;
    private final HttpClient secure;
    private final WorkerExecutor resolver;

    Egress(Vertx vertx, EgressConfig config) {
        this.gate = new Gate(config.allow().orElse(List.of()), config.admin());
        this.resolver = vertx.createSharedWorkerExecutor("skerry-resolver", RESOLVERS);
        PoolOptions pool = new PoolOptions()
                .setHttp1MaxSize(config.connections())
                .setHttp2MaxSize(config.connections())
                .setMaxWaitQueueSize(4 * config.connections());
        this.plain = vertx.createHttpClient(options(config).setProtocolVersion(HttpVersion.HTTP_1_1), pool);
        HttpClientOptions tls =
                options(config).setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true);
        config.trust().ifPresent(file -> tls.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        this.secure = vertx.createHttpClient(tls, pool);
    }

    private static HttpClientOptions options(EgressConfig config) {
        return new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(config.connect().toMillis()))
                .setSslHandshakeTimeout(config.connect().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(Math.toIntExact(Math.max(1, config.keep().toSeconds())))
                .setHttp2KeepAliveTimeout(
                        Math.toIntExact(Math.max(1, config.keep().toSeconds())))
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxInitialLineLength(HEADER_BYTES)
                .setTcpNoDelay(true);
    }

    /** A request whose connection is there. Called on an event loop, completed there. Fails with a {@link GuestError}. */
    Future<HttpClientRequest> connect(Target target, HttpMethod method) {
        return resolve(target).compose(addresses -> {
            List<InetAddress> permitted = Arrays.stream(addresses)
                    .filter(address -> gate.permits(target.host(), target.port(), address))
                    .toList();
            if (permitted.isEmpty()) {
                return Future.failedFuture(
                        GuestError.type(
                                "fetch() to " + target
                                        + " is refused: the address is not one of the public internet, and not in skerry.egress.allow."));
            }
            return connect(target, method, permitted, 0);
        });
    }

    private Future<InetAddress[]> resolve(Target target) {
        if (Network.isLiteral(target.host())) {
            return Future.succeededFuture(new InetAddress[] {Network.literal(target.host())});
        }
        return resolver.<InetAddress[]>executeBlocking(() -> InetAddress.getAllByName(target.host()), false)
                .recover(e -> Future.failedFuture(
                        e instanceof UnknownHostException
                                ? GuestError.type("fetch() failed: there is no host " + target.host() + ".")
                                : e));
    }

    private Future<HttpClientRequest> connect(Target target, HttpMethod method, List<InetAddress> addresses, int next) {
        InetAddress address = addresses.get(next);
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.secure())
                .setMethod(method)
                .setURI(target.path());
        return (target.secure() ? secure : plain)
                .request(options)
                .recover(e -> next + 1 < addresses.size()
                        ? connect(target, method, addresses, next + 1)
                        : Future.failedFuture(
                                GuestError.type("fetch() failed: no connection to " + target + " (" + why(e) + ").")));
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

    void close() {
        plain.close();
        secure.close();
        resolver.close();
    }
}
