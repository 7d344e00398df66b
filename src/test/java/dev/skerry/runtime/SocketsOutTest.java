package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets that workers open, to a real server. */
class SocketsOutTest {
    /** A socket that is left open ends with its event. */
    private static final String SHORTLY = "skerry.limits.wait-until=1s";

    private final Origin origin = new Origin(new HttpServerOptions()
            .setWebSocketSubProtocols(List.of("chat", "other"))
            .setMaxWebSocketFrameSize(1_000_000)
            .setMaxWebSocketMessageSize(1_000_000));
    private TestWorkers workers = new TestWorkers("skerry.egress.allow=127.0.0.1,localhost:" + origin.port(), SHORTLY);

    @AfterEach
    void close() {
        workers.close();
        origin.close();
    }

    private void restart(String... settings) {
        workers.close();
        workers = new TestWorkers(settings);
    }

    private String run(String code) {
        return run("127.0.0.1:" + origin.port(), code);
    }

    /** What a worker answers whose handler has this body, as JSON; BASE is the origin's host and port. */
    private String run(String base, String code) {
        WorkerScript script = new WorkerScript("""
                        const BASE = '%s';
                        const heard = (socket, type) => new Promise((resolve) => socket.addEventListener(type, resolve, { once: true }));
                        async function ask(socket, message) {
                          const answer = heard(socket, 'message');
                          socket.send(message);
                          return (await answer).data;
                        }
                        async function ended(socket) {
                          let message = null;
                          socket.addEventListener('error', (event) => { message = event.message; });
                          const { code, reason, wasClean } = await heard(socket, 'close');
                          return [message, code, wasClean, socket.readyState];
                        }
                        """.formatted(base));
        return script.run(workers, code);
    }

    @Test
    void aWorkerTalksToAServer() {
        assertThat(run("""
                const socket = new WebSocket(`ws://${BASE}/socket?q`, ['nobody', 'chat']);
                const before = [socket.readyState, socket.url === `ws://${BASE}/socket?q`];
                await heard(socket, 'open');
                const echoed = [await ask(socket, 'hello é'), (await ask(socket, new Uint8Array(70_000))).byteLength, await ask(socket, 'ping')];
                socket.close(1000, 'done');
                const { code, reason, wasClean } = await heard(socket, 'close');
                return [before, socket.protocol, echoed, code, reason, wasClean];
                """)).isEqualTo("[[0,true],\"chat\",[\"hello é\",70000,\"pong data\"],1000,\"done\",true]");
        TestWorkers.await(() -> !origin.closes.isEmpty());
        assertThat(origin.closes).containsExactly("1000 done");
    }

    @Test
    void theServerMayClose() {
        assertThat(run("""
                const socket = new WebSocket(`http://${BASE}/socket`);
                await heard(socket, 'open');
                socket.send('close');
                const { code, reason, wasClean } = await heard(socket, 'close');
                const dropped = new WebSocket(`ws://${BASE}/socket`);
                await heard(dropped, 'open');
                dropped.send('drop');
                return [socket.url.slice(0, 3), code, reason, wasClean, await ended(dropped)];
                """)).isEqualTo("[\"ws:\",3001,\"as told\",true,[\"The connection was lost\",1006,false,3]]");
    }

    @Test
    void fetchOpensASocketWithHeadersOfItsOwn() {
        assertThat(run("""
                const response = await fetch(`http://${BASE}/socket`, { headers: { upgrade: 'websocket', 'x-a': 'mine', 'sec-websocket-protocol': 'other' } });
                const socket = response.webSocket;
                socket.accept();
                return [response.status, response.headers.get('sec-websocket-protocol'), (await ask(socket, 'headers')) === `${BASE} mine`];
                """)).isEqualTo("[101,\"other\",true]");
    }

    @Test
    void aServerThatRefusesIsHeard() {
        assertThat(run("""
                const response = await fetch(`http://${BASE}/nothing`, { headers: { upgrade: 'websocket' } });
                return [response.status, response.webSocket, await response.text(), await ended(new WebSocket(`ws://${BASE}/nothing`)),
                  await ended(new WebSocket(`ws://${BASE}/close`)), (await ended(new WebSocket('ws://127.0.0.1:1/')))[0]];
                """))
                .startsWith("[404,null,\"no /nothing\",[\"Failed to establish the WebSocket connection")
                .contains("but received 404 instead.\",1006,false,3]")
                .contains("closed the connection.\",1006,false,3]")
                .contains("no connection to 127.0.0.1:1 (refused)");
    }

    @Test
    void theRulesOfEgressHold() {
        restart("skerry.egress.allow=localhost:" + origin.port());
        assertThat(run("""
                const failure = (promise) => promise.then(() => 'no failure', (e) => e.message);
                return [(await ended(new WebSocket(`ws://${BASE}/socket`)))[0].includes('is refused'), (await ended(new WebSocket('ws://[::1]:1/')))[0].includes('is refused'),
                  (await failure(fetch(`http://${BASE}/socket`, { headers: { upgrade: 'websocket' } }))).includes('is refused')];
                """)).isEqualTo("[true,true,true]");
        assertThat(origin.connections).hasValue(0);
        restart("skerry.egress.allow=127.0.0.1", "skerry.listen.admin=127.0.0.1:" + origin.port());
        assertThat(run("return (await ended(new WebSocket(`ws://${BASE}/socket`)))[0];"))
                .contains("is refused");
        assertThat(origin.connections).hasValue(0);
    }

    @Test
    void eachSocketIsASubrequest() {
        restart("skerry.egress.allow=127.0.0.1", "skerry.limits.subrequests=1", SHORTLY);
        assertThat(run("""
                await heard(new WebSocket(`ws://${BASE}/socket`), 'open');
                try { new WebSocket(`ws://${BASE}/socket`); } catch (e) { return e.message; }
                """)).contains("Too many subrequests");
    }

    @Test
    void aSocketIsClosedBeforeItIsOpen() {
        assertThat(run("""
                const socket = new WebSocket(`ws://${BASE}/never`);
                let early;
                try { socket.send('x'); } catch (e) { early = e.name; }
                const over = ended(socket);
                socket.close();
                const closing = socket.readyState;
                const controller = new AbortController();
                setTimeout(() => controller.abort(), 20);
                const aborted = await fetch(`http://${BASE}/never`, { headers: { upgrade: 'websocket' }, signal: controller.signal }).then(() => 0, (e) => e.name);
                return [early, closing, await over, aborted];
                """))
                .isEqualTo(
                        "[\"InvalidStateError\",2,[\"It was closed before it was open.\",1006,false,3],\"AbortError\"]");
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() {
        restart("skerry.egress.allow=127.0.0.1", "skerry.egress.headers=100MS");
        assertThat(run("return (await ended(new WebSocket(`ws://${BASE}/never`)))[0];"))
                .contains("skerry.egress.headers");
    }

    @Test
    void aMessageThatIsTooBigIsRefused() {
        restart("skerry.egress.allow=127.0.0.1", "skerry.limits.web-socket-message=200KB");
        assertThat(run("""
                const socket = new WebSocket(`ws://${BASE}/socket`);
                await heard(socket, 'open');
                const over = ended(socket);
                socket.send('big');
                return over;
                """)).contains("skerry.limits.web-socket-message").contains("1006");
        TestWorkers.await(() -> !origin.closes.isEmpty());
        assertThat(origin.closes.peek()).startsWith("1009 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflating", "remembering"})
    void messagesAreCompressedWhereTheServerAgrees(String path) {
        String talk = """
                const socket = new WebSocket(`ws://${BASE}/%s`);
                await heard(socket, 'open');
                const sizes = [];
                for (const size of [1, 300, 30_000, 70_000]) sizes.push((await ask(socket, 'é'.repeat(size))).length);
                const bytes = await ask(socket, new Uint8Array(1000).fill(7));
                socket.close();
                return [socket.extensions.split(';')[0], sizes, bytes.byteLength];
                """;
        String sizes = "[1,300,30000,70000],1000]";
        assertThat(run(talk.formatted(path))).isEqualTo("[\"permessage-deflate\"," + sizes);
        restart("skerry.egress.allow=127.0.0.1", "skerry.egress.deflate=0");
        assertThat(run(talk.formatted("socket"))).isEqualTo("[\"\"," + sizes);
    }

    @Test
    void aMessageThatGrowsTooBigIsRefused() {
        restart("skerry.egress.allow=127.0.0.1", "skerry.limits.web-socket-message=10KB");
        assertThat(run("""
                const socket = new WebSocket(`ws://${BASE}/deflating`);
                await heard(socket, 'open');
                const over = ended(socket);
                socket.send('zeros');
                return [socket.extensions !== '', await over];
                """))
                .contains("skerry.limits.web-socket-message")
                .startsWith("[true,")
                .contains("1006");
        TestWorkers.await(() -> !origin.closes.isEmpty());
        assertThat(origin.closes.peek()).startsWith("1009 ");
    }

    @Test
    void anOpenSocketEndsWithItsEvent() throws InterruptedException {
        restart("skerry.egress.allow=127.0.0.1", "skerry.limits.wait-until=200ms");
        assertThat(run("""
                const socket = new WebSocket(`ws://${BASE}/socket`);
                await heard(socket, 'open');
                return 'left open';
                """)).isEqualTo("\"left open\"");
        assertThat(origin.disconnected.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(origin.closes.peek()).startsWith("1011 ");
    }

    @Test
    void aCertificateIsCheckedByTheNameOfTheHost(@TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.in(folder);
        HttpServerOptions tls = new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.key());
        try (Origin secure = new Origin(tls)) {
            restart("skerry.egress.allow=127.0.0.1,::1", certificate.trust(), SHORTLY);
            String talk =
                    "const socket = new WebSocket(`wss://${BASE}/socket`); const over = ended(socket); await Promise.race([heard(socket, 'open'), over]); return socket.readyState === 1 ? ask(socket, 'over TLS') : over;";
            assertThat(run("localhost:" + secure.port(), talk)).isEqualTo("\"over TLS\"");
            assertThat(run("127.0.0.1:" + secure.port(), talk)).contains("the TLS handshake failed");
            restart("skerry.egress.allow=127.0.0.1,::1");
            assertThat(run("localhost:" + secure.port(), talk)).contains("the TLS handshake failed");
        }
    }
}
