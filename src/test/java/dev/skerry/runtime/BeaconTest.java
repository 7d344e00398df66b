package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** {@code navigator.sendBeacon}, to a real server. */
class BeaconTest {
    @Test
    void aBeaconArrivesBeforeItsEventEndsAndAFailureIsNobodys() throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        try (TestWorkers workers = new TestWorkers("skerry.egress.allow=127.0.0.1")) {
            TestWorkers.Answer answer = workers.get(
                    workers.deploy("beacon", List.of(), TestWorkers.module("main.js", """
                    Object.prototype.method = 'DELETE';
                    let early = navigator.sendBeacon('%1$s/global');
                    export default {
                      fetch: () => new Response([early, navigator.sendBeacon('%1$s/seen', 'a body'), navigator.sendBeacon('none')].join()),
                    };
                    """.formatted(base))));

            assertThat(answer.outcome()).hasToString("Ok[]");
            assertThat(answer.body()).isEqualTo("false,true,true");
            assertThat(heard).containsExactly("POST /seen a body");
        } finally {
            server.stop(0);
        }
    }
}
