package dev.skerry.wrangler;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The packaged program as a process of its own: what {@code scripts/skerry serve} starts, with ports and data in a folder of the test. */
final class RunningSkerry implements AutoCloseable {
    static final String TOKEN = "a token for wrangler";
    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static {
        // Workers are told apart by their hostname, and no name server knows these.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private final Process process;
    private final Path log;
    private final int admin;
    private final int workers;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningSkerry(Process process, Path log, int admin, int workers) {
        this.process = process;
        this.log = log;
        this.admin = admin;
        this.workers = workers;
    }

    static RunningSkerry start(Path folder) throws IOException, InterruptedException {
        int admin = freePort();
        int workers = freePort();
        Path file = Files.writeString(
                folder.resolve("skerry.yaml"), """
                skerry:
                  data: %s
                  admin-token: %s
                  account-id: %s
                  listen: { admin: "127.0.0.1:%d", workers: "127.0.0.1:%d" }
                """.formatted(folder.resolve("data"), TOKEN, ACCOUNT, admin, workers));
        Path log = folder.resolve("skerry.out");
        Process process = new ProcessBuilder("scripts/skerry", "serve", "--config", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RunningSkerry skerry = new RunningSkerry(process, log, admin, workers);
        skerry.waitUntilItAnswers();
        return skerry;
    }

    private void waitUntilItAnswers() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (get(admin, "/q/health", "127.0.0.1").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
        close();
        throw new IllegalStateException("Skerry did not start:\n" + Files.readString(log));
    }

    /** Where the API answers. */
    String api() {
        return "http://127.0.0.1:" + admin + "/client/v4";
    }

    /** What the workers answer to GET / at a hostname. */
    String ask(String host) throws IOException, InterruptedException {
        return ask(host, "/");
    }

    String ask(String host, String path) throws IOException, InterruptedException {
        return get(workers, path, host).body();
    }

    private HttpResponse<String> get(int port, String path, String host) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Host", host)
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        http.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
