package dev.skerry.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.OwnLimits;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How much waits for whoever reads a WebSocket slowly, and how large a message may be. */
class SocketPaceTest extends OpenChat {
    @Test
    void anEnvironmentMayTakeLargerMessagesThanTheOthers() {
        server.deploy(
                "wide",
                Chat.accepting("ws.addEventListener('message', ({ data }) => ws.send(`${data.byteLength}`));"),
                OwnLimits.of("web-socket-message=8MB"));
        TestSocket socket = TestSocket.open(server, "wide", "/");
        assertThat(socket.send(new byte[6_000_000]).next()).isEqualTo("6000000");
    }

    @Test
    void aMessageThatIsTooBigClosesTheSocket() throws Exception {
        start(
                "ws.addEventListener('message', ({ data }) => ws.send(data)); ws.addEventListener('close', ({ code }) => state.push(code));",
                "skerry.limits.web-socket-message=100KB");
        TestSocket fits = TestSocket.open(server, "chat", "/");
        assertThat(fits.send(new byte[100_000]).next()).isEqualTo("binary 100000");
        TestSocket frame = TestSocket.open(server, "chat", "/");
        frame.sendLater(new byte[110_000]);
        assertThat(frame.next()).startsWith("close 1009");
        TestIngress.await(() -> server.outcomes.size() == 1);
        assertThat(Chat.get(server, "chat").body()).isEqualTo("{\"opened\":2,\"state\":[1006]}");
    }

    @Test
    void aClientThatDoesNotReadIsClosedWhenTooMuchWaits() throws Exception {
        start("""
                ws.addEventListener('message', async () => {
                  let sent = 0;
                  while (ws.readyState === WebSocket.OPEN && sent < 1000) {
                    ws.send(new Uint8Array(65_536));
                    if (++sent % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
                  }
                });
                ws.addEventListener('error', ({ message }) => state.push(message.includes('skerry.limits.web-socket-queue')));
                """, "skerry.limits.web-socket-queue=1MB");
        try (RawSocket slow = RawSocket.open(server, "chat")) {
            slow.send("go");
            TestIngress.await(() -> !server.outcomes.isEmpty());
            assertThat(Chat.get(server, "chat").body()).contains("[true]");
        }
    }

    @Test
    void aClientThatReadsLateGetsAll() throws Exception {
        start("""
                ws.addEventListener('message', () => {
                  for (let i = 0; i < 40; i++) ws.send(new Uint8Array(65_536));
                  state.push('sent');
                });
                """);
        try (RawSocket late = RawSocket.open(server, "chat")) {
            late.send("go");
            TestIngress.await(() -> {
                try {
                    return Chat.get(server, "chat").body().contains("sent");
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            // The header of such a frame has 10 bytes.
            late.read(40 * (65_536 + 10));
        }
    }

    @Test
    void aWorkerThatMindsWhatWaitsSendsAsSlowlyAsItsClientReads() throws Exception {
        start("""
                ws.addEventListener('message', async () => {
                  const most = 1_000_000;
                  for (let sent = 1; sent <= 1000; sent++) {
                    while (ws.bufferedAmount > most) await new Promise((resolve) => setTimeout(resolve, 1));
                    ws.send(new Uint8Array(65_536));
                    state = [sent];
                  }
                });
                """);
        try (RawSocket slow = RawSocket.open(server, "chat")) {
            slow.send("go");
            int before;
            int sent = 0;
            do {
                before = sent;
                LockSupport.parkNanos(300_000_000);
                sent = Integer.parseInt(Chat.get(server, "chat").body().replaceAll(".*\\[(\\d*)\\].*", "0$1"));
            } while (sent == 0 || sent != before);
            // It stands still: what waits is the queue's megabyte, and what the two ends of the connection hold.
            assertThat(sent).isLessThan(200);

            for (int i = 0; i < 1000; i++) {
                slow.read(65_536 + 10);
            }
            assertThat(Chat.get(server, "chat").body()).contains("[1000]");
        }
    }

    @Test
    void aWorkerThatDoesNotReadHoldsTheClientBack() throws Exception {
        start("""
                ws.addEventListener('message', ({ data }) => {
                  if (data === 'stop') {
                    const end = Date.now() + 4000;
                    while (Date.now() < end);
                    ws.send('awake');
                  } else {
                    state.push(data.byteLength);
                  }
                });
                """);
        TestSocket socket = TestSocket.open(server, "chat", "/");
        socket.send("stop");
        int sent = 0;
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        long progress = System.nanoTime();
        // Until it stands still, or the worker reads on.
        while (!socket.hasHeard() && sent < 100 && System.nanoTime() - progress < TimeUnit.SECONDS.toNanos(1)) {
            if (last.isDone()) {
                last = socket.sendLater(new byte[500_000]);
                progress = System.nanoTime();
                sent++;
            }
            LockSupport.parkNanos(1_000_000);
        }
        // 50 MB do not fit into the buffers on the way.
        assertThat(sent).isLessThan(60);
        last.get(2, TimeUnit.MINUTES);
        int all = sent;
        TestIngress.await(() -> {
            try {
                return Chat.get(server, "chat").body().split("500000", -1).length - 1 == all;
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
