package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.NetServerOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of {@code node:net} and {@code node:tls}, to real servers. */
class NodeNetTest {
    @TempDir
    private Path folder;

    private EchoServer plain;
    private EchoServer secure;
    private TestWorkers workers;

    @BeforeEach
    void open() throws Exception {
        Certificate certificate = Certificate.in(folder);
        plain = new EchoServer(new NetServerOptions().setKeyCertOptions(certificate.key()));
        secure = new EchoServer(
                new NetServerOptions().setKeyCertOptions(certificate.key()).setSsl(true));
        workers = new TestWorkers("skerry.egress.allow=127.0.0.1,::1", certificate.trust());
    }

    @AfterEach
    void close() {
        workers.close();
        plain.close();
        secure.close();
    }

    private String run(String code) {
        WorkerScript script = new WorkerScript("""
                        import net from 'node:net';
                        import tls from 'node:tls';
                        import { once } from 'node:events';
                        import { AsyncLocalStorage } from 'node:async_hooks';
                        const PLAIN = %d, SECURE = %d;
                        """.formatted(plain.port(), secure.port()), List.of("nodejs_compat"));
        return script.run(workers, code);
    }

    @Test
    void aSocketIsAStreamBothWays() {
        assertThat(run("""
                const socket = net.connect({ host: '127.0.0.1', port: PLAIN }), before = [socket.connecting, socket.readyState, socket.pending];
                socket.write('hel');
                await once(socket, 'connect');
                const [first] = await once(socket, 'data');
                const after = [socket.connecting, socket.readyState, socket.remoteAddress, socket.remotePort === PLAIN, socket.remoteFamily, socket.bytesWritten, socket.bytesRead];
                socket.end('bye');
                let rest = '';
                for await (const chunk of socket) rest += chunk;
                return [before, `${first}`, after, rest, socket.destroyed];
                """))
                .isEqualTo(
                        "[[true,\"opening\",true],\"hel\",[false,\"open\",\"127.0.0.1\",true,\"IPv4\",3,3],\"farewell\",true]");
    }

    @Test
    void muchIsSentAndComesBackWithBackPressure() {
        assertThat(run("""
                const socket = net.connect(PLAIN, '127.0.0.1');
                let length = 0;
                socket.on('data', (chunk) => { length += chunk.length; if (length === 1_000_000) socket.end(); });
                const full = !socket.write(Buffer.alloc(500_000, 'x'));
                await once(socket, 'drain');
                socket.write(Buffer.alloc(500_000, 'y'));
                await once(socket, 'close');
                return [full, length];
                """)).isEqualTo("[true,1000000]");
    }

    @Test
    void failuresHaveTheCodesOfNode() {
        assertThat(run("""
                const told = [];
                for (const [host, port] of [['127.0.0.1', 1], ['10.0.0.1', 80], ['nowhere.invalid', 80]]) {
                  const socket = net.connect(port, host);
                  const [error] = await once(socket, 'error', { signal: AbortSignal.timeout(60_000) }).catch((e) => [e]);
                  told.push(error.code, error.syscall);
                }
                for (const bad of [() => net.connect('/tmp/socket'), () => net.connect({ port: 'x' }), () => net.connect({ port: 70000 }), () => net.createServer()]) {
                  try { bad(); } catch (error) { told.push(error.code); }
                }
                return told;
                """))
                .isEqualTo(
                        "[\"ECONNREFUSED\",\"connect\",\"EACCES\",\"connect\",\"ENOTFOUND\",\"getaddrinfo\","
                                + "\"ERR_METHOD_NOT_IMPLEMENTED\",\"ERR_SOCKET_BAD_PORT\",\"ERR_SOCKET_BAD_PORT\",\"ERR_METHOD_NOT_IMPLEMENTED\"]");
    }

    @Test
    void silenceIsToldByTimeoutAndClosingByClose() {
        assertThat(run("""
                const socket = net.createConnection({ host: '127.0.0.1', port: PLAIN, timeout: 30 });
                await once(socket, 'timeout');
                if (socket.connecting) await once(socket, 'connect');
                const open = socket.readyState;
                socket.destroy();
                const [hadError] = await once(socket, 'close');
                const late = await new Promise((resolve) => socket.write('x', resolve));
                return [open, hadError ?? false, late.code, net.connect(PLAIN, '127.0.0.1').setNoDelay().setKeepAlive(true).ref().unref().destroy().destroyed];
                """)).isEqualTo("[\"open\",false,\"ERR_STREAM_DESTROYED\",true]");
    }

    @Test
    void tlsIsSpokenFromTheStart() {
        assertThat(run("""
                const socket = tls.connect({ host: 'localhost', port: SECURE, servername: 'localhost' });
                await once(socket, 'secureConnect');
                socket.write('hush');
                const [heard] = await once(socket, 'data');
                socket.end();
                return [`${heard}`, socket.encrypted, socket.authorized, socket instanceof net.Socket];
                """)).isEqualTo("[\"hush\",true,true,true]");
    }

    @Test
    void aPlainSocketGoesOnInTls() {
        assertThat(run("""
                const als = new AsyncLocalStorage();
                return als.run('store', async () => {
                  const plain = net.connect(PLAIN, 'localhost');
                  plain.write('starttls');
                  const heard = [];
                  await new Promise((resolve, reject) => plain.on('error', reject).once('data', (data) => {
                    heard.push(`${data}`);
                    const secure = tls.connect({ socket: plain, servername: 'localhost' }, () => secure.write('secret'));
                    secure.on('error', reject).on('data', (bytes) => { heard.push(`${bytes}`, als.getStore()); secure.end(); }).on('close', resolve);
                  }));
                  return heard;
                });
                """)).isEqualTo("[\"go\",\"secret\",\"store\"]");
    }

    @Test
    void whatWouldChangeWhomTlsTrustsIsRefused() {
        assertThat(run("""
                const told = [];
                for (const options of [{ ca: 'x' }, { key: 'x', cert: 'y' }, { secureContext: tls.createSecureContext({ ca: 'x' }) }]) {
                  try { tls.connect({ host: 'localhost', port: SECURE, ...options }); } catch (error) { told.push(error.code); }
                }
                const socket = tls.connect({ host: '127.0.0.1', port: PLAIN, rejectUnauthorized: false });
                const [error] = await once(socket, 'error').catch((e) => [e]);
                return [told, error.code];
                """))
                .isEqualTo(
                        "[[\"ERR_METHOD_NOT_IMPLEMENTED\",\"ERR_METHOD_NOT_IMPLEMENTED\",\"ERR_METHOD_NOT_IMPLEMENTED\"],\"ECONNRESET\"]");
    }
}
