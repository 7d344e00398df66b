package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of {@code node:http}, to a real server. */
class NodeHttpTest {
    private final Origin origin = new Origin(new HttpServerOptions());
    private final TestWorkers workers = new TestWorkers("skerry.egress.allow=127.0.0.1");

    @AfterEach
    void close() {
        workers.close();
        origin.close();
    }

    private String run(String code) {
        WorkerScript script = new WorkerScript("""
                        import http from 'node:http';
                        import https from 'node:https';
                        import { once } from 'node:events';
                        const ORIGIN = 'http://127.0.0.1:%d';
                        // What came of a request: the message, and its body as text.
                        async function answer(request) {
                          const [message] = await once(request, 'response');
                          let text = '';
                          for await (const piece of message.setEncoding('utf8')) text += piece;
                          return { message, text };
                        }
                        """.formatted(origin.port()), List.of("nodejs_compat"));
        return script.run(workers, code);
    }

    @Test
    void aRequestIsSentWithItsHeadersAndItsBody() {
        assertThat(run("""
                const request = http.request(`${ORIGIN}/echo?a=1`, { method: 'put', headers: { 'X-A': 'b', 'Content-Type': 'text/plain' }, auth: 'u:p' });
                request.write('one ');
                request.end('two');
                const { message, text } = await answer(request), { method, uri, headers, body } = JSON.parse(text);
                return [message.statusCode, message.statusMessage, message.headers['x-method'], message.headers['set-cookie'], message.complete, method, uri, headers['x-a'],
                  headers.authorization, headers['content-length'], body];
                """))
                .isEqualTo(
                        "[200,\"OK\",\"PUT\",[\"a=1\",\"b=2\"],true,\"PUT\",\"/echo?a=1\",\"b\",\"Basic dTpw\",\"7\",\"one two\"]");
    }

    @Test
    void optionsNameTheTargetAsAnUrlDoes() {
        assertThat(run("""
                const { hostname, port } = new URL(ORIGIN);
                const requests = [http.get({ hostname, port, path: '/a' }), http.get({ host: hostname, port: Number(port), path: '/b', agent: false }),
                  http.get(new URL(`${ORIGIN}/c`), { headers: { a: 'b' } }), https.get(`${ORIGIN}/d`, { protocol: 'http:' })];
                return (await Promise.all(requests.map(answer))).map(({ text }) => text);
                """)).isEqualTo("[\"no /a\",\"no /b\",\"no /c\",\"no /d\"]");
    }

    @Test
    void redirectsAreNotFollowedAndWhatIsPackedComesPacked() {
        assertThat(run("""
                const moved = await answer(http.get(`${ORIGIN}/redirect?status=302&to=/elsewhere`)), packed = await answer(http.get(`${ORIGIN}/gzip`));
                const { headers } = packed.message, asked = JSON.parse((await answer(http.get(`${ORIGIN}/echo`))).text).headers;
                return [moved.message.statusCode, moved.message.headers.location, packed.text.length < 1000, headers['content-encoding'], 'content-length' in headers, asked['accept-encoding'] ?? null];
                """)).isEqualTo("[302,\"/elsewhere\",true,\"gzip\",true,null]");
    }

    @Test
    void failuresTimeoutsAndEndsAreEvents() {
        assertThat(run("""
                const told = [];
                const [refused] = await once(http.get('http://127.0.0.1:1/'), 'error');
                told.push(refused.code);
                const slow = http.get(`${ORIGIN}/never`, { timeout: 30 });
                await once(slow, 'timeout');
                slow.destroy();
                told.push((await once(slow, 'error'))[0].code);
                const controller = new AbortController(), aborted = http.get(`${ORIGIN}/never`, { signal: controller.signal });
                setTimeout(() => controller.abort(), 5);
                told.push((await once(aborted, 'error'))[0].name);
                const events = [], request = http.get(`${ORIGIN}/a`, (message) => message.on('end', () => events.push('end')).resume());
                for (const name of ['socket', 'finish', 'response']) request.on(name, () => events.push(name));
                await once(request, 'close');
                return [told, events];
                """))
                .isEqualTo(
                        "[[\"ECONNREFUSED\",\"ECONNRESET\",\"AbortError\"],[\"socket\",\"finish\",\"response\",\"end\"]]");
    }
}
