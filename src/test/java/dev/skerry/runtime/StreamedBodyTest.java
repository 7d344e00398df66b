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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of workers on their way out: to the client, and to other workers. */
class StreamedBodyTest {
    private final TestWorkers workers = new TestWorkers("skerry.limits.isolates=1");

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void aStreamGoesToAnotherWorkerThoughItsOwnHasAnswered() {
        workers.deploy("mirror", List.of(), TestWorkers.module("main.js", """
                export default { fetch: (request) => new Response(request.body) };
                """));
        Version caller = workers.deploy(
                "caller",
                List.of(new Binding.Service(
                        "MIRROR", new ServiceName("mirror"), Optional.empty(), Optional.empty(), Optional.empty())),
                TestWorkers.module("main.js", """
                        export default {
                          fetch(request, env) {
                            let sent = 0;
                            const body = new ReadableStream({
                              async pull(controller) {
                                await new Promise((resolve) => setTimeout(resolve, 5));
                                if (++sent > 5) controller.close();
                                else controller.enqueue(new Uint8Array([48 + sent]));
                              },
                            });
                            return env.MIRROR.fetch(new Request('http://mirror/', { method: 'POST', body }));
                          },
                        };
                        """));

        assertThat(workers.get(caller).body()).isEqualTo("12345");
    }

    @Test
    void whatBreaksAStreamIsTheSameErrorOnTheOtherSide() {
        String breaking = """
                const failures = {
                  type: () => new TypeError('t'), range: () => new RangeError('r'), plain: () => new Error('p'), text: () => 'a text', none: () => undefined,
                  abort: () => new DOMException('a', 'AbortError'), data: () => new DOMException('d', 'DataError'),
                  own: () => { class Own extends Error { name = 'Own'; } return new Own('o'); },
                  hostile: () => ({ toString() { throw new Error('not this'); } }),
                };
                const broken = (kind) => {
                  let begun = false;
                  return new ReadableStream({
                    async pull(controller) {
                      await new Promise((resolve) => setTimeout(resolve, 1));
                      if (begun) throw failures[kind]();
                      begun = true;
                      controller.enqueue(new Uint8Array(3));
                    },
                  });
                };
                const read = (body) => body.text().then(() => 'whole', (e) => `${e.constructor.name} ${e instanceof Error} ${e.name}: ${e.message}`);
                """;
        workers.deploy("callee", List.of(), TestWorkers.module("main.js", breaking + """
                export default {
                  async fetch(request) {
                    const kind = new URL(request.url).search.slice(1);
                    return request.method === 'POST' ? new Response(await read(request)) : new Response(broken(kind));
                  },
                };
                """));
        Version caller = workers.deploy(
                "caller",
                List.of(new Binding.Service(
                        "CALLEE", new ServiceName("callee"), Optional.empty(), Optional.empty(), Optional.empty())),
                TestWorkers.module("main.js", breaking + """
                        export default {
                          async fetch(request, env) {
                            const seen = [];
                            for (const kind of Object.keys(failures)) {
                              const there = await read(await env.CALLEE.fetch(`http://callee/?${kind}`));
                              const sent = env.CALLEE.fetch('http://callee/', { method: 'POST', body: broken(kind) });
                              const here = await sent.then((response) => response.text(), (e) => e.message);
                              seen.push(there === here ? `${kind}: ${there}` : `${kind}: ${there} but ${here}`);
                            }
                            return new Response(seen.join('\\n'));
                          },
                        };
                        """));

        assertThat(workers.get(caller).body().lines())
                .containsExactly(
                        "type: TypeError true TypeError: t",
                        "range: RangeError true RangeError: r",
                        "plain: Error true Error: p",
                        "text: Error true Error: a text",
                        "none: Error true Error: undefined",
                        "abort: DOMException true AbortError: a",
                        "data: DOMException true DataError: d",
                        "own: Error true Own: o",
                        "hostile: Error true Error: A value that cannot be made a string");
    }

    @Test
    void aStreamIsAskedForNoMoreThanItsReaderTakes() throws Exception {
        Version version = workers.deploy("endless", List.of(), TestWorkers.module("main.js", """
                let pulls = 0, cancelled = null;
                export default {
                  fetch(request) {
                    if (request.url.endsWith('/state')) return Response.json({ pulls, cancelled });
                    return new Response(new ReadableStream({
                      async pull(controller) {
                        await null;
                        pulls++;
                        controller.enqueue(new Uint8Array(16_384));
                      },
                      cancel(reason) {
                        cancelled = reason.message;
                      },
                    }));
                  },
                };
                """));
        CompletableFuture<Body> answered = new CompletableFuture<>();
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        workers.runtime.fetch(version, FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY), new EventHandler() {
            @Override
            public void respond(int status, String statusText, String headers, Body body) {
                answered.complete(body);
            }

            @Override
            public void end(Outcome outcome) {
                ended.complete(outcome);
            }
        });
        Body.Streamed body = (Body.Streamed) answered.get(1, TimeUnit.MINUTES);

        assertThat(body.source().read().toCompletableFuture().get(1, TimeUnit.MINUTES))
                .isPresent();
        body.source().cancel("The client left.");

        assertThat(ended.get(1, TimeUnit.MINUTES)).isEqualTo(new Outcome.ResponseStreamDisconnected());
        String state = workers.fetch(version, FetchEvent.of("GET", "http://example.com/state", "", Body.EMPTY))
                .join()
                .body();
        // 64 KB wait in between; nothing more is asked of the stream.
        assertThat(Integer.parseInt(state.replaceAll("\\D+(\\d+).*", "$1"))).isLessThan(10);
        assertThat(state).contains("\"cancelled\":\"The client left.\"");
    }
}
