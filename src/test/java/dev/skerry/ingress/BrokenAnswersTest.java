package dev.skerry.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.binding.Body;
import dev.skerry.model.Binding;
import dev.skerry.webapi.websocket.Share;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees of an answer that is not whole, or is none of the worker's. */
class BrokenAnswersTest extends OpenIngress {
    private static final String WORKER = """
            let failed = false;
            const encoder = new TextEncoder();
            export default {
              fetch(request, env, ctx) {
                if (request.url.endsWith('/on')) {
                  ctx.passThroughOnException();
                  throw new Error('broken');
                }
                const whole = request.url.endsWith('/whole');
                return new Response(new ReadableStream({
                  async start(controller) {
                    controller.enqueue(encoder.encode('begun'));
                    await scheduler.wait(100);
                    if (whole) {
                      while (!failed) await scheduler.wait(5);
                      await scheduler.wait(300);
                      controller.enqueue(encoder.encode(' and ended'));
                      controller.close();
                    } else {
                      failed = true;
                      controller.error(new Error('broken'));
                    }
                  },
                }));
              },
            };
            """;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void disconnect() throws Exception {
        result(vertx.close());
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    private HttpClient client(HttpVersion version) {
        return vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
    }

    private RequestOptions to(HttpMethod method, String path) {
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(server.port(), "127.0.0.1"))
                .setHost(TestIngress.host("streams"))
                .setPort(server.port())
                .setMethod(method)
                .setURI(path);
    }

    private Future<HttpClientResponse> get(HttpClient client, String path) {
        return client.request(to(HttpMethod.GET, path)).compose(request -> request.send());
    }

    private Future<String> body(HttpClient client, String path) {
        return get(client, path).compose(HttpClientResponse::body).map(Buffer::toString);
    }

    @Test
    void anAnswerThatFailsDoesNotEndTheOthersOfItsConnection() throws Exception {
        restart("skerry.ingress.h2c=true");
        server.deploy("streams", WORKER);
        HttpClient client = client(HttpVersion.HTTP_2);

        Future<String> whole = body(client, "/whole");

        assertThatThrownBy(() -> result(body(client, "/half")))
                .cause()
                .isInstanceOfSatisfying(
                        StreamResetException.class,
                        reset -> assertThat(reset.getCode()).isEqualTo(Http2Error.INTERNAL_ERROR.code()));
        assertThat(result(whole)).isEqualTo("begun and ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\na:b\r\nc:d", "\na:b\0", "\nnothing"})
    void headersThatWouldForgeOthersAreNoAnswer(String forged) throws Exception {
        HttpServer server = result(vertx.createHttpServer()
                .requestHandler(request -> new Exchange(
                                vertx.getOrCreateContext(),
                                request,
                                false,
                                Duration.ofSeconds(10),
                                new ContentCoding(new Share(1)))
                        .respond(200, "", "\nx-first:1" + forged, new Body.Text("body")))
                .listen(0, "127.0.0.1"));
        List<String> seen = result(client(HttpVersion.HTTP_1_1)
                .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.send())
                .compose(answer -> answer.body()
                        .map(body -> List.of(
                                answer.statusCode() + " " + answer.headers().names(), body.toString()))));

        assertThat(seen.getFirst()).isEqualTo("500 [content-type, content-length]");
        assertThat(seen.getLast()).startsWith("A header h");
    }

    @Test
    void anAnswerThatFailsOverHttp1EndsItsConnection() {
        server.deploy("streams", WORKER);
        assertThatThrownBy(() -> result(body(client(HttpVersion.HTTP_1_1), "/half")))
                .hasMessageContaining("closed");
    }

    @Test
    void aRefusalOverHttp2HasNoHeadersOfAConnection() throws Exception {
        restart("skerry.ingress.h2c=true", "skerry.limits.body=10B");
        server.deploy("streams", WORKER);
        HttpClientResponse refusal = result(client(HttpVersion.HTTP_2)
                .request(to(HttpMethod.POST, "/"))
                .compose(request -> request.send("more than ten bytes")));
        assertThat(refusal.statusCode()).isEqualTo(413);
        assertThat(refusal.headers().names()).doesNotContain("connection");
    }

    @Test
    void aVersionWithABindingThatCannotBeOpenedIsAnErrorOfTheWorker() throws Exception {
        // This server has no Durable Objects.
        server.deploy(
                "streams",
                WORKER,
                new Binding.DurableObjectNamespace("ROOM", "Room", Optional.empty(), Optional.empty()));
        HttpClientResponse answer = result(get(client(HttpVersion.HTTP_1_1), "/whole"));
        assertThat(answer.statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n", "content-length: 100\r\n\r\nhalf"})
    void anUpstreamsAnswerThatBreaksOffIsNotTakenForAWholeOne(String answer) throws Exception {
        NetServer upstream = result(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(request -> {
                    socket.write("HTTP/1.1 200 OK\r\n" + answer);
                    socket.close();
                }))
                .listen(0, "127.0.0.1"));
        restart("skerry.ingress.upstream=http://127.0.0.1:" + upstream.actualPort());
        server.deploy("streams", WORKER);
        assertThatThrownBy(() -> result(body(client(HttpVersion.HTTP_1_1), "/on")))
                .hasMessageContaining("closed");
    }
}
