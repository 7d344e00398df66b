package dev.skerry.manifest;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a manifest for each test, and a registry of its own. */
abstract class OpenFolder {
    @TempDir
    Path temp;

    ManifestFolder folder;

    @BeforeEach
    void open() {
        folder = new ManifestFolder(temp);
    }

    @AfterEach
    void close() {
        folder.close();
    }
}
