package dev.skerry.webapi.egress;

import dev.skerry.model.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How workers reach others: {@code skerry.egress.*}. */
@ConfigMapping(prefix = "skerry.egress")
public interface EgressConfig {
    /**
     * Private, loopback and other special addresses that workers may reach nevertheless: {@code 10.1.0.0/16}, {@code 192.168.1.7}, {@code localhost:9000},
     * {@code [::1]:9000}, {@code db.internal:443}.
     */
    Optional<List<String>> allow();

    /** Never reached, whatever {@link #allow} says, by any address of this machine: the admin API. */
    @WithDefault("${skerry.listen.admin:127.0.0.1:8788}")
    String admin();

    /** Time for a connection to be made, TLS included; with several addresses, for each. */
    @WithDefault("10s")
    Duration connect();

    /** Time until the headers of the response, from the last byte of the request that was sent. */
    @WithDefault("60s")
    Duration headers();

    /** How long the body of a response may rest, whether the sender or the worker is slow. */
    @WithDefault("60s")
    Duration idle();

    /** The largest response in br or zstd that a worker reads, before it is decoded; its body fails if there is more. gzip streams, and has no such bound. */
    @WithDefault("16MB")
    ByteSize packed();

    /** How long a connection that nobody uses is kept for the next request. */
    @WithDefault("30s")
    Duration keep();

    /** Connections to one host; further requests wait, as many again times four. */
    @WithDefault("256")
    int connections();

    /** Requests of one event, handshakes of WebSockets and connections that may wait for an answer at the same time (Cloudflare's limit); further ones wait for them. */
    @WithDefault("6")
    int waiting();

    /**
     * How many WebSockets that workers open may be compressed at the same time, where servers agree to it (permessage-deflate); 0 for none. Each may keep
     * some 40 KB of memory. What a message may grow to is bounded as that of one which came as it is.
     */
    @WithDefault("1000")
    int deflate();

    /** A PEM file of the certificates to trust, instead of the JDK's. */
    Optional<Path> trust();
}
