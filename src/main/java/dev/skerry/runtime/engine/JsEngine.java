package dev.skerry.runtime.engine;

import com.oracle.truffle.api.Truffle;
import dev.skerry.binding.GuestCallable;
import dev.skerry.model.ByteSize;
import java.io.OutputStream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.io.IOAccess;

/**
 * The one engine that all isolates share, with the walls around a worker: no host classes, no files, no processes, no threads, no environment,
 * no other languages but WebAssembly through its JavaScript API, no {@code eval}. Thread-safe.
 */
public final class JsEngine implements AutoCloseable {
    /** What a runtime without a compiler calls itself. */
    private static final String INTERPRETED = "Interpreted";

    /** What V8 allows a string. */
    private static final int LONGEST = (1 << 29) - 24;

    private static final HostAccess ACCESS = HostAccess.newBuilder()
            .allowAccessAnnotatedBy(GuestCallable.class)
            .allowBufferAccess(true)
            .targetTypeMapping(Value.class, byte[].class, Value::hasBufferElements, JsEngine::bytes)
            .build();

    /** What the engine's WebAssembly object asks for; workers have no Polyglot object that could use it otherwise. */
    private static final PolyglotAccess WEB_ASSEMBLY = PolyglotAccess.newBuilder()
            .allowEvalBetween("js", "wasm")
            .allowBindingsAccess("js")
            .allowBindingsAccess("wasm")
            .build();

    /**
     * How much the compiler takes into one piece: a quarter of its default. That makes the ways of events no slower, and new code of one worker costs the
     * others half the compiling, or less.
     */
    private static final String BUDGET = "3000";

    /**
     * All but the bodies of guest modules, which run once in a context: those of some hundred contexts made them hot, and the compiler was busy for seconds (3.6 s with
     * bootstrap.js alone, on two cores) with what nobody waits for.
     */
    private static final String COMPILED = "~" + GuestModules.BODY;

    private final Engine engine = newEngine();
    private final Scales scales = Scales.of(engine);
    private final GuestModules modules = new GuestModules();
    private final Imports imports = new Imports();
    private final Globals globals = new Globals();
    private final String longestString;
    private final String longestTypedArray;

    /**
     * Makes the engine.
     *
     * @param memory the usual limit of an isolate: no single string or buffer may be longer. One for all, since isolates share their code only if
     *     they are alike.
     */
    public JsEngine(ByteSize memory) {
        HostErrors.guard(engine);
        PrivateNames.share(engine);
        long most = Math.clamp(memory.bytes(), 1 << 20, LONGEST);
        this.longestString = Long.toString(most);
        this.longestTypedArray = Long.toString(most);
    }

    private static Engine newEngine() {
        Engine.Builder builder = Engine.newBuilder("js", "wasm")
                .allowExperimentalOptions(true)
                .option("engine.WarnInterpreterOnly", "false");
        if (!INTERPRETED.equals(Truffle.getRuntime().getName())) {
            builder.option("engine.CompileOnly", COMPILED)
                    .option("compiler.InliningExpansionBudget", BUDGET)
                    .option("compiler.InliningInliningBudget", BUDGET);
        }
        return builder.build();
    }

    /** Whether JavaScript is compiled to machine code; otherwise it is interpreted, many times slower. */
    public boolean optimizing() {
        return !engine.getImplementationName().contains(INTERPRETED);
    }

    public String description() {
        return engine.getImplementationName() + ", GraalJS " + engine.getVersion();
    }

    public Scales scales() {
        return scales;
    }

    public GuestModules modules() {
        return modules;
    }

    public Imports imports() {
        return imports;
    }

    public Globals globals() {
        return globals;
    }

    public Context newContext(FileSystem workerModules) {
        return Context.newBuilder("js", "wasm")
                .engine(engine)
                .allowHostAccess(ACCESS)
                .allowPolyglotAccess(WEB_ASSEMBLY)
                .allowIO(IOAccess.newBuilder().fileSystem(workerModules).build())
                .allowExperimentalOptions(true)
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                .option("js.ecmascript-version", "staging")
                .option("js.esm-eval-returns-exports", "true")
                .option("js.async-context", "true")
                // Workers run everywhere alike.
                .option("js.locale", "en-US")
                .option("js.timezone", "Etc/UTC")
                .option("js.load", "false")
                .option("js.print", "false")
                .option("js.console", "false")
                .option("js.graal-builtin", "false")
                .option("js.polyglot-builtin", "false")
                .option("js.performance", "false")
                .option("js.disable-eval", "true")
                .option("js.foreign-object-prototype", "false")
                .option("js.shared-array-buffer", "false")
                .option("js.webassembly", "true")
                .option("js.source-phase-imports", "false")
                .option("js.string-length-limit", longestString)
                .option("js.max-typed-array-length", longestTypedArray)
                .build();
    }

    private static byte[] bytes(Value buffer) {
        byte[] bytes = new byte[Math.toIntExact(buffer.getBufferSize())];
        buffer.readBuffer(0, bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public void close() {
        engine.close(true);
    }
}
