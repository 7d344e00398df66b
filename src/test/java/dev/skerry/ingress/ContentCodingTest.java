package dev.skerry.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Binding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets of a response with {@code content-encoding}. */
class ContentCodingTest {
    private static final String WORKER = """
            const long = 'A line of some length, and its number: 1\\n'.repeat(20_000);
            const gzip = (body) => new Response(body).body.pipeThrough(new CompressionStream('gzip'));
            const gzipped = { 'content-encoding': 'gzip' };
            const answers = {
              '/text': () => new Response('hello', { headers: gzipped }),
              '/bytes': () => new Response(new TextEncoder().encode('hello'), { headers: gzipped }),
              '/long': () => new Response(long, { headers: gzipped }),
              '/stream': () => new Response(new Blob([long]).stream(), { headers: gzipped }),
              '/none': () => new Response(null, { headers: gzipped }),
              '/empty': () => new Response('', { headers: gzipped }),
              '/br': () => new Response('hello', { headers: { 'content-encoding': 'br' } }),
              '/deflate': () => new Response('hello', { headers: { 'content-encoding': 'deflate' } }),
              '/two': () => new Response('hello', { headers: [['content-encoding', 'gzip'], ['content-encoding', 'gzip']] }),
              '/manual': () => new Response(gzip('hello'), { headers: gzipped, encodeBody: 'manual' }),
              '/manual-bytes': async () => new Response(await new Response(gzip('hello')).bytes(), { headers: gzipped, encodeBody: 'manual' }),
              '/manual-text': () => new Response('no gzip at all', { headers: gzipped, encodeBody: 'manual' }),
              '/events': () => {
                const { readable, writable } = new TransformStream(), writer = writable.getWriter();
                writer.write(new TextEncoder().encode('first'));
                globalThis.finish = () => { writer.write(new TextEncoder().encode(' second')); writer.close(); };
                return new Response(readable, { headers: gzipped });
              },
              '/finish': () => { globalThis.finish(); return new Response('done'); },
            };
            export default { fetch: (request) => answers[new URL(request.url).pathname]() };
            """;
    private static final String PROXY = """
            export default {
              async fetch(request, { CODED }) {
                const url = new URL(request.url), response = await CODED.fetch(new Request(url.origin + url.pathname));
                switch (url.search) {
                  case '?read': return new Response(await response.text());
                  case '?again': return new Response(response.body, response);
                  case '?cloned': response.clone(); return response;
                  default: return response;
                }
              },
            };
            """;

    @TempDir
    private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TestIngress server;

    @BeforeEach
    void open() {
        open("skerry.ingress.gzip=200");
    }

    private void open(String setting) {
        if (server != null) {
            server.close();
        }
        server = new TestIngress(folder.resolve(setting.replace('=', '-')), setting);
        server.deploy("coded", WORKER);
        Binding coded = TestIngress.service("CODED", "coded");
        server.deploy("proxy", PROXY, coded);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private HttpRequest.Builder request(String service, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("host", service + ".localhost");
    }

    private HttpResponse<byte[]> get(String service, String path) throws Exception {
        return client.send(request(service, path).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String coding(HttpResponse<?> response) {
        return String.join(" + ", response.headers().allValues("content-encoding"));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String unzipped(byte[] bytes) throws IOException {
        try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return text(stream.readAllBytes());
        }
    }

    @ParameterizedTest
    @CsvSource({"/text, 5", "/bytes, 5", "/long, 820000", "/stream, 820000", "/manual, 5", "/manual-bytes, 5"})
    void aBodyWhoseHeaderSaysGzipIsGzip(String path, int length) throws Exception {
        HttpResponse<byte[]> response = get("coded", path);

        assertThat(coding(response)).isEqualTo("gzip");
        assertThat(unzipped(response.body())).hasSize(length);
        assertThat(response.body().length).isLessThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/empty"})
    void noBodyStaysNone(String path) throws Exception {
        HttpResponse<byte[]> response = get("coded", path);

        assertThat(coding(response)).isEqualTo("gzip");
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-length")).contains("0");
    }

    @Test
    void withManualTheWorkerAnswersForItsBody() throws Exception {
        HttpResponse<byte[]> response = get("coded", "/manual-text");

        assertThat(coding(response)).isEqualTo("gzip");
        assertThat(text(response.body())).isEqualTo("no gzip at all");
        assertThat(response.headers().firstValue("content-length")).contains("14");
    }

    @ParameterizedTest
    @CsvSource({"/br, ''", "/deflate, deflate", "/two, gzip + gzip"})
    void whatWeDoNotEncodeGoesAsItIsAndBrWithoutItsHeader(String path, String header) throws Exception {
        HttpResponse<byte[]> response = get("coded", path);

        assertThat(coding(response)).isEqualTo(header);
        assertThat(text(response.body())).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br | gzip",
                "br;q=1.0, gzip;q=0.5 | gzip",
                "* | gzip",
                "identity | ''",
                "br | ''",
                "gzip;q=0, * | ''",
                "*;q=0.000 | ''",
            })
    void aClientThatTakesNoGzipGetsNone(String accepted, String header) throws Exception {
        HttpResponse<byte[]> response = client.send(
                request("coded", "/text").header("accept-encoding", accepted).build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(coding(response)).isEqualTo(header);
        assertThat(header.isEmpty() ? text(response.body()) : unzipped(response.body()))
                .isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/text", "/stream", "/manual-bytes"})
    void theHeadOfIt(String path) throws Exception {
        HttpResponse<byte[]> response = client.send(
                request("coded", path)
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(coding(response)).isEqualTo("gzip");
        assertThat(response.headers().firstValue("content-length")).isNotEqualTo(Optional.of("5"));
    }

    @Test
    void whatAStreamHasComesBeforeItWaits() throws Exception {
        HttpResponse<InputStream> response =
                client.send(request("coded", "/events").build(), HttpResponse.BodyHandlers.ofInputStream());

        try (InputStream content = new GZIPInputStream(response.body(), 1)) {
            assertThat(text(content.readNBytes(5))).isEqualTo("first");
            get("coded", "/finish");
            assertThat(text(content.readAllBytes())).isEqualTo(" second");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/text", "/manual", "/manual-bytes"})
    void aCallerReadsWhatTheBodyStandsForAndPassesItOnInItsCoding(String path) throws Exception {
        assertThat(text(get("proxy", path + "?read").body())).isEqualTo("hello");

        for (String how : new String[] {"", "?again", "?cloned"}) {
            HttpResponse<byte[]> response = get("proxy", path + how);
            assertThat(coding(response)).as(how).isEqualTo("gzip");
            assertThat(unzipped(response.body())).as(how).isEqualTo("hello");
        }
    }

    @Test
    void bodiesBeyondTheBoundGoAsTheyAre() throws Exception {
        open("skerry.ingress.gzip=0");

        HttpResponse<byte[]> response = get("coded", "/stream");

        assertThat(coding(response)).isEmpty();
        assertThat(response.body()).hasSize(820_000);
        assertThat(coding(get("coded", "/text"))).isEqualTo("gzip");
    }

    @Test
    void thePlaceOfABodyIsFreeAgainWhenItHasEndedOrItsClientHasLeft() throws Exception {
        open("skerry.ingress.gzip=1");

        assertThat(coding(get("coded", "/stream"))).isEqualTo("gzip");
        HttpResponse<InputStream> held =
                client.send(request("coded", "/events").build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(coding(held)).isEqualTo("gzip");
        assertThat(coding(get("coded", "/stream"))).isEmpty();
        held.body().close();

        TestIngress.await(() -> {
            try {
                return coding(get("coded", "/stream")).equals("gzip");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
