package dev.skerry.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.sqlite.JDBC;

/**
 * SQLite's native library in the data folder, where the driver is told to look first. By itself it asks other processes and files what machine this
 * is, and writes the library to the folder for temporary files at each start: a quarter of the native executable's time to its first answer. What
 * cannot be prepared or loaded here is left to it.
 */
final class SqliteLibrary {
    private static final String NAME = "libsqlitejdbc.so";
    /** Bytes that are compared at a time. */
    private static final int BLOCK = 1 << 16;

    /** The driver's names of processors, by the JDK's. */
    private static final Map<String, String> PROCESSORS = Map.of("amd64", "x86_64", "aarch64", "aarch64");

    private SqliteLibrary() {}

    /** Puts the library into the folder, if it is not there as it should be, and has the first connection of the process load it. */
    static void prepare(DataFolder folder) {
        String processor = PROCESSORS.get(System.getProperty("os.arch"));
        if (processor == null || !System.getProperty("os.name").equals("Linux")) {
            return;
        }
        Path place = folder.path().toAbsolutePath();
        Path file = place.resolve(NAME);
        String resource = "/org/sqlite/native/Linux/" + processor + "/" + NAME;
        try (InputStream library = JDBC.class.getResourceAsStream(resource)) {
            if (library == null) {
                return;
            }
            if (!same(library, file)) {
                write(resource, place, file);
            }
        } catch (IOException e) {
            throw new StoreException("SQLite's library " + file + " cannot be written: " + e, e);
        }
        System.setProperty("org.sqlite.lib.path", place.toString());
        System.setProperty("org.sqlite.lib.name", NAME);
        // Where it looks for what earlier starts left behind.
        System.setProperty("org.sqlite.tmpdir", place.toString());
    }

    private static boolean same(InputStream library, Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        byte[] wanted = new byte[BLOCK];
        byte[] found = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            int read;
            do {
                read = library.readNBytes(wanted, 0, BLOCK);
                if (in.readNBytes(found, 0, BLOCK) != read || !Arrays.equals(wanted, 0, read, found, 0, read)) {
                    return false;
                }
            } while (read == BLOCK);
            return true;
        }
    }

    /** Never in place: a process that has the old one loaded keeps it. */
    private static void write(String resource, Path folder, Path file) throws IOException {
        Path made = Files.createTempFile(folder, NAME, null);
        try (InputStream library = Objects.requireNonNull(JDBC.class.getResourceAsStream(resource));
                OutputStream out = Files.newOutputStream(made)) {
            library.transferTo(out);
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
