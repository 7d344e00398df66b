package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.KindOfBinding;
import dev.skerry.binding.Operation;
import dev.skerry.binding.SocketEnd;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code env.AUTH} as another worker of this process. The event goes to the callee's mailbox and, since the caller's runner posts it, to that runner's
 * own queue: it runs as soon as the caller awaits, on the same thread. Headers are not parsed on the way and bodies not copied. Thread-safe.
 */
final class ServiceBinding implements KindOfBinding.Opened {
    /** How many workers may call one another in one request (Cloudflare's limit). */
    static final int MOST_DEEP = 32;

    private final WorkerRuntime runtime;
    private final Binding.Service binding;
    // The caller's own version, for a binding to itself; else the target's deployment chooses.
    private final Optional<Version> own;

    private ServiceBinding(WorkerRuntime runtime, Binding.Service binding, Optional<Version> own) {
        this.runtime = runtime;
        this.binding = binding;
        this.own = own;
    }

    /** A binding of an isolate to an entrypoint of its own version. */
    static Host loopback(WorkerRuntime runtime, Isolate isolate, String entrypoint, String props) {
        EnvironmentRef self = isolate.environment();
        Binding.Service binding = new Binding.Service(
                "exports",
                self.service(),
                Optional.of(self.environment()),
                Optional.of(entrypoint),
                Optional.of(props));
        return new ServiceBinding(runtime, binding, Optional.of(isolate.version())).new Host(isolate);
    }

    @Override
    public String module() {
        return "bindings/service";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(isolate);
    }

    /** What {@code js/bindings/service.js} calls. Confined to one isolate. */
    public final class Host {
        private final IsolateServices isolate;

        private Host(IsolateServices isolate) {
            this.isolate = isolate;
        }

        /** The same binding in another isolate. */
        Host attachedTo(IsolateServices other) {
            return new Host(other);
        }

        @GuestCallable
        public int fetchText(String method, String url, String headers, String body) {
            return fetch(method, url, headers, new Body.Text(body), Optional.empty())
                    .id();
        }

        /** The body is one that Java made, or null for none. */
        @GuestCallable
        public int fetchBody(String method, String url, String headers, @Nullable Object body) {
            return fetch(method, url, headers, body == null ? Body.EMPTY : (Body) body, Optional.empty())
                    .id();
        }

        /** As {@link #fetchBody}, of what can be given up; the body may be a string, too. {@code cf} is JSON, or null. */
        @GuestCallable
        public Answer begin(String method, String url, String headers, @Nullable Object body, @Nullable String cf) {
            return fetch(
                    method,
                    url,
                    headers,
                    body instanceof String text ? new Body.Text(text) : body == null ? Body.EMPTY : (Body) body,
                    Optional.ofNullable(cf));
        }

        /** Calls a method of the other worker's entrypoint, or reads its property. */
        @GuestCallable
        public RpcCall call(String path, @Nullable RpcMessage arguments) {
            WorkerInvocation caller = (WorkerInvocation) isolate.invocation();
            Version callee = callee(caller);
            RpcCall call = new RpcCall(caller, binding.target().toString(), path, arguments);
            call.begin();
            runtime.call(callee, call, binding, caller.depth() + 1);
            return call;
        }

        /** Counts a call; the version that takes it. */
        private Version callee(WorkerInvocation caller) {
            caller.countSubrequest();
            if (caller.depth() >= MOST_DEEP) {
                throw GuestError.error(
                        "Subrequest depth limit exceeded. This request recursed through Workers too many times: at most "
                                + MOST_DEEP + " may call one another.");
            }
            return own.or(() -> runtime.services().choose(binding.target()))
                    .orElseThrow(() -> GuestError.error("Binding " + binding.name() + " calls " + binding.target()
                            + ", in which nothing is deployed"));
        }

        private Answer fetch(String method, String url, String headers, Body body, Optional<String> cf) {
            WorkerInvocation caller = (WorkerInvocation) isolate.invocation();
            Version callee = callee(caller);
            Answer answer = new Answer(caller, isolate.begin(), binding.target().toString(), method.equals("HEAD"));
            answer.event = runtime.fetch(
                    callee,
                    new FetchEvent(method, url, headers, body, binding.entrypoint(), binding.props(), cf),
                    answer,
                    caller.depth() + 1);
            if (!answer.responded) {
                caller.whenEnded(answer::abandon);
            }
            return answer;
        }
    }

    /** Takes the callee's response to the caller. */
    public static final class Answer implements EventHandler {
        private final WorkerInvocation caller;
        private final Operation operation;
        private final String callee;
        private final boolean headOnly;
        private @Nullable PostedEvent event;
        private volatile boolean responded;
        private volatile @Nullable SocketEnd socket;
        private volatile @Nullable String left;
        /** The error that the callee throws, whole, where it could be written. Set by the callee before it ends. */
        volatile @Nullable RpcMessage fault;

        private Answer(WorkerInvocation caller, Operation operation, String callee, boolean headOnly) {
            this.caller = caller;
            this.operation = operation;
            this.callee = callee;
            this.headOnly = headOnly;
        }

        /** The number of the operation that ends with the response. */
        @GuestCallable
        public int id() {
            return operation.id();
        }

        /** The caller gives up: what it hears of it, it knows already. */
        @GuestCallable
        public void abort() {
            leave("The worker that called it has aborted the request");
        }

        private void leave(String reason) {
            left = reason;
            Objects.requireNonNull(event).disconnect(reason);
        }

        /** Whether the caller has neither had a response nor left. */
        boolean waits() {
            return !responded && left == null && !caller.ended();
        }

        @Override
        public Optional<String> gone() {
            return Optional.ofNullable(left).or(() -> caller.handler().gone());
        }

        @Override
        public void respond(int status, String statusText, String headers, Body body) {
            responded = true;
            boolean empty = headOnly && !(body instanceof Body.Empty);
            if (empty && body instanceof Body.Streamed streamed) {
                streamed.source().cancel("A request for the head asks for no body");
            }
            operation.resolve(new HostResponse(status, statusText, headers, empty ? Body.EMPTY : body));
        }

        @Override
        public void upgrade(String headers, SocketEnd end) {
            end.offer();
            socket = end;
            responded = true;
            operation.resolve(new HostResponse(101, "", headers, Body.EMPTY, Optional.of(end)));
        }

        /** The caller has ended: a callee that it did not wait for ends too, and a WebSocket that it did nothing with. */
        private void abandon() {
            SocketEnd unused = socket;
            if (!responded) {
                leave("The worker that called it has ended");
            } else if (unused != null) {
                unused.drop(1001, "The worker that asked for it has ended");
            }
        }

        @Override
        public void end(Outcome outcome) {
            responded = true;
            GuestError error = failure(outcome, callee);
            RpcMessage whole = outcome instanceof Outcome.Threw ? fault : null;
            operation.reject(whole == null ? error : new GuestError(error.name(), error.message(), whole));
        }
    }

    /** What the caller is told of a callee that ended without an answer. */
    static GuestError failure(Outcome outcome, String callee) {
        return switch (outcome) {
            case Outcome.Ok ok -> GuestError.error("The worker " + callee + " ended without a response");
            case Outcome.Threw threw -> new GuestError(threw.name(), threw.message());
            case Outcome.Exceeded exceeded ->
                GuestError.error("The worker " + callee + " exceeded its limit: " + exceeded.detail());
            case Outcome.Canceled canceled ->
                GuestError.error("The worker " + callee + " was canceled: " + canceled.reason());
            case Outcome.ResponseStreamDisconnected gone ->
                GuestError.error("The response of " + callee + " was cut off");
            case Outcome.ScriptNotFound missing -> GuestError.error(missing.detail());
        };
    }

    static Optional<KindOfBinding.Opened> open(WorkerRuntime runtime, Binding binding) {
        return binding instanceof Binding.Service service
                ? Optional.of(new ServiceBinding(runtime, service, Optional.empty()))
                : Optional.empty();
    }
}
