package dev.skerry.ingress;

/** A server for each test, with a worker that answers with a WebSocket. */
abstract class OpenChat extends OpenIngress {
    /** Deploys the worker; {@code code} uses {@code ws}, the accepted end. */
    void start(String code, String... settings) {
        if (settings.length > 0) {
            restart(settings);
        }
        Chat.deploy(server, code);
    }
}
