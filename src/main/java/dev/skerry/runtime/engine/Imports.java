package dev.skerry.runtime.engine;

import com.oracle.js.parser.ir.Module.ImportPhase;
import com.oracle.js.parser.ir.Module.ModuleRequest;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.runtime.Errors;
import com.oracle.truffle.js.runtime.JSException;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.objects.AbstractModuleRecord;
import com.oracle.truffle.js.runtime.objects.DefaultESModuleLoader;
import com.oracle.truffle.js.runtime.objects.ScriptOrModule;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a loader of ours in the place of the engine's, which would evaluate the text of a {@code data:} URL, JavaScript and WebAssembly alike, and has no
 * option against it. There is no other way in than the field that holds it. Thread-safe.
 */
public final class Imports {
    private final Field loader;

    Imports() {
        try {
            this.loader = JSRealm.class.getDeclaredField("moduleLoader");
            loader.setAccessible(true);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("The engine is of another version than this program is made for", e);
        }
    }

    /** For the context that this thread has entered, before any code of a worker. */
    public void guard() {
        JSRealm realm = JavaScriptLanguage.getCurrentJSRealm();
        try {
            loader.set(realm, new Loader(realm));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Loader extends DefaultESModuleLoader {
        /** What the engine makes of {@code runtime.WorkerModules}' sentence. */
        private static final Pattern MISSING = Pattern.compile(
                "Cannot find module '(No such module \"[^\"]*\"\\.[^']*)' imported from /?(.*)", Pattern.DOTALL);

        private static final int LONGEST = 200;

        private Loader(JSRealm realm) {
            super(realm);
        }

        @Override
        public AbstractModuleRecord resolveImportedModule(ScriptOrModule importer, ModuleRequest request) {
            String specifier = Strings.toJavaString(request.specifier());
            if (specifier.startsWith("data:") || request.phase() != ImportPhase.Evaluation) {
                throw Errors.createError(
                        "No such module \"" + specifier.substring(0, Math.min(specifier.length(), LONGEST)) + "\".");
            }
            try {
                return load(importer, request, specifier);
            } catch (JSException e) {
                String message = String.valueOf(e.getRawMessage());
                Matcher missing = MISSING.matcher(message);
                throw message.length() < 4 * LONGEST && missing.matches()
                        ? Errors.createError(missing.group(1) + "\n  imported from \"" + missing.group(2) + "\"")
                        : e;
            }
        }

        /** A JSON module needs no attribute in Workers. */
        private AbstractModuleRecord load(ScriptOrModule importer, ModuleRequest request, String specifier) {
            try {
                return super.resolveImportedModule(importer, request);
            } catch (JSException e) {
                if (specifier.endsWith(".json") && request.attributes().isEmpty()) {
                    return super.resolveImportedModule(
                            importer, request.withAttributes(Map.of(text("type"), text("json"))));
                }
                throw e;
            }
        }

        private static TruffleString text(String text) {
            return Strings.fromJavaString(text);
        }
    }
}
