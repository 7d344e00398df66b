package dev.skerry.ingress;

import dev.skerry.binding.Body;
import dev.skerry.binding.HeaderLines;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import dev.skerry.registry.Gate;
import dev.skerry.registry.Registry;
import dev.skerry.runtime.EventHandler;
import dev.skerry.runtime.FetchEvent;
import dev.skerry.runtime.PostedEvent;
import dev.skerry.runtime.WorkerRuntime;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends smoke requests to a version as if by its preview address, whether or not it has one. Thread-safe; waits for the answers. */
@Singleton
public final class SmokeGate implements Gate {
    private final Registry registry;
    private final WorkerRuntime runtime;
    private final IngressConfig.Smoke config;

    @Inject
    public SmokeGate(Registry registry, WorkerRuntime runtime, IngressConfig config) {
        this.registry = registry;
        this.runtime = runtime;
        this.config = config.smoke();
    }

    @Override
    public List<String> failures(Version version, List<Smoke> requests) {
        List<String> failures = new ArrayList<>();
        for (Smoke request : requests) {
            failure(version, request)
                    .ifPresent(what -> failures.add(request.method() + " " + request.path() + " " + what));
        }
        return failures;
    }

    private Optional<String> failure(Version version, Smoke request) {
        Answer answer = new Answer(request.text().isPresent());
        String host = registry.routes().previewHostname(version.environment(), version.id());
        StringBuilder headers = new StringBuilder();
        HeaderLines.append(headers, "host", host);
        HeaderLines.append(headers, "user-agent", "skerry-smoke");
        FetchEvent fetch =
                FetchEvent.of(request.method(), "http://" + host + request.path(), headers.toString(), Body.EMPTY);
        PostedEvent event = runtime.fetch(version, fetch, answer);
        try {
            Optional<String> failure = answer.failure.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return failure.isPresent() ? failure : check(request, answer);
        } catch (TimeoutException e) {
            event.disconnect("The smoke request has waited long enough");
            return Optional.of(
                    "was not answered within " + config.timeout().toMillis() + " ms (skerry.ingress.smoke.timeout)");
        } catch (ExecutionException e) {
            return Optional.of("was answered with a body that broke off: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server stops", e);
        }
    }

    private static Optional<String> check(Smoke request, Answer answer) {
        int status = answer.status;
        if (request.status().isPresent() && request.status().get() != status) {
            return Optional.of(
                    "answered " + status + " instead of " + request.status().get());
        }
        if (request.status().isEmpty() && (status < 200 || status > 399)) {
            return Optional.of("answered " + status);
        }
        return request.text()
                .filter(text -> !answer.text().contains(text))
                .map(text -> "answered " + status + " without the text '" + text + "'");
    }

    /** What came back. Written by one thread after the other, read when {@code failure} is complete. */
    private final class Answer implements EventHandler {
        private final boolean wantsText;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        /** Empty when the worker answered, and its body is here as far as it is wanted. */
        final CompletableFuture<Optional<String>> failure = new CompletableFuture<>();

        private volatile int status;

        private Answer(boolean wantsText) {
            this.wantsText = wantsText;
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void respond(int answered, String statusText, String headers, Body body) {
            status = answered;
            switch (body) {
                case Body.Empty empty -> failure.complete(Optional.empty());
                case Body.Text text -> {
                    bytes.writeBytes(text.text().getBytes(StandardCharsets.UTF_8));
                    failure.complete(Optional.empty());
                }
                case Body.Bytes whole -> {
                    bytes.writeBytes(whole.toArray());
                    failure.complete(Optional.empty());
                }
                case Body.Streamed streamed when wantsText -> read(streamed);
                case Body.Streamed streamed -> {
                    streamed.source().cancel("The smoke request asks for the status alone");
                    failure.complete(Optional.empty());
                }
            }
        }

        /** Loops over the pieces that are there, and comes back for the others. */
        private void read(Body.Streamed body) {
            while (true) {
                CompletionStage<Optional<ByteBuffer>> piece = body.source().read();
                CompletableFuture<Optional<ByteBuffer>> next = piece.toCompletableFuture();
                if (!next.isDone()) {
                    next.whenComplete((bytesRead, broken) -> {
                        if (accept(body, next)) {
                            read(body);
                        }
                    });
                    return;
                }
                if (!accept(body, next)) {
                    return;
                }
            }
        }

        /** Whether there is more to read. */
        private boolean accept(Body.Streamed body, CompletableFuture<Optional<ByteBuffer>> piece) {
            if (piece.isCompletedExceptionally()) {
                failure.completeExceptionally(piece.exceptionNow());
                return false;
            }
            Optional<ByteBuffer> read = piece.resultNow();
            if (read.isEmpty()) {
                failure.complete(Optional.empty());
                return false;
            }
            byte[] array = new byte[read.get().remaining()];
            read.get().get(array);
            bytes.writeBytes(array);
            if (bytes.size() >= config.body().bytes()) {
                body.source().cancel("The smoke request has read enough");
                failure.complete(Optional.empty());
                return false;
            }
            return true;
        }

        @Override
        public void end(Outcome outcome) {
            // After an answer this is no news.
            switch (outcome) {
                case Outcome.Ok ok -> {}
                case Outcome.Threw threw ->
                    failure.complete(Optional.of("threw " + threw.name() + ": " + threw.message()));
                case Outcome.Exceeded exceeded -> failure.complete(Optional.of("broke a limit: " + exceeded.detail()));
                case Outcome.Canceled canceled -> failure.complete(Optional.of("was canceled: " + canceled.reason()));
                case Outcome.ScriptNotFound missing -> failure.complete(Optional.of(missing.detail()));
                case Outcome.ResponseStreamDisconnected gone -> failure.complete(Optional.of("broke off"));
            }
        }
    }
}
