package dev.skerry.model;

/** How an event ended in a worker. The wire names are Cloudflare's. */
public sealed interface Outcome {
    /** As tail events, logs and metrics name it. */
    String wireName();

    /** The handler ended, and what it had passed to waitUntil. */
    record Ok() implements Outcome {
        @Override
        public String wireName() {
            return "ok";
        }
    }

    /** The worker threw, or failed to start. The stack is the worker's own: no frame of the host is in it. */
    record Threw(String name, String message, String stack) implements Outcome {
        @Override
        public String wireName() {
            return "exception";
        }
    }

    /** A limit was broken. */
    record Exceeded(Limit limit, String detail) implements Outcome {
        @Override
        public String wireName() {
            return limit.wireName();
        }
    }

    /** The client went away, the isolate closed under the event, or the server stops. */
    record Canceled(String reason) implements Outcome {
        @Override
        public String wireName() {
            return "canceled";
        }
    }

    /** The client went away while the response streamed. */
    record ResponseStreamDisconnected() implements Outcome {
        @Override
        public String wireName() {
            return "responseStreamDisconnected";
        }
    }

    /** The version has no handler for the event. */
    record ScriptNotFound(String detail) implements Outcome {
        @Override
        public String wireName() {
            return "scriptNotFound";
        }
    }

    /** The limits whose breach ends an event. */
    enum Limit {
        CPU("exceededCpu", LimitKey.CPU),
        STARTUP("exceededCpu", LimitKey.STARTUP),
        MEMORY("exceededMemory", LimitKey.MEMORY),
        WALL_TIME("exceededWallTime", LimitKey.WALL);

        private final String wireName;
        private final LimitKey key;

        Limit(String wireName, LimitKey key) {
            this.wireName = wireName;
            this.key = key;
        }

        public LimitKey key() {
            return key;
        }

        public String wireName() {
            return wireName;
        }
    }
}
