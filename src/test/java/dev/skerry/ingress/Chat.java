package dev.skerry.ingress;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A worker that answers with a WebSocket, and to anything else with how many it opened and what its code kept. */
final class Chat {
    private Chat() {}

    /** Deploys it as {@code chat}; {@code code} uses {@code ws}, the accepted end. */
    static void deploy(TestIngress server, String code) {
        server.deploy("chat", accepting(code));
    }

    static String accepting(String code) {
        return """
                let opened = 0, state = [];
                export default {
                  async fetch(request, env, ctx) {
                    if (request.headers.get('upgrade') !== 'websocket') return Response.json({ opened, state });
                    const [client, ws] = Object.values(new WebSocketPair());
                    ws.accept();
                    opened++;
                    const headers = new Headers();
                    %s
                    return new Response(null, { status: 101, webSocket: client, headers });
                  },
                };
                """.formatted(code);
    }

    /** What a worker answers to GET, without a WebSocket unless a header asks for one. */
    static HttpResponse<String> get(TestIngress server, String service, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri("http", "/")).header("Host", TestIngress.host(service));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
