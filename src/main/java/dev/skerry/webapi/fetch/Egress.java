package dev.skerry.webapi.fetch;

import dev.skerry.webapi.egress.Addresses;
import dev.skerry.webapi.egress.EgressConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The connections out: HTTP/1.1, and HTTP/2 where a TLS server chooses it. A name is resolved first, and the address that the gate let through is what is connected to.
 * Thread-safe.
 */
final class Egress {
    private static final int HEADER_BYTES = 128 * 1024;

    private final Addresses addresses;
    private final HttpClient plain;
    private final HttpClient secure;

    Egress(Vertx vertx, EgressConfig config) {
        this.addresses = new Addresses(vertx, config);
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

    /** A request whose connection is there. Called on an event loop, completed there. Fails with a {@link dev.skerry.binding.GuestError}. */
    Future<HttpClientRequest> connect(Target target, HttpMethod method) {
        return addresses.connect("fetch()", target.host(), target.port(), address -> {
            RequestOptions options = new RequestOptions()
                    .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
                    .setHost(target.host())
                    .setPort(target.port())
                    .setSsl(target.secure())
                    .setMethod(method)
                    .setURI(target.path());
            HttpClient client = target.secure() ? secure : plain;
            // One that rested in the pool may be closing.
            return client.request(options)
                    .recover(e -> e instanceof HttpClosedException ? client.request(options) : Future.failedFuture(e));
        });
    }

    void close() {
        plain.close();
        secure.close();
        addresses.close();
    }
}
