package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.graalvm.polyglot.Context;

/**
 * What an isolate costs, stage by stage: CPU time of the thread that makes it, and the heap that it keeps. {@code scripts/bench isolate} starts it, on
 * the JVM with the optimizing compiler. Each stage contains the ones before.
 */
final class IsolateBench implements AutoCloseable {
    private static final int WARM_UP = Integer.getInteger("warm-up", 600);
    private static final int ROUNDS = Integer.getInteger("rounds", 300);
    private static final int KEPT = Integer.getInteger("kept", 500);

    private static final int REQUESTS = 20_000;
    private static final Outcome CLOSED = new Outcome.Canceled("The bench closes it");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static int dumps;

    private final TestWorkers workers;
    private final IsolatePool pool;

    private IsolateBench(String... settings) {
        this.workers = new TestWorkers(settings);
        Version version = workers.deploy(
                "isolate",
                List.of(),
                TestWorkers.module(
                        "index.js",
                        "export default { fetch(request) { return new Response(new URL(request.url).pathname); } };"));
        LimitsConfig limits = workers.limits;
        this.pool = new IsolatePool(
                workers.runtime, version, Limits.of(limits, LimitOverrides.NONE), List.of(), Optional.empty());
    }

    /** Makes isolates up to its stage. */
    private interface Stage {
        /** What it made, which can be kept. */
        AutoCloseable make();
    }

    private AutoCloseable context() {
        Context context = workers.runtime.newContext(pool.modules());
        context.initialize("js");
        return () -> context.close(true);
    }

    private AutoCloseable realm() {
        return pool.realm(isolate());
    }

    private AutoCloseable worker() {
        Isolate isolate = isolate();
        Realm realm = pool.realm(isolate);
        Worker worker = Worker.start(realm, isolate, pool.modules(), pool.bindings());
        return () -> worker.context().close(true);
    }

    /** On a runner, as in the server. */
    private AutoCloseable request() {
        Isolate isolate = isolate();
        send(isolate);
        return () -> isolate.close(CLOSED, null);
    }

    private static void send(Isolate isolate) {
        Answer answer = new Answer();
        FetchEvent event = FetchEvent.of("GET", "http://example.com/path", "accept: */*\n", Body.EMPTY);
        isolate.accept(Delivery.fetch(isolate, event, answer, 1));
        answer.await();
    }

    private Isolate isolate() {
        return new Isolate(pool, pool.version(), workers.runtime.runners());
    }

    private static final class Answer implements EventHandler {
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

        @Override
        public void respond(int status, String statusText, String headers, Body body) {}

        @Override
        public void end(Outcome outcome) {
            this.outcome.complete(outcome);
        }

        void await() {
            Outcome end = outcome.orTimeout(1, TimeUnit.MINUTES).join();
            if (!(end instanceof Outcome.Ok)) {
                throw new IllegalStateException(end.toString());
            }
        }
    }

    /** CPU time of this thread and the runners. */
    private long cpu() {
        long runners = workers.runtime.runners().all().stream()
                .mapToLong(runner -> THREADS.getThreadCpuTime(runner.threadId()))
                .sum();
        return THREADS.getCurrentThreadCpuTime() + runners;
    }

    /** Milliseconds of CPU time, the median and the mean. */
    private double[] time(Stage stage, int rounds) throws Exception {
        long[] times = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = cpu();
            AutoCloseable made = stage.make();
            times[i] = cpu() - start;
            made.close();
        }
        Arrays.sort(times);
        return new double[] {
            times[rounds / 2] / 1e6, Arrays.stream(times).average().orElse(0) / 1e6
        };
    }

    /** Microseconds of CPU time that a request takes in an isolate that has had many, when there are so many others. */
    private double request(int others) throws Exception {
        List<AutoCloseable> kept = new ArrayList<>();
        for (int i = 0; i < others; i++) {
            kept.add(request());
        }
        Isolate isolate = isolate();
        double took = 0;
        for (int round = 0; round < 5; round++) {
            long start = cpu();
            for (int i = 0; i < REQUESTS; i++) {
                send(isolate);
            }
            took = (cpu() - start) / 1e3 / REQUESTS;
        }
        kept.add(() -> isolate.close(CLOSED, null));
        for (AutoCloseable one : kept) {
            one.close();
        }
        return took;
    }

    /** Milliseconds until the first request to a new isolate is answered: the median, and what 99 in 100 are within. */
    private double[] latency() throws Exception {
        double[] times = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            // As long a pause in either case: time for the stock, and a cold start for the request.
            TimeUnit.MILLISECONDS.sleep(10);
            TestWorkers.await(() -> workers.runtime.stock().size() == workers.config.stock());
            long start = System.nanoTime();
            AutoCloseable made = request();
            times[Math.max(0, i)] = (System.nanoTime() - start) / 1e6;
            made.close();
        }
        Arrays.sort(times);
        return new double[] {times[ROUNDS / 2], times[ROUNDS * 99 / 100]};
    }

    /** Kilobytes of heap that one of many keeps. */
    private static double heap(Stage stage) throws Exception {
        List<AutoCloseable> kept = new ArrayList<>();
        keep(stage, kept);
        long before = used();
        dump("before");
        keep(stage, kept);
        double each = (used() - before) / 1024.0 / KEPT;
        dump("after");
        for (AutoCloseable one : kept) {
            one.close();
        }
        return each;
    }

    private static void keep(Stage stage, List<AutoCloseable> kept) {
        for (int i = 0; i < KEPT; i++) {
            kept.add(stage.make());
        }
    }

    /** Bytes of heap in use, once the compilers are done and collecting makes no difference any more. */
    private static long used() throws InterruptedException {
        for (long compiled = -1, now = compilers(); now > compiled; now = compilers()) {
            compiled = now + TimeUnit.MILLISECONDS.toNanos(5);
            TimeUnit.MILLISECONDS.sleep(500);
        }
        long used = Long.MAX_VALUE;
        for (int same = 0; same < 3; ) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            same = now < used - 100_000 ? 0 : same + 1;
            used = Math.min(now, used);
        }
        return used;
    }

    /** CPU time of the threads that compile. */
    private static long compilers() {
        return Stream.of(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().contains("Compiler"))
                .mapToLong(thread -> THREADS.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    /** Writes the heap's histogram, if the property {@code histogram} names a file to begin so. */
    private static void dump(String name) throws Exception {
        String file = System.getProperty("histogram");
        if (file != null) {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {null},
                            new String[] {String[].class.getName()});
            Files.writeString(Path.of(file + dumps++ + name), histogram);
        }
    }

    @Override
    public void close() {
        workers.close();
    }

    /** Prints a line a stage. */
    @SuppressWarnings("SystemOut") // it is what it is for
    public static void main(String[] arguments) throws Exception {
        try (IsolateBench bench = new IsolateBench("skerry.runtime.threads=1", "skerry.runtime.stock=0")) {
            if (!bench.workers.runtime.optimizing()) {
                System.out.println("isolate: on the interpreter, which says nothing of the server");
            }
            List<String> names = List.of("a context", "with all Web APIs", "with a worker", "with its first request");
            List<Stage> stages = List.of(bench::context, bench::realm, bench::worker, bench::request);
            bench.time(bench::request, WARM_UP);
            // There are others on a server; the last one to go would take with it what they share.
            AutoCloseable other = bench.request();
            for (Stage stage : stages) {
                bench.time(stage, WARM_UP / 2);
            }
            for (int i = 0; i < stages.size(); i++) {
                double[] cpu = bench.time(stages.get(i), ROUNDS);
                System.out.printf(
                        Locale.ROOT,
                        "isolate, %s: %.2f ms of CPU (mean %.2f), %.0f KB of heap%n",
                        names.get(i),
                        cpu[0],
                        cpu[1],
                        heap(stages.get(i)));
            }
            other.close();
            for (int others : new int[] {1, KEPT}) {
                System.out.printf(
                        Locale.ROOT,
                        "isolate, a further request: %.1f us of CPU beside %d other isolates%n",
                        bench.request(others),
                        others);
            }
        }
        for (int stock : new int[] {0, 2}) {
            try (IsolateBench bench = new IsolateBench("skerry.runtime.threads=4", "skerry.runtime.stock=" + stock)) {
                // The second isolate of all opens the stock.
                bench.request().close();
                AutoCloseable other = bench.request();
                double[] latency = bench.latency();
                System.out.printf(
                        Locale.ROOT,
                        "isolate, first answer of a new one: %.2f ms with %d in stock (p99 %.2f)%n",
                        latency[0],
                        stock,
                        latency[1]);
                other.close();
            }
        }
        // The clients of the Web APIs have threads of their own.
        System.exit(0);
    }
}
