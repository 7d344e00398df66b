package dev.skerry.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import dev.skerry.model.ByteSize;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivateNamesTest {
    private JsEngine engine;
    private Context first;
    private Context second;

    @BeforeAll
    void open() {
        engine = new JsEngine(ByteSize.parse("128MB"));
        first = engine.newContext(FileSystem.newDenyIOFileSystem());
        second = engine.newContext(FileSystem.newDenyIOFileSystem());
    }

    @AfterAll
    void close() {
        first.close();
        second.close();
        engine.close();
    }

    /** Evaluates the same source in both, which share its code. */
    private void evaluate(String code) {
        Source source = Source.newBuilder("js", code, "test.js").buildLiteral();
        first.eval(source);
        second.eval(source);
    }

    private static Shape shapeOf(Context context, String global) {
        context.enter();
        try {
            JSDynamicObject object = JavaScriptLanguage.getCurrentJSRealm().getGlobalObject();
            return ((JSObject) JSObject.get(object, Strings.fromJavaString(global))).getShape();
        } finally {
            context.leave();
        }
    }

    @Test
    void objectsOfAClassWithPrivateFieldsHaveOneShapeInAllIsolates() {
        evaluate("globalThis.fields = new (class { #a = 1; #b = 2; sum() { return this.#a + this.#b; } })();");

        assertThat(shapeOf(first, "fields")).isSameAs(shapeOf(second, "fields"));
        assertThat(first.eval("js", "fields.sum()").asInt()).isEqualTo(3);
        assertThat(second.eval("js", "fields.sum()").asInt()).isEqualTo(3);
    }

    @Test
    void objectsOfAClassWithPrivateMethodsHaveOneShapeInAllIsolates() {
        evaluate("""
                class Base { #twice(x) { return 2 * x; } get #one() { return 1; } two() { return this.#twice(this.#one); } }
                globalThis.methods = new (class extends Base { #c = 3; five() { return this.two() + this.#c; } })();
                """);

        assertThat(shapeOf(first, "methods")).isSameAs(shapeOf(second, "methods"));
        assertThat(first.eval("js", "methods.five()").asInt()).isEqualTo(5);
        assertThat(second.eval("js", "methods.five()").asInt()).isEqualTo(5);
    }

    @Test
    void classesThatAFunctionMakesDoNotTakeEachOthersObjects() {
        evaluate("""
                const make = () => class { #field = 1; #method() { return 2; }
                  static field(object) { return object.#field; } static method(object) { return object.#method(); } static has(object) { return #field in object; } };
                globalThis.One = make();
                globalThis.Two = make();
                """);

        for (Context context : new Context[] {first, second}) {
            assertThat(context.eval("js", "One.field(new One()) + One.method(new One())")
                            .asInt())
                    .isEqualTo(3);
            assertThat(context.eval("js", "One.has(new Two())").asBoolean()).isFalse();
            assertThat(fails(context, "One.field(new Two())")).isTrue();
            assertThat(fails(context, "One.method(new Two())")).isTrue();
        }
    }

    @Test
    void classesThatALoopMakesDoNotTakeEachOthersObjects() {
        evaluate("""
                globalThis.made = [];
                for (let i = 0; i < 2; i++) {
                  made.push(class { #field = i; #method() { return 2; } static field(object) { return object.#field; } static method(object) { return object.#method(); } });
                }
                """);

        for (Context context : new Context[] {first, second}) {
            assertThat(context.eval("js", "made[1].field(new made[1]())").asInt())
                    .isEqualTo(1);
            assertThat(fails(context, "made[0].field(new made[1]())")).isTrue();
            assertThat(fails(context, "made[0].method(new made[1]())")).isTrue();
        }
    }

    private static boolean fails(Context context, String expression) {
        return context.eval(
                        "js",
                        "(() => { try { " + expression
                                + "; return false; } catch (e) { return e instanceof TypeError; } })()")
                .asBoolean();
    }
}
