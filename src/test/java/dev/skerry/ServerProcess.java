package dev.skerry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Skerry as a user starts it: {@code scripts/skerry serve} in a process of its own, on ports that were free. SKERRY_MODE in the environment says whether that is the
 * jar or the native executable. Thread-safe.
 */
public final class ServerProcess implements AutoCloseable {
    /** How long a start, a stop or anything that is awaited may take on a busy machine. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration LOOK = Duration.ofMillis(20);

    static {
        // The service is chosen by the Host header, and no resolver knows names below localhost.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final Path log;
    private final int workers;
    private final int admin;

    private ServerProcess(Process process, Path log, int workers, int admin) {
        this.process = process;
        this.log = log;
        this.workers = workers;
        this.admin = admin;
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param folder where {@code data} and {@code log} are
     * @param variables of its environment, besides the data folder and the ports
     * @param options of {@code serve}, besides the file
     */
    public static ServerProcess start(Path config, Path folder, Map<String, String> variables, String... options) {
        ServerProcess server = launch(config, folder, variables, options);
        try {
            server.await("ready", server::ready);
        } catch (RuntimeException | Error e) {
            server.kill();
            throw e;
        }
        return server;
    }

    /** Starts a server and waits for nothing. */
    static ServerProcess launch(Path config, Path folder, Map<String, String> variables, String... options) {
        int workers = freePort();
        int admin = freePort();
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of("scripts/skerry", "serve", "--config", config.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("SKERRY_DATA", folder.resolve("data").toString());
        environment.put("SKERRY_LISTEN_WORKERS", "127.0.0.1:" + workers);
        environment.put("SKERRY_LISTEN_ADMIN", "127.0.0.1:" + admin);
        environment.putAll(variables);
        try {
            return new ServerProcess(builder.start(), log, workers, admin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the worker at a host answers to GET. */
    public HttpResponse<String> get(String host, String path, String... headers) {
        return send(to(host, path, headers).GET());
    }

    /** What the worker at a host answers to a POST of text. */
    HttpResponse<String> post(String host, String path, String body, String... headers) {
        return send(to(host, path, headers).POST(BodyPublishers.ofString(body)));
    }

    /** What the admin port answers to GET. */
    public HttpResponse<String> admin(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + adminAddress() + path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Host and port of the admin side. */
    public String adminAddress() {
        return "127.0.0.1:" + admin;
    }

    private HttpRequest.Builder to(String host, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + workers + path))
                .header("host", host);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return exchange(request);
        } catch (IOException e) {
            throw new UncheckedIOException(said(), e);
        }
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean ready() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("The server ended with " + process.exitValue() + said());
        }
        try {
            return exchange(HttpRequest.newBuilder(URI.create("http://" + adminAddress() + "/q/health/ready")))
                            .statusCode()
                    == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Waits until a line of the log contains the text, whichever start of the server wrote it. */
    void awaitLog(String text) {
        await("a log with: " + text, () -> log().contains(text));
    }

    /** Waits for a condition. */
    public void await(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Not within " + PATIENCE + ": " + what + said());
                }
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }

    /** What the server has written to its standard output and error so far. */
    public String log() {
        try {
            // Not readString: the last character may be there in part.
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> logLines() {
        return log().lines().toList();
    }

    private String said() {
        return "\n--- the server's log:\n" + log();
    }

    /** The port on which workers answer. */
    int port() {
        return workers;
    }

    /** Whether it is the native executable. */
    boolean isNative() {
        return !process.info().command().orElse("").endsWith("java");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the process to end of its own, and gives its exit code. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE)) {
                kill();
                throw new AssertionError("The server did not end within " + PATIENCE + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** SIGKILL: what a crash of the machine does to the process. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM, and waits for the end. */
    @Override
    public void close() {
        process.destroy();
        exitCode();
    }

    /** A port that is free, and none of those that the system gives outgoing connections: so it is free still when a server comes to bind it. */
    public static int freePort() {
        for (int tries = 0; tries < 1000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // It is somebody else's.
            }
        }
        throw new AssertionError("No port is free");
    }
}
