package dev.skerry.webapi.egress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens TCP connections, with TLS if asked, to where workers may connect. Thread-safe. */
public final class Dialer implements AutoCloseable {
    private final Addresses addresses;
    private final NetClient plain;
    private final NetClient secure;

    /** @throws IllegalArgumentException when {@code skerry.egress.allow} has an entry that is no address */
    public Dialer(Vertx vertx, EgressConfig config) {
        this.addresses = new Addresses(vertx, config);
        this.plain = vertx.createNetClient(options(config));
        this.secure = vertx.createNetClient(options(config).setSsl(true));
    }

    private static NetClientOptions options(EgressConfig config) {
        NetClientOptions options = new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(config.connect().toMillis()))
                .setHostnameVerificationAlgorithm("HTTPS")
                .setTcpNoDelay(true);
        options.setSslHandshakeTimeout(config.connect().toMillis()).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        config.trust().ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        return options;
    }

    /** As {@link Addresses#connect}. */
    public Future<NetSocket> dial(String api, boolean tls, String host, int port) {
        NetClient client = tls ? secure : plain;
        return addresses.connect(
                api,
                host,
                port,
                address -> client.connect(
                        SocketAddress.inetSocketAddress(port, address.getHostAddress()), serverName(host)));
    }

    /** The name by which TLS asks for a host and checks its certificate; null for an address. */
    public static @Nullable String serverName(String host) {
        return Network.isLiteral(host) ? null : host;
    }

    @Override
    public void close() {
        plain.close();
        secure.close();
        addresses.close();
    }
}
