package dev.skerry.runtime.engine;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.object.HiddenKey;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.objects.JSAttributes;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.JSObjectUtil;
import com.oracle.truffle.js.runtime.objects.PropertyProxy;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The Java half of {@code js/bootstrap.js}: globals that are evaluated when they are first read. To JavaScript each is an ordinary property with a value; the
 * engine asks a {@link PropertyProxy} for it. Those stand in the shape of the global object, which all isolates share, so a global that a
 * worker never reads costs an isolate nothing, where a getter and a setter in JavaScript cost some 300 bytes. Thread-safe.
 */
public final class Globals {
    /** Where the global object keeps the function that gives a name's value. */
    private static final HiddenKey EVALUATE = new HiddenKey("skerry.evaluate");

    /** Where it keeps the function that throws the error of a name and a message. */
    private static final HiddenKey FAIL = new HiddenKey("skerry.fail");

    private final Map<String, List<Lazy>> lists = new ConcurrentHashMap<>();

    Globals() {}

    /**
     * Makes properties of the global object.
     *
     * @param names with spaces between; only the bootstrap's own
     * @param enumerable whether they are seen by who enumerates the global object
     */
    @GuestCallable
    public void define(String names, boolean enumerable) {
        JSObject global = global();
        int attributes = enumerable ? JSAttributes.getDefault() : JSAttributes.getDefaultNotEnumerable();
        for (Lazy lazy : lists.computeIfAbsent(names, Globals::parse)) {
            JSObjectUtil.defineProxyProperty(global, lazy.name, lazy, attributes);
        }
    }

    /** Takes the function that gives a name's value from the global property that the bootstrap has put it in. */
    @GuestCallable
    public void evaluateWith(String property) {
        hide(property, EVALUATE);
    }

    /** Takes, likewise, the function that throws what a {@link GuestError} stands for. */
    @GuestCallable
    public void failWith(String property) {
        hide(property, FAIL);
    }

    /** Takes, likewise, the functions that hear of promises that are rejected, and of those that are handled later. */
    @GuestCallable
    public void trackRejections(String rejected, String handled) {
        JSObject global = global();
        TruffleString first = Strings.fromJavaString(rejected);
        TruffleString second = Strings.fromJavaString(handled);
        Rejections.track(
                JavaScriptLanguage.getCurrentJSRealm(),
                (JSFunctionObject) JSObject.get(global, first),
                (JSFunctionObject) JSObject.get(global, second));
        JSObject.delete(global, first);
        JSObject.delete(global, second);
    }

    private static void hide(String property, HiddenKey as) {
        JSObject global = global();
        TruffleString key = Strings.fromJavaString(property);
        JSObjectUtil.putHiddenProperty(global, as, JSObject.get(global, key));
        JSObject.delete(global, key);
    }

    /** Throws what an error stands for in JavaScript. */
    static void fail(JSRealm realm, GuestError error) {
        JSFunctionObject fail = (JSFunctionObject) JSObjectUtil.getHiddenProperty(realm.getGlobalObject(), FAIL);
        JSFunction.call(fail, Undefined.instance, new Object[] {
            Strings.fromJavaString(error.name()), Strings.fromJavaString(error.message())
        });
    }

    private static JSObject global() {
        return (JSObject) JavaScriptLanguage.getCurrentJSRealm().getGlobalObject();
    }

    private static List<Lazy> parse(String names) {
        return Stream.of(names.split(" "))
                .map(name -> new Lazy(Strings.fromJavaString(name)))
                .toList();
    }

    private static final class Lazy extends PropertyProxy {
        private final TruffleString name;

        private Lazy(TruffleString name) {
            this.name = name;
        }

        @Override
        @TruffleBoundary
        public Object get(JSDynamicObject global) {
            JSFunctionObject evaluate = (JSFunctionObject) JSObjectUtil.getHiddenProperty(global, EVALUATE);
            Object value = JSFunction.call(evaluate, Undefined.instance, new Object[] {name});
            set(global, value);
            return value;
        }

        @Override
        @TruffleBoundary
        public boolean set(JSDynamicObject global, Object value) {
            int attributes = JSDynamicObject.getPropertyFlags(global, name) & JSAttributes.ATTRIBUTES_MASK;
            JSObjectUtil.defineDataProperty(global, name, value, attributes);
            return true;
        }
    }
}
