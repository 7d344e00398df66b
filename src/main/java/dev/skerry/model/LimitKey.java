package dev.skerry.model;

/** What a worker may use only so much of. Each has its key in {@code skerry.limits}; counters and log lines name it the same. */
public enum LimitKey {
    /** CPU time of one event. */
    CPU("cpu"),
    /** Time of one event until its response. */
    WALL("wall"),
    /** Time after the response. */
    WAIT_UNTIL("wait-until"),
    /** CPU time of starting an isolate. */
    STARTUP("startup"),
    /** Memory of one isolate. */
    MEMORY("memory"),
    /** Fetches and calls of one event. */
    SUBREQUESTS("subrequests"),
    /** Arguments or result of one method call. */
    RPC_MESSAGE("rpc-message"),
    /** Text that one event writes to the console. */
    LOG("log"),
    /** All modules of one version. */
    SCRIPT("script"),
    /** Events in one isolate. */
    CONCURRENCY("concurrency"),
    /** Body of one request. */
    BODY("body"),
    /** One message of a WebSocket. */
    WEB_SOCKET_MESSAGE("web-socket-message"),
    /** Messages that wait for a reader in one direction of a WebSocket. */
    WEB_SOCKET_QUEUE("web-socket-queue");

    private final String shortName;

    LimitKey(String shortName) {
        this.shortName = shortName;
    }

    /** Its name below {@code skerry.limits}. */
    public String shortName() {
        return shortName;
    }

    /** The key in the configuration. */
    @Override
    public String toString() {
        return "skerry.limits." + shortName;
    }
}
