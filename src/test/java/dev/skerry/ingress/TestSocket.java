package dev.skerry.ingress;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's WebSocket client, and what it heard: texts, sizes of binary messages as {@code binary N}, {@code close CODE REASON}, {@code error}. */
final class TestSocket implements WebSocket.Listener {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private int binary;
    private final WebSocket socket;

    private TestSocket(TestIngress server, String service, String path, String... protocols) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder()
                .header("Host", TestIngress.host(service))
                .header("cookie", "a=1");
        if (protocols.length > 0) {
            List<String> others = new ArrayList<>(List.of(protocols));
            String first = others.removeFirst();
            builder.subprotocols(first, others.toArray(String[]::new));
        }
        socket = builder.buildAsync(server.uri("ws", path), this).join();
    }

    static TestSocket open(TestIngress server, String service, String path, String... protocols) {
        return new TestSocket(server, service, path, protocols);
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    TestSocket send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    TestSocket send(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
        return this;
    }

    CompletableFuture<WebSocket> sendLater(byte[] message) {
        return socket.sendBinary(ByteBuffer.wrap(message), true);
    }

    TestSocket close(int code, String reason) {
        socket.sendClose(code, reason).join();
        return this;
    }

    void leave() {
        socket.abort();
    }

    boolean hasHeard() {
        return !heard.isEmpty();
    }

    /** The next thing that was heard. */
    String next() {
        try {
            String next = heard.poll(5, TimeUnit.MINUTES);
            if (next == null) {
                throw new AssertionError("Nothing was heard");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            heard.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        binary += data.remaining();
        if (last) {
            heard.add("binary " + binary);
            binary = 0;
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        heard.add(("close " + code + " " + reason).strip());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        heard.add("error " + error);
    }
}
