package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import dev.skerry.model.Binding;
import dev.skerry.model.Outcome;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Clients that leave before their events have ended, and what becomes of those. */
class DeparturesTest {
    @Test
    void anEventWhoseClientGoesAwayIsAbortedAndCanceled() {
        try (TestWorkers workers = new TestWorkers()) {
            Version version = workers.deploy("patient", List.of(), TestWorkers.module("index.js", """
                    export default {
                      async fetch(request) {
                        console.log('begun');
                        request.signal.addEventListener('abort', () => console.log(request.signal.reason.name));
                        await new Promise(() => {});
                      },
                    };
                    """));
            TestWorkers.Sent sent = workers.send(version, FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY));
            TestWorkers.await(() -> workers.console.contains("patient/production log begun"));

            sent.event().disconnect("The client closed the connection");

            assertThat(sent.answer().join().outcome())
                    .isEqualTo(new Outcome.Canceled("The client closed the connection"));
            assertThat(workers.console)
                    .containsExactly("patient/production log begun", "patient/production log AbortError");
        }
    }

    @Test
    void anEventThatWaitsUntilOutlivesItsClient() {
        try (TestWorkers workers = new TestWorkers()) {
            Version version = workers.deploy("steadfast", List.of(), TestWorkers.module("index.js", """
                    export default {
                      async fetch(request, env, ctx) {
                        const aborted = new Promise((resolve) => request.signal.addEventListener('abort', resolve));
                        ctx.waitUntil(aborted.then(() => console.log('cleaned up')));
                        console.log('begun');
                        await aborted;
                        return new Response('too late');
                      },
                    };
                    """));
            TestWorkers.Sent sent = workers.send(version, FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY));
            TestWorkers.await(() -> !workers.console.isEmpty());

            sent.event().disconnect("The client closed the connection");

            assertThat(sent.answer().join().outcome()).isEqualTo(new Outcome.Ok());
            assertThat(workers.console).contains("steadfast/production log cleaned up");
        }
    }

    @Test
    void aReaderThatLeavesAStreamedResponseEndsTheEvent() {
        try (TestWorkers workers = new TestWorkers()) {
            Version version = workers.deploy("fountain", List.of(), TestWorkers.module("index.js", """
                    export default {
                      fetch: () => new Response(new ReadableStream({
                        pull(controller) { controller.enqueue(new Uint8Array(1000)); },
                      })),
                    };
                    """));
            CompletableFuture<Body> body = new CompletableFuture<>();
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            workers.runtime.fetch(
                    version, FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY), new EventHandler() {
                        @Override
                        public void respond(int status, String statusText, String headers, Body content) {
                            body.complete(content);
                        }

                        @Override
                        public void end(Outcome ended) {
                            outcome.complete(ended);
                        }
                    });
            Body.Streamed streamed = (Body.Streamed) body.join();
            assertThat(streamed.source().read().toCompletableFuture().join()).isPresent();

            streamed.source().cancel("The client closed the connection");

            assertThat(outcome.join()).isEqualTo(new Outcome.ResponseStreamDisconnected());
        }
    }

    @Test
    void aCalleeThatIsNotAwaitedEndsWithItsCaller() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.isolates=1")) {
            workers.deploy("callee", List.of(), TestWorkers.module("index.js", """
                    let begun = false;
                    export default {
                      async fetch(request) {
                        if (request.url.endsWith('/begun')) return new Response(String(begun));
                        request.signal.addEventListener('abort', () => console.log('aborted'));
                        begun = true;
                        await new Promise(() => {});
                      },
                    };
                    """));
            Version version =
                    workers.deploy("careless", List.of(service("callee")), TestWorkers.module("index.js", """
                    export default {
                      async fetch(request, env) {
                        env.CALLEE.fetch(request.url);
                        const begun = async () => (await (await env.CALLEE.fetch('http://callee/begun')).text()) === 'true';
                        while (!(await begun())) await scheduler.wait(5);
                        return new Response('done');
                      },
                    };
                    """));

            assertThat(workers.get(version).body()).isEqualTo("done");
            TestWorkers.await(() -> workers.console.contains("callee/production log aborted"));
        }
    }

    private static Binding service(String name) {
        return new Binding.Service(
                name.toUpperCase(java.util.Locale.ROOT),
                new ServiceName(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
