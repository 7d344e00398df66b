package dev.skerry.runtime;

import dev.skerry.model.Binding;
import dev.skerry.model.Outcome;
import dev.skerry.telemetry.TailEvent.Trigger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An event that begins an invocation: made for an isolate that admitted it, and posted there by {@link Isolate#accept}. */
record Delivery(WorkerInvocation invocation, To to) implements Turn {
    /** What is done with the worker. */
    interface To {
        void deliver(Worker worker, WorkerInvocation invocation);
    }

    static Delivery fetch(Isolate isolate, FetchEvent event, EventHandler handler, int depth) {
        Trigger trigger = new Trigger.Request(event.method(), event.url(), event.headers());
        return new Delivery(
                begin(isolate, "fetch", trigger, handler, depth), (in, invocation) -> in.fetch(invocation, event));
    }

    static Delivery scheduled(Isolate isolate, String cron, long scheduledTime, EventHandler handler) {
        Trigger trigger = new Trigger.Scheduled(cron, scheduledTime);
        return new Delivery(
                begin(isolate, "scheduled", trigger, handler, 1),
                (in, invocation) -> in.scheduled(invocation, cron, scheduledTime));
    }

    /** The event of a method call. */
    static Delivery call(Isolate isolate, RpcCall call, Binding.Service binding, int depth) {
        Trigger trigger = new Trigger.Rpc(call.path().replace('\0', '.'));
        WorkerInvocation answering = begin(isolate, "rpc", trigger, call, depth);
        call.runIn(answering);
        return new Delivery(answering, (in, invocation) -> in.rpc(invocation, binding, call));
    }

    /** Starts the worker without an event for it. */
    static Delivery start(Isolate isolate, CompletableFuture<StartReport> report) {
        WorkerInvocation start =
                new WorkerInvocation(isolate, "start", StartReport.handler(report), 1, Optional.empty());
        return new Delivery(start, (in, invocation) -> {
            invocation.end(new Outcome.Ok());
            report.complete(new StartReport(new Outcome.Ok(), in.startup(), in.handlers()));
        });
    }

    private static WorkerInvocation begin(
            Isolate isolate, String kind, Trigger trigger, EventHandler handler, int depth) {
        return new WorkerInvocation(
                isolate, kind, handler, depth, isolate.events().begin(isolate.version(), trigger));
    }

    @Override
    public void run(Isolate isolate) {
        if (invocation.deliver()) {
            to.deliver(isolate.worker(), invocation);
        }
    }
}
