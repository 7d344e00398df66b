package dev.skerry.binding;

import dev.skerry.model.EnvironmentRef;

/** What an isolate gives to the Java half of an API. Unless said otherwise, for the thread that is in the isolate. */
public interface IsolateServices {
    /** Begins an operation of the invocation that is running now. */
    Operation begin();

    /** Whose worker it runs. */
    EnvironmentRef environment();

    /** The invocation whose turn it is. */
    Invocation invocation();
}
