package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.model.Binding;
import dev.skerry.model.Code;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** A started worker: the functions of {@code js/worker.js} that deliver events to it. Confined to the runner that is in the isolate. */
final class Worker {
    private final Realm realm;
    private final Value fetch;
    private final Value scheduled;
    private final Value rpcEvent;
    private final Value rpcCall;
    private final Value rpcForget;
    private final Value rpcDrop;
    private final Value currentInvocation;
    private final Value tellRejections;
    private final Value settle;
    private final Value fail;
    private final Value forget;
    private Duration startup = Duration.ZERO;

    private Worker(Realm realm) {
        this.realm = realm;
        this.fetch = realm.function("fetchEvent");
        this.scheduled = realm.function("scheduledEvent");
        this.rpcEvent = realm.function("rpcEvent");
        this.rpcCall = realm.function("rpcCall");
        this.rpcForget = realm.function("rpcForget");
        this.rpcDrop = realm.function("rpcDrop");
        this.currentInvocation = realm.function("currentInvocation");
        this.tellRejections = realm.function("tellRejections");
        this.settle = realm.function("settle");
        this.fail = realm.function("fail");
        this.forget = realm.function("forget");
    }

    /**
     * Evaluates the version's modules with its bindings as {@code env}.
     *
     * @throws org.graalvm.polyglot.PolyglotException when the worker fails to start
     */
    static Worker start(Realm realm, Isolate isolate, WorkerModules modules, List<IsolatePool.Bound> bindings) {
        Worker worker = new Worker(realm);
        Context context = realm.context();
        context.enter();
        try {
            for (IsolatePool.Bound bound : bindings) {
                realm.function("bind")
                        .executeVoid(
                                bound.name(),
                                bound.binding().module(),
                                bound.binding().config(),
                                bound.binding().attach(isolate));
            }
            if (modules.nodeCompatible()) {
                realm.function("enterNode").executeVoid(modules.populatesProcessEnv());
            }
            if (modules.evaluatesAtStartup()) {
                realm.function("allowEvaluation").executeVoid(true);
            }
            long start = System.nanoTime();
            Code code = isolate.version().spec().code();
            if (code.format() == Code.Format.SERVICE_WORKER) {
                realm.function("enterServiceWorker").executeVoid();
                String text = UsingDeclarations.rewrite(
                        code.mainModule().content().utf8(), new UsingDeclarations.Kind.Script());
                context.eval(Source.newBuilder("js", text, code.main()).buildLiteral());
            } else {
                realm.function("enterModules")
                        .executeVoid(context.eval(modules.entry()).getMember("worker"));
            }
            realm.function("allowEvaluation").executeVoid(false);
            worker.startup = Duration.ofNanos(System.nanoTime() - start);
            return worker;
        } finally {
            context.leave();
        }
    }

    Context context() {
        return realm.context();
    }

    /** How long the worker's modules took to evaluate. */
    Duration startup() {
        return startup;
    }

    /** The events that the worker has handlers for, and its named entrypoints. */
    List<String> handlers() {
        Value names = realm.function("handlerNames").execute();
        return IntStream.range(0, (int) names.getArraySize())
                .mapToObj(i -> names.getArrayElement(i).asString())
                .toList();
    }

    void fetch(WorkerInvocation invocation, FetchEvent event) {
        fetch.executeVoid(
                invocation,
                event.entrypoint().orElse(null),
                event.props().orElse(null),
                event.method(),
                event.url(),
                event.headers(),
                event.body() instanceof Body.Empty ? null : event.body(),
                event.cf().orElse(null));
    }

    void scheduled(WorkerInvocation invocation, String cron, long scheduledTime) {
        scheduled.executeVoid(invocation, cron, scheduledTime);
    }

    /** A method call that is an event of its own. */
    void rpc(WorkerInvocation invocation, Binding.Service binding, RpcCall call) {
        rpcEvent.executeVoid(
                invocation,
                binding.entrypoint().orElse(null),
                binding.props().orElse(null),
                call,
                call.number(),
                call.path(),
                call.arguments());
    }

    /** A call of a target in the guest's table, or on the result of the call of that number. */
    void rpcCall(RpcCall call, int target, boolean onResult) {
        rpcCall.executeVoid(call, call.number(), target, onResult, call.path(), call.arguments());
    }

    /** Forgets the result of a call. */
    void rpcForget(int call) {
        rpcForget.executeVoid(call);
    }

    /** Takes a target out of the guest's table. */
    void rpcDrop(int target, boolean dispose) {
        rpcDrop.executeVoid(target, dispose);
    }

    /** The invocation whose code is running, as far as the guest knows; to be asked from within it. */
    @Nullable
    WorkerInvocation current() {
        Value invocation = currentInvocation.execute();
        return invocation.isNull() ? null : invocation.asHostObject();
    }

    /** Tells the worker of promises that were rejected and not handled. */
    void tellRejections() {
        tellRejections.executeVoid();
    }

    /** Whether the engine runs what waits for a promise when it leaves the guest; to be asked from outside of the guest. */
    boolean pulse() {
        Value pulse = realm.function("pulse");
        pulse.executeVoid();
        return pulse.execute().asBoolean();
    }

    void settle(int operation, @Nullable Object value) {
        settle.executeVoid(operation, value);
    }

    void fail(int operation, @Nullable Object error) {
        fail.executeVoid(operation, error);
    }

    void forget(int operation) {
        forget.executeVoid(operation);
    }
}
