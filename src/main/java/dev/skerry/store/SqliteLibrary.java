package dev.skerry.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/**
 * SQLite's native library in the data folder, where the driver is told to look first. By itself it asks other processes and files what machine this
 * is, and writes the library to the folder for temporary files at each start: a quarter of the native executable's time to its first answer. What
 * cannot be prepared or loaded here is left to it.
 */
final class SqliteLibrary {
    private static final String NAME = "libsqlitejdbc.so";
    /** The driver's names of processors, by the JDK's. */
    private static final Map<String, String> PROCESSORS = Map.of("amd64", "x86_64", "aarch64", "aarch64");

    private SqliteLibrary() {}

    /** Puts the library into the folder, if it is not there as it should be, and has the first connection of the process load it. */
    static void prepare(DataFolder folder) {
        String processor = PROCESSORS.get(System.getProperty("os.arch"));
        if (processor == null || !System.getProperty("os.name").equals("Linux")) {
            return;
        }
        Path file = folder.path().toAbsolutePath().resolve(NAME);
        try {
            byte[] library = read("/org/sqlite/native/Linux/" + processor + "/" + NAME);
            if (library == null) {
                return;
            }
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), library)) {
                // Never in place: a process that has the old one loaded keeps it.
                Path made = Files.createTempFile(folder.path(), NAME, null);
                Files.write(made, library);
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new StoreException("SQLite's library " + file + " cannot be written: " + e, e);
        }
        System.setProperty("org.sqlite.lib.path", file.getParent().toString());
        System.setProperty("org.sqlite.lib.name", NAME);
        // Where it looks for what earlier starts left behind.
        System.setProperty("org.sqlite.tmpdir", file.getParent().toString());
    }

    private static byte @Nullable [] read(String resource) throws IOException {
        try (InputStream in = JDBC.class.getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
