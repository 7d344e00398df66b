package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Where fetch() goes when it is sent on, and what it takes along. */
class FetchRedirectsTest {
    @AutoClose
    private final Fetcher fetcher = new Fetcher();

    @Test
    void redirectsAreFollowed() {
        assertThat(fetcher.run("""
                const to = (status, path) => `${BASE}/redirect?status=${status}&to=${encodeURIComponent(path)}`;
                const seen = [];
                for (const [status, method, body] of [[301, 'POST', 'x'], [302, 'POST', 'x'], [303, 'PUT', 'x'], [303, 'GET'], [307, 'POST', 'x'], [308, 'PUT', 'x'], [302, 'PUT', 'x']]) {
                  const response = await fetch(to(status, '/echo'), { method, body });
                  const echo = await response.json();
                  seen.push([status, response.redirected, response.url === BASE + '/echo', echo.method, echo.body, echo.headers['content-type'] ?? '-'].join());
                }
                return seen.join(' ');
                """))
                .isEqualTo("301,true,true,GET,,- 302,true,true,GET,,- 303,true,true,GET,,- 303,true,true,GET,,-"
                        + " 307,true,true,POST,x,text/plain;charset=UTF-8 308,true,true,PUT,x,text/plain;charset=UTF-8"
                        + " 302,true,true,PUT,x,text/plain;charset=UTF-8");
    }

    @Test
    void redirectsMayBeRefusedOrLeftAlone() {
        assertThat(fetcher.run("""
                const url = `${BASE}/redirect?status=302&to=/echo`;
                const manual = await fetch(url, { redirect: 'manual' });
                return [manual.status, manual.headers.get('location'), manual.redirected, await manual.text(), await failure(fetch(url, { redirect: 'error' })),
                  await failure(fetch(`${BASE}/redirect?status=302&to=http://[`)), await failure(fetch(`${BASE}/redirect?status=302&to=ftp://x/`))];
                """))
                .startsWith("[302,\"/echo\",false,\"moved\",\"TypeError: fetch: the response is a redirect")
                .contains("invalid URL")
                .contains("Fetch API cannot load: ftp://x/");
    }

    @Test
    void redirectsEnd() {
        assertThat(fetcher.run("return failure(fetch(`${BASE}/redirect?status=302&to=`));"))
                .isEqualTo("TypeError: Too many redirects.");
    }

    @Test
    void credentialsStayWithTheirOrigin() {
        assertThat(fetcher.run("""
                const headers = { authorization: 'secret', cookie: 'c=1', 'x-a': '1' };
                const other = BASE.replace('127.0.0.1', 'localhost');
                const seen = async (base) => {
                  const response = await fetch(`${BASE}/redirect?status=307&to=${encodeURIComponent(base + '/echo')}`, { headers });
                  const echo = await response.json();
                  return [echo.headers.authorization, echo.headers.cookie, echo.headers['x-a']].join();
                };
                return [await seen(BASE), await seen(other), await failure(fetch(BASE.replace('//', '//u:p@')))];
                """))
                .startsWith("[\"secret,c=1,1\",\",,1\",\"TypeError: fetch: the URL includes credentials");
    }

    @Test
    void aRedirectToAPrivateAddressIsRefused() {
        fetcher.restart("skerry.egress.allow=localhost:" + fetcher.origin.port());
        assertThat(fetcher.run("""
                const url = BASE.replace('127.0.0.1', 'localhost');
                return failure(fetch(`${url}/redirect?status=302&to=${encodeURIComponent(BASE + '/echo')}`));
                """)).contains("is refused");
    }

    @Test
    void eachHopIsASubrequest() {
        fetcher.restart("skerry.egress.allow=127.0.0.1", "skerry.limits.subrequests=2");
        assertThat(fetcher.run("""
                const first = await fetch(BASE + '/redirect?status=302&to=/echo');
                return [first.status, await failure(fetch(BASE + '/echo'))];
                """)).startsWith("[200,\"Error: Too many subrequests");
    }

    @Test
    void aRedirectWhoseBodyHasNoLengthKeepsItsConnection() {
        assertThat(fetcher.run("""
                for (let i = 0; i < 10; i++) await (await fetch(BASE + '/chunks')).text();
                for (let i = 0; i < 10; i++) await (await fetch(BASE + '/chunks', { redirect: 'manual' })).body.cancel();
                return 'done';
                """)).isEqualTo("done");
        // The next request may go out before the connection is free, not each time.
        assertThat(fetcher.origin.connections).hasValueLessThanOrEqualTo(5);
    }
}
