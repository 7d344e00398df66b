package dev.skerry.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.model.Binding;
import dev.skerry.model.ServiceName;
import io.airlift.compress.zstd.ZstdOutputStream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets of a response in a content coding that a worker fetched and hands on. */
class PassedOnTest {
    private static final String TEXT = "compressed ".repeat(10_000);
    private static final byte[] BR = Base64.getDecoder().decode("W6+tgV9yrO2tOjmsAoiH2/lVGgA=");

    private static final String WORKER = """
            const get = (what, init) => fetch(ORIGIN + what, init);
            const asking = (coding) => ({ headers: { 'accept-encoding': coding } });
            const ways = {
              request: (what, request) => get(what, request),
              plain: (what) => get(what),
              pass: (what) => get(what, asking('gzip, br, zstd')),
              again: async (what) => { const r = await ways.pass(what); return new Response(r.body, r); },
              clone: async (what) => (await ways.pass(what)).clone(),
              split: async (what) => { const r = await ways.pass(what), [one, two] = r.body.tee(); await new Response(two).text(); return new Response(one, r); },
              original: async (what) => { const r = await ways.pass(what); r.clone(); return r; },
              both: async (what) => { const r = await ways.pass(what), c = r.clone(); const text = await c.text(); r.headers; return new Response(r.body, { headers: { ...Object.fromEntries(r.headers), 'x-length': text.length } }); },
              manual: async (what) => { const r = await ways.pass(what); return new Response(r.body, { headers: r.headers, encodeBody: 'manual' }); },
              wire: (what) => get(what, { encodeResponseBody: 'manual' }),
              service: (what, request, env) => env.SELF.fetch(new Request(`http://x/pass/${what}`)),
              rpc: (what, request, env) => env.PASSING.pass(what),
              cached: async (what) => {
                const key = `http://cache/${what}/${crypto.randomUUID()}`, r = await ways.pass(what);
                await caches.default.put(key, new Response(r.body, { headers: { ...Object.fromEntries(r.headers), 'cache-control': 'max-age=60' } }));
                return caches.default.match(key);
              },
              piped: async (what) => { const r = await ways.pass(what); return new Response(r.body.pipeThrough(new TransformStream()), r); },
              rewritten: async (what) => new HTMLRewriter().transform(await ways.pass(what)),
              text: async (what) => { const r = await ways.pass(what); return new Response(await r.text(), r); },
              bare: async (what) => { const r = await ways.pass(what); return new Response(r.body, { headers: { 'content-length': r.headers.get('content-length') } }); },
              to: async (what, request) => { const r = await ways.pass(what); return new Response(r.body, { headers: { 'content-encoding': new URL(request.url).searchParams.get('coding') } }); },
              read: async (what) => {
                const r = await ways.pass(what), headers = { 'x-coding': r.headers.get('content-encoding'), 'x-length': r.headers.get('content-length') };
                try {
                  return new Response(await r.text(), { headers });
                } catch (error) {
                  return new Response(`${error}`, { headers });
                }
              },
            };
            export class Passing extends WorkerEntrypoint {
              pass(what) { return ways.pass(what); }
            }
            export default {
              fetch(request, env) {
                const [, way, what] = new URL(request.url).pathname.split('/');
                return ways[way](what, request, env);
              },
            };
            """;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TestIngress server;

    @BeforeEach
    void open() throws Exception {
        HttpServer origin = vertx.createHttpServer()
                .requestHandler(PassedOnTest::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
        server = new TestIngress(folder, "skerry.egress.allow=127.0.0.1");
        String address = "http://127.0.0.1:" + origin.actualPort() + "/";
        server.deploy(
                "gateway",
                "import { WorkerEntrypoint } from 'cloudflare:workers';\nconst ORIGIN = '" + address + "';\n" + WORKER,
                TestIngress.service("SELF", "gateway"),
                new Binding.Service(
                        "PASSING",
                        new ServiceName("gateway"),
                        Optional.empty(),
                        Optional.of("Passing"),
                        Optional.empty()));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void answer(HttpServerRequest request) {
        String what = request.path().substring(1);
        HttpServerResponse response = request.response()
                .putHeader("x-asked", String.valueOf(request.getHeader("accept-encoding")))
                .putHeader("content-encoding", what);
        switch (what) {
            case "upper" -> response.putHeader("content-encoding", "GZIP").end(Buffer.buffer(bytes("gzip")));
            case "two" ->
                response.putHeader("content-encoding", (Iterable<String>) List.of("gzip", "br"))
                        .end(Buffer.buffer(BR));
            case "listed" -> response.putHeader("content-encoding", "gzip, br").end(Buffer.buffer(BR));
            case "identity", "snappy" -> response.end(TEXT);
            case "empty" -> response.putHeader("content-encoding", "gzip").end();
            case "chunked" -> {
                response.putHeader("content-encoding", "gzip").setChunked(true);
                response.write(Buffer.buffer(Arrays.copyOf(bytes("gzip"), 20)));
                response.end(Buffer.buffer(Arrays.copyOfRange(bytes("gzip"), 20, bytes("gzip").length)));
            }
            case "broken" ->
                response.putHeader("content-encoding", "gzip").end(Buffer.buffer(Arrays.copyOf(bytes("gzip"), 40)));
            case "lost" -> {
                response.putHeader("content-encoding", "gzip").putHeader("content-length", "1000");
                response.write(Buffer.buffer(Arrays.copyOf(bytes("gzip"), 40)));
                request.connection().close();
            }
            case "unchanged" ->
                response.putHeader("content-encoding", "gzip")
                        .putHeader("etag", "\"a\"")
                        .setStatusCode(304)
                        .end();
            case "part" ->
                response.putHeader("content-encoding", "gzip")
                        .putHeader("content-range", "bytes 0-9/100")
                        .setStatusCode(206)
                        .end(Buffer.buffer(Arrays.copyOf(bytes("gzip"), 10)));
            default -> {
                byte[] body = bytes(what);
                response.putHeader("content-length", String.valueOf(body.length));
                if (request.method().name().equals("HEAD")) {
                    response.end();
                } else {
                    response.end(Buffer.buffer(body));
                }
            }
        }
    }

    private static byte[] bytes(String coding) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = switch (coding) {
            case "gzip" -> new GZIPOutputStream(bytes);
            case "zstd" -> new ZstdOutputStream(bytes);
            default -> bytes;
        }) {
            out.write(coding.equals("br") ? BR : TEXT.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private HttpResponse<byte[]> ask(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, BodyPublishers.noBody())
                .header("host", "gateway.localhost");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> get(String path, String accepted) throws Exception {
        return ask("GET", path, "accept-encoding", accepted);
    }

    private static String header(HttpResponse<?> response, String name) {
        return String.join(" + ", response.headers().allValues(name));
    }

    private static String text(HttpResponse<byte[]> response) throws IOException {
        byte[] body = header(response, "content-encoding").equals("gzip")
                ? new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes()
                : response.body();
        return new String(body, StandardCharsets.UTF_8);
    }

    private static void isAsItCame(HttpResponse<byte[]> response, String coding) {
        assertThat(header(response, "content-encoding")).isEqualTo(coding);
        assertThat(response.body()).isEqualTo(bytes(coding));
        assertThat(header(response, "content-length")).isEqualTo(String.valueOf(bytes(coding).length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request",
                "pass",
                "again",
                "clone",
                "original",
                "split",
                "both",
                "manual",
                "wire",
                "service",
                "rpc",
                "cached"
            })
    void whatNobodyReadGoesOutAsItCame(String way) throws Exception {
        for (String coding : new String[] {"gzip", "br", "zstd"}) {
            HttpResponse<byte[]> response = get("/" + way + "/" + coding, "gzip, deflate, br, zstd");

            isAsItCame(response, coding);
            if (way.equals("both")) {
                assertThat(header(response, "x-length")).isEqualTo("110000");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd", "upper", "chunked"})
    void whoReadsItGetsWhatItStandsForAndSeesItsHeaders(String what) throws Exception {
        HttpResponse<byte[]> response = get("/read/" + what, "br");

        assertThat(text(response)).isEqualTo(TEXT);
        assertThat(header(response, "x-coding"))
                .isEqualTo(what.equals("upper") ? "GZIP" : what.equals("chunked") ? "gzip" : what);
        if (!what.equals("chunked")) {
            assertThat(header(response, "x-length"))
                    .isEqualTo(String.valueOf(bytes(what.equals("upper") ? "gzip" : what).length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"piped", "rewritten", "text"})
    void whatBecameAnotherBodyIsEncodedAgainOrLosesItsHeader(String way) throws Exception {
        HttpResponse<byte[]> gzip = get("/" + way + "/gzip", "gzip, br, zstd");
        assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
        assertThat(text(gzip)).isEqualTo(TEXT);
        for (String coding : new String[] {"br", "zstd"}) {
            HttpResponse<byte[]> other = get("/" + way + "/" + coding, "gzip, br, zstd");
            assertThat(header(other, "content-encoding")).isEmpty();
            assertThat(text(other)).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip | br | ''", "br | gzip | gzip", "gzip | identity | identity", "gzip | deflate | deflate"})
    void underAnotherHeaderItIsWhatItStandsFor(String what, String coding, String sent) throws Exception {
        HttpResponse<byte[]> response = get("/to/" + what + "?coding=" + coding, "gzip, br");

        assertThat(header(response, "content-encoding")).isEqualTo(sent);
        assertThat(text(response)).isEqualTo(TEXT);
    }

    @Test
    void withoutTheHeaderItIsWhatItStandsFor() throws Exception {
        HttpResponse<byte[]> response = get("/bare/gzip", "gzip");
        assertThat(header(response, "content-encoding")).isEmpty();
        assertThat(text(response)).isEqualTo(TEXT);

        assertThat(header(ask("HEAD", "/bare/gzip"), "content-length"))
                .isNotEqualTo(String.valueOf(bytes("gzip").length));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/request/gzip | identity",
                "/pass/gzip | br",
                "/pass/zstd | gzip, br",
                "/pass/br | br;q=0, *",
                "/again/br | gzip",
                "/cached/gzip | br",
                "/service/br | identity",
            })
    void aClientThatDoesNotTakeTheCodingGetsWhatItStandsFor(String path, String accepted) throws Exception {
        HttpResponse<byte[]> response = get(path, accepted);

        assertThat(header(response, "content-encoding")).isEmpty();
        assertThat(text(response)).isEqualTo(TEXT);
        if (!path.startsWith("/request")) {
            assertThat(header(ask("HEAD", path, "accept-encoding", accepted), "content-length"))
                    .isEmpty();
        }
    }

    @Test
    void aClientThatSaysNothingGetsWhatItsWorkerAskedForAndNoCodingThatOnlyWeAskedFor() throws Exception {
        isAsItCame(ask("GET", "/pass/gzip"), "gzip");

        for (String path : new String[] {"/request/gzip", "/plain/gzip", "/cached/gzip"}) {
            HttpResponse<byte[]> response = ask("GET", path);
            assertThat(header(response, "content-encoding")).as(path).isEmpty();
            assertThat(text(response)).as(path).isEqualTo(TEXT);
        }
        assertThat(header(ask("GET", "/request/gzip"), "x-asked")).isEqualTo("gzip");
        isAsItCame(get("/plain/gzip", "gzip"), "gzip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"identity | identity", "snappy | snappy", "two | gzip + br", "listed | gzip, br"})
    void aCodingThatWeDoNotReadIsLeftAlone(String what, String header) throws Exception {
        byte[] body = header.contains("br") ? BR : TEXT.getBytes(StandardCharsets.US_ASCII);

        for (String way : new String[] {"pass", "again", "clone", "piped", "service", "wire"}) {
            HttpResponse<byte[]> response = get("/" + way + "/" + what, "gzip, br");
            assertThat(header(response, "content-encoding")).as(way).isEqualTo(header);
            assertThat(response.body()).as(way).isEqualTo(body);
        }
    }

    @Test
    void theHeadOfItHasTheLengthOfTheBytesAsTheyCame() throws Exception {
        for (String path : new String[] {"/request/gzip", "/pass/br", "/again/gzip", "/clone/zstd"}) {
            String coding = path.substring(path.lastIndexOf('/') + 1);
            HttpResponse<byte[]> response = ask("HEAD", path, "accept-encoding", "gzip, br, zstd");

            assertThat(header(response, "content-encoding")).as(path).isEqualTo(coding);
            assertThat(header(response, "content-length")).as(path).isEqualTo(String.valueOf(bytes(coding).length));
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void answersWithoutABodyOrWithAPartOfItStayWhatTheyAre() throws Exception {
        HttpResponse<byte[]> unchanged = get("/request/unchanged", "gzip");
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(header(unchanged, "content-encoding")).isEqualTo("gzip");
        assertThat(header(unchanged, "content-length")).isEmpty();

        for (String accepted : new String[] {"gzip", "identity"}) {
            HttpResponse<byte[]> part = ask("GET", "/request/part", "accept-encoding", accepted, "range", "bytes=0-9");
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(header(part, "content-encoding")).isEqualTo("gzip");
            assertThat(part.body()).hasSize(10);
        }
        assertThat(header(ask("GET", "/request/identity", "range", "bytes=0-9"), "x-asked"))
                .isEqualTo("identity");

        HttpResponse<byte[]> empty = get("/request/empty", "gzip");
        assertThat(empty.body()).isEmpty();
        assertThat(header(empty, "content-length")).isEqualTo("0");
        assertThat(text(get("/read/empty", "br"))).isEmpty();
    }

    @Test
    void aBodyThatIsNotWholeIsNotTakenForOne() throws Exception {
        HttpResponse<byte[]> broken = get("/pass/broken", "gzip");
        assertThat(broken.body()).isEqualTo(Arrays.copyOf(bytes("gzip"), 40));
        assertThat(text(get("/read/broken", "br"))).startsWith("TypeError: The body of the response is not gzip");
        assertThatThrownBy(() -> get("/pass/broken", "br")).isInstanceOf(IOException.class);
        for (String accepted : new String[] {"gzip", "br"}) {
            assertThatThrownBy(() -> get("/pass/lost", accepted)).isInstanceOf(IOException.class);
        }
        assertThat(text(get("/read/lost", "br"))).isEqualTo("Error: Network connection lost.");
    }
}
