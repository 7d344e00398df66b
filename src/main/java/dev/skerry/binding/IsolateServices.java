package dev.skerry.binding;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitKey;
import dev.skerry.model.LimitOverrides;

/** What an isolate gives to the Java half of an API. Unless said otherwise, for the thread that is in the isolate. */
public interface IsolateServices {
    /** Begins an operation of the invocation that is running now. */
    Operation begin();

    /** As {@link #begin}, for what ends with the invocation alone: one that waits for nothing else has hung. */
    Operation beginEnding();

    /** Whose worker it runs. */
    EnvironmentRef environment();

    /** What its version narrows or widens of the server's limits. */
    LimitOverrides overrides();

    /**
     * Tells that the worker came to a limit. Thread-safe.
     *
     * @param detail a sentence with the limit's value and its key
     */
    void reached(LimitKey limit, String detail);

    /** The worker is given an object of Java's, which keeps so many bytes as long as the worker holds it. A buffer that becomes an ArrayBuffer is counted by itself. */
    void given(Object value, long bytes);

    /** What Java keeps for the invocation whose turn it is. In global scope, where there is none, nothing is counted. */
    HeldMemory memory();

    /** The invocation whose turn it is. */
    Invocation invocation();
}
