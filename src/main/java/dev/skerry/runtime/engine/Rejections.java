package dev.skerry.runtime.engine;

import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.PromiseRejectionTracker;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.Undefined;

/**
 * Tells {@code js/rejections.js} of promises that are rejected and of those that are handled after all, which the engine lets only Java hear of. Confined
 * to the thread in its context.
 */
final class Rejections implements PromiseRejectionTracker {
    private final JSFunctionObject rejected;
    private final JSFunctionObject handled;

    private Rejections(JSFunctionObject rejected, JSFunctionObject handled) {
        this.rejected = rejected;
        this.handled = handled;
    }

    /** For the rest of a context's life. */
    static void track(JSRealm realm, JSFunctionObject rejected, JSFunctionObject handled) {
        realm.getContext().setPromiseRejectionTracker(realm.getAgent(), new Rejections(rejected, handled));
    }

    @Override
    public void promiseRejected(JSDynamicObject promise, Object reason) {
        JSFunction.call(rejected, Undefined.instance, new Object[] {promise, reason});
    }

    @Override
    public void promiseRejectionHandled(JSDynamicObject promise) {
        JSFunction.call(handled, Undefined.instance, new Object[] {promise});
    }

    @Override
    public void promiseRejectedAfterResolved(JSDynamicObject promise, Object reason) {}

    @Override
    public void promiseResolvedAfterResolved(JSDynamicObject promise, Object value) {}
}
