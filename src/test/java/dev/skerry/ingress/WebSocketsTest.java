package dev.skerry.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import org.junit.jupiter.api.Test;

/** WebSockets of workers, with a real client. */
class WebSocketsTest extends OpenChat {
    @Test
    void textAndBytesGoBothWays() {
        start("""
                ws.addEventListener('message', ({ data }) => ws.send(typeof data === 'string' ? `${data}, ${request.headers.get('cookie')}` : data));
                """);
        TestSocket socket = TestSocket.open(server, "chat", "/");

        assertThat(socket.send("hello é").next()).isEqualTo("hello é, a=1");
        assertThat(socket.send(new byte[300_000]).next()).isEqualTo("binary 300000");
        for (int i = 0; i < 100; i++) {
            socket.send("n" + i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(socket.next()).isEqualTo("n" + i + ", a=1");
        }
    }

    @Test
    void theWorkerChoosesTheSubprotocol() {
        start("headers.set('sec-websocket-protocol', 'second'); ws.addEventListener('message', () => {});");
        assertThat(TestSocket.open(server, "chat", "/", "first", "second").subprotocol())
                .isEqualTo("second");
        server.deploy("chat", Chat.accepting(""));
        assertThat(TestSocket.open(server, "chat", "/", "first").subprotocol()).isEmpty();
    }

    @Test
    void theClientsCloseIsAnEventAndAnswered() throws Exception {
        start(
                "ws.addEventListener('close', ({ code, reason, wasClean }) => state.push(code, reason, wasClean, ws.readyState));");
        TestSocket socket = TestSocket.open(server, "chat", "/");
        assertThat(socket.close(3001, "enough").next()).isEqualTo("close 3001 enough");
        TestIngress.await(() -> server.outcomes.contains("chat/production ok"));
        assertThat(Chat.get(server, "chat").body()).isEqualTo("{\"opened\":1,\"state\":[3001,\"enough\",true,3]}");
    }

    @Test
    void theWorkersCloseReachesTheClientAfterItsMessages() throws Exception {
        start("""
                ws.send('one');
                ws.send('two');
                ws.close(4000, 'done');
                ws.addEventListener('close', ({ code, wasClean }) => state.push(code, wasClean));
                """);
        TestSocket socket = TestSocket.open(server, "chat", "/");
        assertThat(socket.next()).isEqualTo("one");
        assertThat(socket.next()).isEqualTo("two");
        assertThat(socket.next()).isEqualTo("close 4000 done");
        TestIngress.await(() -> server.outcomes.contains("chat/production ok"));
        assertThat(Chat.get(server, "chat").body()).isEqualTo("{\"opened\":1,\"state\":[4000,true]}");
    }

    @Test
    void aCloseWithoutACodeHasNoneOnTheWay() throws Exception {
        start("""
                ws.addEventListener('message', () => ws.close());
                ws.addEventListener('close', ({ code, wasClean }) => state.push(code, wasClean));
                """);
        TestSocket closed = TestSocket.open(server, "chat", "/");
        assertThat(closed.send("close").next()).isEqualTo("close 1005");
        try (RawSocket closed2 = RawSocket.open(server, "chat");
                RawSocket closing = RawSocket.open(server, "chat")) {
            closed2.send("close");
            assertThat(closed2.next(2)).isEqualTo("8800");
            closed2.sendBareClose();
            TestIngress.await(() -> server.outcomes.size() == 2);
            closing.sendBareClose();
            assertThat(closing.next(2)).isEqualTo("8800");
            TestIngress.await(() -> server.outcomes.size() == 3);
        }
        assertThat(Chat.get(server, "chat").body()).endsWith("1005,true,1005,true]}");
    }

    @Test
    void aTextThatIsNoUtf8ClosesTheSocket() throws Exception {
        start("ws.addEventListener('message', ({ data }) => state.push(data));");
        try (RawSocket malformed = RawSocket.open(server, "chat")) {
            malformed.sendMalformed();
            // A close with code 1007.
            assertThat(malformed.next(4)).startsWith("88").endsWith("03ef");
            TestIngress.await(() -> server.outcomes.size() == 1);
        }
        assertThat(Chat.get(server, "chat").body()).isEqualTo("{\"opened\":1,\"state\":[]}");
    }

    @Test
    void aClientThatLeavesIsALostConnection() throws Exception {
        start("""
                ws.addEventListener('error', ({ message }) => state.push(message));
                ws.addEventListener('close', ({ code, wasClean }) => {
                  state.push(code, wasClean);
                  ctx.waitUntil(new Promise((resolve) => setTimeout(() => { state.push('after'); resolve(); }, 50)));
                });
                """);
        TestSocket.open(server, "chat", "/").leave();
        TestIngress.await(() -> server.outcomes.contains("chat/production ok"));
        assertThat(Chat.get(server, "chat").body())
                .isEqualTo("{\"opened\":1,\"state\":[\"The connection was lost\",1006,false,\"after\"]}");
    }

    @Test
    void anOpenSocketKeepsItsEventAndIsolate() throws Exception {
        start(
                // Later than each of those limits, and than the watchdog's sweep.
                "setTimeout(() => ws.send('still here'), 5500); ws.addEventListener('message', () => ws.send(`${opened}`));",
                "skerry.limits.wall=5s",
                "skerry.limits.wait-until=100ms",
                "skerry.runtime.idle=100ms");
        TestSocket socket = TestSocket.open(server, "chat", "/");
        assertThat(socket.next()).isEqualTo("still here");
        assertThat(socket.send("there?").next()).isEqualTo("1");
        assertThat(server.outcomes).isEmpty();
        socket.close(1000, "").next();
        TestIngress.await(() -> !server.outcomes.isEmpty());
    }

    @Test
    void everyMessageHasCpuTimeAndSubrequestsOfItsOwn() {
        start("""
                ws.addEventListener('message', () => {
                  const end = Date.now() + 400;
                  while (Date.now() < end) for (let i = 0; i < 1000; i++);
                  ws.send('done');
                });
                """, "skerry.limits.cpu=2s");
        TestSocket socket = TestSocket.open(server, "chat", "/");
        for (int i = 0; i < 8; i++) {
            assertThat(socket.send("work").next()).as("message %s", i).isEqualTo("done");
        }
    }

    @Test
    void aLimitThatIsBrokenClosesTheClientsSocket() {
        start("ws.addEventListener('message', () => { while (true); });", "skerry.limits.cpu=1s");
        TestSocket socket = TestSocket.open(server, "chat", "/");
        assertThat(socket.send("loop").next()).isEqualTo("close 1011 The worker ended: exceededCpu");
    }

    @Test
    void aServerThatStopsTellsItsClients() {
        start("ws.addEventListener('message', () => {});");
        TestSocket socket = TestSocket.open(server, "chat", "/");
        server.runtime.close();
        assertThat(socket.next()).startsWith("close 1001");
    }

    @Test
    void aSocketGoesThroughAnotherWorkerByReference() {
        start("ws.addEventListener('message', ({ data }) => ws.send(`chat heard ${data}`));");
        server.deploy(
                "gate",
                "export default { fetch: (request, env) => env.CHAT.fetch(request) };",
                TestIngress.service("CHAT", "chat"));
        TestSocket socket = TestSocket.open(server, "gate", "/");
        assertThat(socket.send("hi").next()).isEqualTo("chat heard hi");
        // The worker in between has ended, and the socket lives on.
        TestIngress.await(() -> server.outcomes.contains("gate/production ok"));
        assertThat(socket.send("still there?").next()).isEqualTo("chat heard still there?");
        assertThat(socket.close(1000, "").next()).isEqualTo("close 1000");
        TestIngress.await(() -> server.outcomes.contains("chat/production ok"));
    }

    @Test
    void twoWorkersTalkOverASocket() throws Exception {
        start(
                "ws.addEventListener('message', ({ data }) => ws.send(`${data}!`)); ws.addEventListener('close', ({ code }) => state.push(code));");
        server.deploy("caller", """
                export default {
                  async fetch(request, env) {
                    const { status, webSocket } = await env.CHAT.fetch('http://chat/', { headers: { upgrade: 'websocket' } });
                    webSocket.accept();
                    const heard = [status];
                    await new Promise((resolve) => {
                      webSocket.addEventListener('message', ({ data }) => {
                        heard.push(data);
                        if (data.length > 3) webSocket.close(3000, 'bye');
                        else webSocket.send(data);
                      });
                      webSocket.addEventListener('close', ({ code, reason }) => { heard.push(code, reason); resolve(); });
                      webSocket.send('a');
                    });
                    return Response.json(heard);
                  },
                };
                """, TestIngress.service("CHAT", "chat"));
        assertThat(Chat.get(server, "caller").body()).isEqualTo("[101,\"a!\",\"a!!\",\"a!!!\",3000,\"bye\"]");
        TestIngress.await(() -> server.outcomes.contains("chat/production ok"));
        assertThat(Chat.get(server, "chat").body()).isEqualTo("{\"opened\":1,\"state\":[3000]}");
    }

    @Test
    void aSocketThatItsCallerDropsEnds() throws Exception {
        start("ws.addEventListener('close', ({ code }) => state.push(code));");
        server.deploy(
                "caller",
                "export default { async fetch(request, env) { await env.CHAT.fetch('http://chat/', { headers: { upgrade: 'websocket' } }); return new Response('dropped'); } };",
                TestIngress.service("CHAT", "chat"));
        assertThat(Chat.get(server, "caller").body()).isEqualTo("dropped");
        TestIngress.await(() -> server.outcomes.contains("chat/production ok"));
        assertThat(Chat.get(server, "chat").body()).isEqualTo("{\"opened\":1,\"state\":[1006]}");
    }

    @Test
    void whoAsksForNoSocketGetsNone() throws Exception {
        server.deploy(
                "always",
                "export default { fetch() { const [client, ws] = Object.values(new WebSocketPair()); ws.accept(); return new Response(null, { status: 101, webSocket: client }); } };");
        HttpResponse<String> answer = Chat.get(server, "always");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).startsWith("Error 1101");
        TestIngress.await(() -> server.outcomes.contains("always/production exception"));
    }

    @Test
    void aWorkerMayAnswerAnUpgradeWithAnOrdinaryResponse() {
        server.deploy("refusing", "export default { fetch: () => new Response('no', { status: 403 }) };");
        assertThatThrownBy(() -> TestSocket.open(server, "refusing", "/"))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    void aSilentConnectionIsPingedAndADeadOneGivenUp() throws Exception {
        start("ws.addEventListener('message', ({ data }) => ws.send(data));", "skerry.ingress.idle=5s");
        TestSocket alive = TestSocket.open(server, "chat", "/");
        try (RawSocket dead = RawSocket.open(server, "chat")) {
            TestIngress.await(() -> server.outcomes.contains("chat/production ok"));
            assertThat(dead.isOpen()).isTrue();
        }
        assertThat(server.outcomes).hasSize(1);
        for (int i = 0; i < 3; i++) {
            assertThat(alive.send("heard " + i).next()).isEqualTo("heard " + i);
        }
        alive.close(1000, "");
        assertThat(alive.next()).isEqualTo("close 1000");
    }
}
