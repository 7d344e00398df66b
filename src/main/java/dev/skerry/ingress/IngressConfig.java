package dev.skerry.ingress;

import dev.skerry.model.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How workers are reached: {@code skerry.ingress.*}. */
@ConfigMapping(prefix = "skerry.ingress")
public interface IngressConfig {
    /** Longest request line: method, target and version. A longer one is answered 414. */
    @WithDefault("16KB")
    ByteSize requestLine();

    /** Most bytes of all headers of a request. More are answered 431. */
    @WithDefault("128KB")
    ByteSize headers();

    /** Time for the headers of a request to arrive, from its first byte. One that takes longer is answered 408, and its connection closed. */
    @WithDefault("15s")
    Duration headerTime();

    /** Whether HTTP/2 is spoken without TLS. A connection's first headers may then take until it has been silent for {@link #idle}. */
    @WithDefault("false")
    boolean h2c();

    /** Time for a body that is collected to arrive. One that takes longer is answered 408, and its connection closed. */
    @WithDefault("30s")
    Duration bodyTime();

    /** Bodies up to this size are collected before the worker sees the request; larger ones stream. */
    @WithDefault("64KB")
    ByteSize collect();

    /**
     * Where a request goes on when its worker throws after {@code passThroughOnException()}, such as {@code http://127.0.0.1:8080}; an environment's
     * {@code upstream} goes before it. Without either the client gets the error. Bodies above {@code collect} do not go on.
     */
    Optional<String> upstream();

    /**
     * How many WebSockets may be compressed at the same time, for clients that offer it (permessage-deflate); 0 for none. Each may keep some 40 KB of memory.
     * What a message may grow to is bounded as that of one which came as it is.
     */
    @WithDefault("1000")
    int deflate();

    /**
     * How many bodies of responses may be compressed at the same time, where the worker's header {@code content-encoding} says gzip; further ones go as they
     * are, without it. Each takes some 300 KB of memory. Those of at most 32 KB are not counted.
     */
    @WithDefault("200")
    int gzip();

    /** How long a connection may be silent in both directions before it is closed. */
    @WithDefault("75s")
    Duration idle();

    Smoke smoke();

    /** The requests that a version must answer before it is promoted. */
    interface Smoke {
        /** How long one may take. Then it has failed. */
        @WithDefault("10s")
        Duration timeout();

        /** How much of an answer is searched for the expected text; what comes after it is not read. */
        @WithDefault("1MB")
        ByteSize body();
    }
}
