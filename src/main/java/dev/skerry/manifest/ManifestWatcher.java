package dev.skerry.manifest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Applies a manifest again when it, or a file that it names, has changed: within a second, once nobody has written for one look. An edit that cannot be
 * applied leaves everything as it was, and is told in the log. It looks at the files' times and sizes, which works on every file
 * system. Thread-safe; it works on a thread of its own.
 */
public final class ManifestWatcher implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ManifestWatcher.class);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final ManifestApplier applier;
    private final Path file;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private SourceFiles files;

    private ManifestWatcher(ManifestApplier applier, Path file, SourceFiles files) {
        this.applier = applier;
        this.file = file;
        this.files = files;
        this.thread =
                Thread.ofPlatform().name("skerry-manifest-watcher").daemon().unstarted(this::run);
    }

    /** The first application, whose failure is the caller's, and a watcher from there on. */
    public record Started(ManifestResult result, ManifestWatcher watcher) {}

    /**
     * Applies the file and goes on watching.
     *
     * @throws ManifestException when the file cannot be applied; then nothing watches
     */
    public static Started start(ManifestApplier applier, Path file) {
        SourceFiles files = new SourceFiles();
        ManifestResult result = applier.apply(file, files);
        ManifestWatcher watcher = new ManifestWatcher(applier, file, files);
        watcher.thread.start();
        return new Started(result, watcher);
    }

    /** Ends the thread; an application that runs is finished first. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Object last = files.now();
        while (!awaitClose()) {
            try {
                Object now = files.now();
                if (now.equals(last) && files.changed()) {
                    apply();
                    now = files.now();
                }
                last = now;
            } catch (OutOfMemoryError e) {
                // The next look is soon.
            }
        }
    }

    private void apply() {
        SourceFiles read = new SourceFiles();
        try {
            ManifestResult result = applier.apply(file, read);
            result.lines().stream()
                    .filter(ManifestResult.Line::changed)
                    .forEach(line -> LOG.infof("%s: %s is at version %d", file, line.environment(), line.version()));
        } catch (ManifestException e) {
            LOG.errorf("%s has changed and cannot be applied; what served goes on serving:%n%s", file, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s has changed and cannot be applied; what served goes on serving", file);
        }
        files = read;
    }

    private boolean awaitClose() {
        try {
            return closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
