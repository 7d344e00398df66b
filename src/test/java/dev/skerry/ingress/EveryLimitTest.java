package dev.skerry.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Binding;
import dev.skerry.model.LimitKey;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.OwnLimits;
import dev.skerry.model.Version;
import io.micrometer.core.instrument.Counter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each limit is broken once: whoever ran into it is told, the event has its outcome, the limit is counted and the log has one line of it. */
class EveryLimitTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final List<String> LINES = new CopyOnWriteArrayList<>();
    private static final Handler LISTENER = new Handler() {
        @Override
        public void publish(LogRecord line) {
            LINES.add(line.getMessage().formatted(line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    private static Path folder;

    private static TestIngress server;

    @BeforeAll
    static void open() {
        Logger.getLogger("skerry.limits").addHandler(LISTENER);
        server = new TestIngress(
                folder,
                "skerry.limits.wait-until=300ms",
                "skerry.limits.rpc-message=10KB",
                "skerry.limits.web-socket-queue=64KB",
                // On the interpreter, memory is looked at only when the heap is full to this.
                "skerry.runtime.heap-pressure=1");
    }

    @AfterAll
    static void close() {
        server.close();
        Logger.getLogger("skerry.limits").removeHandler(LISTENER);
    }

    /**
     * How a limit is broken, and what then is to be seen.
     *
     * @param limits has the limit in question alone, where a version may have its own
     * @param told a part of what the worker or the client is told
     * @param outcome as it is logged; empty when there is no event
     * @param detail what the log's line says of it
     */
    private record Breach(String source, LimitOverrides limits, String told, String outcome, String detail) {}

    private static Breach breach(LimitKey limit) {
        return switch (limit) {
            case CPU ->
                new Breach(
                        handler("for (;;) {}"),
                        OwnLimits.of(limit, "100ms"),
                        "503 Error 1102: the worker exceeded a resource limit",
                        "exceededCpu",
                        "100 ms");
            case WALL ->
                new Breach(
                        handler("await scheduler.wait(1e9);"),
                        OwnLimits.of(limit, "300ms"),
                        "504 The worker did not answer in time",
                        "exceededWallTime",
                        "300 ms");
            case WAIT_UNTIL ->
                new Breach(
                        handler("ctx.waitUntil(new Promise(() => {})); return new Response('early');"),
                        LimitOverrides.NONE,
                        "200 early",
                        "ok",
                        "300 ms");
            case STARTUP ->
                new Breach(
                        "for (;;) {}",
                        OwnLimits.of(limit, "200ms"),
                        "503 Error 1102: the worker exceeded a resource limit",
                        "exceededCpu",
                        "200 ms");
            case MEMORY ->
                new Breach(
                        handler("const kept = []; for (;;) kept.push(new Uint8Array(100_000), 'x'.repeat(1000));"),
                        OwnLimits.of(limit, "16MB"),
                        "503 Error 1102: the worker exceeded a resource limit",
                        "exceededMemory",
                        "16MB");
            case SUBREQUESTS ->
                new Breach(
                        handler(
                                "await env.SELF.fetch('http://a/answer'); await env.SELF.fetch('http://a/answer').catch((e) => { throw e; });"),
                        OwnLimits.of(limit, "1"),
                        "500 Error: Too many subrequests by single Worker invocation. The limit is 1 (skerry.limits.subrequests).",
                        "ok",
                        "is 1 ");
            case RPC_MESSAGE ->
                new Breach(
                        handler("await env.SELF.echo('x'.repeat(20_000));"),
                        LimitOverrides.NONE,
                        "500 Error: Arguments and results of RPC are limited to 10240 bytes (skerry.limits.rpc-message)",
                        "ok",
                        "10240 bytes");
            case LOG ->
                new Breach(
                        handler(
                                "for (let i = 0; i < 9; i++) console.log('x'.repeat(40)); return new Response('logged');"),
                        OwnLimits.of(limit, "100B"),
                        "200 logged",
                        "ok",
                        "100B");
            case SCRIPT ->
                new Breach(
                        handler(" ".repeat(2000)),
                        OwnLimits.of(limit, "1KB"),
                        "at most 1KB are allowed",
                        "",
                        "at most 1KB");
            case CONCURRENCY ->
                new Breach(
                        handler("await scheduler.wait(1e9);"),
                        OwnLimits.of(limit, "1"),
                        "503 The worker's event was canceled: The worker has as many events as it may: 1 (skerry.limits.concurrency)",
                        "refused canceled",
                        "may: 1 ");
            case BODY ->
                new Breach(
                        handler("return new Response(await request.text());"),
                        OwnLimits.of(limit, "1KB"),
                        "413 The body of the request is larger than 1KB (skerry.limits.body)",
                        "",
                        "1KB");
            case WEB_SOCKET_MESSAGE ->
                new Breach(
                        socket("ws.addEventListener('message', ({ data }) => ws.send(`${data.length}`));"),
                        OwnLimits.of(limit, "1KB"),
                        "close 1009 A message is larger than 1024 bytes (skerry.limits.web-socket-message)",
                        "ok",
                        "1024 bytes");
            case WEB_SOCKET_QUEUE ->
                new Breach(
                        socket("for (let i = 0; i < 100; i++) ws.send('x'.repeat(1000));"),
                        LimitOverrides.NONE,
                        "close 1011 More than 65536 bytes waited for a reader that is too slow (skerry.limits.web-socket-queue)",
                        "ok",
                        "65536 bytes");
        };
    }

    @ParameterizedTest
    @EnumSource
    void whoeverReachesALimitIsToldAndItIsCountedAndLogged(LimitKey limit) {
        Breach breach = breach(limit);
        String service = "of-" + limit.shortName();
        Version version = server.deploy(service, breach.source(), breach.limits(), self(service));

        assertThat(answer(limit, service, version)).contains(breach.told());

        if (!breach.outcome().isEmpty()) {
            TestIngress.await(() -> server.outcomes.contains(service + "/production " + breach.outcome()));
        }
        TestIngress.await(() -> counted(limit, service) > 0);
        TestIngress.await(() -> LINES.stream().anyMatch(line -> line.startsWith(service + "/production ")));
        assertThat(counted(limit, service)).isEqualTo(1);
        assertThat(LINES.stream().filter(line -> line.startsWith(service + "/production ")))
                .singleElement()
                .asString()
                .startsWith(service + "/production v1 reached its limit " + limit.shortName() + ": ")
                .contains(breach.detail(), limit.toString());
    }

    private static double counted(LimitKey limit, String service) {
        Counter counter = server.meters
                .find("skerry.limits.reached")
                .tags("limit", limit.shortName(), "service", service, "environment", "production")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    /** Breaks the limit; what the one who did is told. */
    private static String answer(LimitKey limit, String service, Version version) {
        return switch (limit) {
            case SCRIPT -> {
                try {
                    yield server.runtime
                            .tryStart(version)
                            .toCompletableFuture()
                            .join()
                            .toString();
                } catch (IllegalArgumentException e) {
                    yield String.valueOf(e.getMessage());
                }
            }
            case WEB_SOCKET_MESSAGE -> {
                TestSocket socket = TestSocket.open(server, service, "/");
                assertThat(socket.send("x".repeat(1024)).next()).isEqualTo("1024");
                yield socket.send("x".repeat(1025)).next();
            }
            case WEB_SOCKET_QUEUE -> TestSocket.open(server, service, "/").next();
            case CONCURRENCY -> {
                CompletableFuture<String> one = request(service, "");
                CompletableFuture<String> other = request(service, "");
                yield (String) CompletableFuture.anyOf(one, other).join();
            }
            case BODY -> {
                assertThat(request(service, "x".repeat(1024)).join()).startsWith("200 x");
                yield request(service, "x".repeat(1025)).join();
            }
            default -> request(service, "").join();
        };
    }

    private static CompletableFuture<String> request(String service, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri("http", "/")).header("Host", TestIngress.host(service));
        if (!body.isEmpty()) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() + " " + response.body());
    }

    private static String handler(String code) {
        return """
                import { WorkerEntrypoint } from 'cloudflare:workers';
                export default class extends WorkerEntrypoint {
                  echo(text) { return text; }
                  async fetch(request) {
                    const { env, ctx } = this;
                    if (request.url.endsWith('/answer')) return new Response('answer');
                    try {
                      %s
                    } catch (error) {
                      return new Response(`${error}`, { status: 500 });
                    }
                    return new Response('not limited');
                  }
                }
                """.formatted(code);
    }

    private static String socket(String code) {
        return """
                export default {
                  fetch() {
                    const [client, ws] = Object.values(new WebSocketPair());
                    ws.accept();
                    %s
                    return new Response(null, { status: 101, webSocket: client });
                  },
                };
                """.formatted(code);
    }

    private static Binding self(String service) {
        return TestIngress.service("SELF", service);
    }
}
