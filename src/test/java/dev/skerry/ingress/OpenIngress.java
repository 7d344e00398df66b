package dev.skerry.ingress;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of workers for each test. */
abstract class OpenIngress {
    @TempDir
    Path folder;

    TestIngress server;

    @BeforeEach
    void open() {
        server = new TestIngress(folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Has other settings hold from now on, and none but these. */
    void restart(String... settings) {
        server.close();
        server = new TestIngress(folder, settings);
    }
}
