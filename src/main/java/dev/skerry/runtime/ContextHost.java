package dev.skerry.runtime;

import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.runtime.JSAgent;
import com.oracle.truffle.js.runtime.objects.AsyncContext;
import dev.skerry.binding.GuestCallable;

/**
 * What {@code js/context.js} sees: the values that the variables of AsyncContext have here, as one opaque thing. The engine's own interface puts others in
 * their place for the time of a call alone. Without state; called on the thread in the isolate.
 */
public final class ContextHost {
    ContextHost() {}

    @GuestCallable
    public Object values() {
        return agent().getAsyncContextMapping();
    }

    /** What runs from here on, and what it starts, has these values, up to the end of the innermost call or job that has values of its own. */
    @GuestCallable
    public void enter(Object values) {
        agent().asyncContextSwap((AsyncContext) values);
    }

    private static JSAgent agent() {
        return JavaScriptLanguage.getCurrentJSRealm().getAgent();
    }
}
