package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.NetServerOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** connect() of {@code cloudflare:sockets}, to a real server. */
class TcpTest {
    @TempDir
    private Path folder;

    private EchoServer server;
    private TestWorkers workers;

    @BeforeEach
    void open() throws Exception {
        Certificate certificate = Certificate.in(folder);
        // Speaks plain until it is told otherwise.
        server = new EchoServer(new NetServerOptions().setKeyCertOptions(certificate.key()));
        workers = new TestWorkers("skerry.egress.allow=127.0.0.1,::1", certificate.trust());
    }

    @AfterEach
    void close() {
        workers.close();
        server.close();
    }

    private String run(String code) {
        WorkerScript script = new WorkerScript("""
                        import { connect } from 'cloudflare:sockets';
                        const PORT = %d;
                        const failure = (promise) => promise.then(() => 'no failure', (e) => `${e.name}: ${e.message}`);
                        const bytes = (text) => new TextEncoder().encode(text);
                        async function say(socket, text) {
                          const writer = socket.writable.getWriter();
                          await writer.write(bytes(text));
                          writer.releaseLock();
                        }
                        async function hear(socket, length) {
                          const reader = socket.readable.getReader();
                          let text = '';
                          while (text.length < length) {
                            const { done, value } = await reader.read();
                            if (done) break;
                            text += new TextDecoder().decode(value);
                          }
                          reader.releaseLock();
                          return text;
                        }
                        """.formatted(server.port()));
        return script.run(workers, code);
    }

    @Test
    void bytesGoBothWays() {
        assertThat(run("""
                const socket = connect(`127.0.0.1:${PORT}`);
                const { remoteAddress } = await socket.opened;
                await say(socket, 'hello');
                const first = await hear(socket, 5);
                await say(socket, 'x'.repeat(300_000));
                const second = (await hear(socket, 300_000)).length;
                await socket.close();
                return [remoteAddress === `127.0.0.1:${PORT}`, socket.secureTransport, first, second, await failure(socket.closed)];
                """)).isEqualTo("[true,\"off\",\"hello\",300000,\"no failure\"]");
    }

    @Test
    void theServerMayEndTheConnection() {
        assertThat(run("""
                const socket = connect({ hostname: '127.0.0.1', port: PORT });
                await say(socket, 'bye');
                const rest = await new Response(socket.readable).text();
                await socket.closed;
                return [rest, (await failure(say(socket, 'late'))).length > 10];
                """)).isEqualTo("[\"farewell\",true]");
    }

    @Test
    void closingTheWritableTellsTheServer() throws InterruptedException {
        assertThat(run("""
                const socket = connect(`127.0.0.1:${PORT}`);
                await say(socket, 'hello');
                await hear(socket, 5);
                await socket.writable.close();
                await socket.closed;
                return 'closed';
                """)).isEqualTo("\"closed\"");
        assertThat(server.isLeft()).isTrue();
    }

    @Test
    void aConnectionEndsWithItsEvent() throws InterruptedException {
        assertThat(run("const socket = connect(`127.0.0.1:${PORT}`); await socket.opened; return 'left open';"))
                .isEqualTo("\"left open\"");
        assertThat(server.isLeft()).isTrue();
    }

    @Test
    void tlsBeginsWhereItIsAskedTo() {
        assertThat(run("""
                const socket = connect(`localhost:${PORT}`, { secureTransport: 'starttls' });
                await say(socket, 'starttls');
                const go = await hear(socket, 2);
                const secure = socket.startTls();
                await secure.opened;
                await say(secure, 'in TLS');
                const other = connect(`127.0.0.1:${PORT}`, { secureTransport: 'starttls' });
                await say(other, 'starttls');
                await hear(other, 2);
                return [go, await hear(secure, 6), secure.secureTransport, await failure(other.startTls({ expectedServerHostname: 'example.com' }).opened)];
                """)).startsWith("[\"go\",\"in TLS\",\"on\",\"Error: The TLS handshake with example.com");
    }

    @Test
    void theRulesOfEgressHold() {
        workers.close();
        workers = new TestWorkers();
        assertThat(run("""
                const refused = async (address) => (await failure(connect(address).opened)).includes('is refused');
                return [await refused(`127.0.0.1:${PORT}`), await refused(`localhost:${PORT}`), await refused(`[::1]:${PORT}`), await refused('169.254.169.254:80'),
                  await failure((async () => connect('example.com:25'))())];
                """)).startsWith("[true,true,true,true,\"TypeError: Connections to port 25 are prohibited");
        assertThat(server.connections).hasValue(0);
    }

    @Test
    void failuresAreTold() {
        assertThat(run("""
                const dead = connect('127.0.0.1:1');
                const wrong = [];
                for (const address of ['nowhere', ':80', 'host:', 'host:99999', { hostname: 'x' }]) {
                  try { connect(address); } catch (e) { wrong.push(e.name); }
                }
                try { connect('127.0.0.1:1', { secureTransport: 'maybe' }); } catch (e) { wrong.push(e.name); }
                try { dead.startTls(); } catch (e) { wrong.push(e.name); }
                return [await failure(dead.opened), await failure(dead.closed), await failure(say(dead, 'x')), wrong.length];
                """)).contains("no connection to 127.0.0.1:1 (refused)").endsWith(",7]");
    }
}
