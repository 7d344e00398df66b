package dev.skerry.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder of everything that outlives the process, readable for its owner alone, and locked as long as this is open: two processes never share it.
 * Thread-safe.
 */
public final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder where it is not there, and locks it.
     *
     * @throws StoreException when it cannot be made, or another process has it
     */
    public static DataFolder open(Path path) {
        try {
            Files.createDirectories(path, ownerOnly("rwx------"));
            FileChannel channel =
                    FileChannel.open(path.resolve("skerry.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StoreException("The data folder " + path.toAbsolutePath()
                        + " is in use by another Skerry; stop that one, or set skerry.data to another folder");
            }
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new StoreException("The data folder " + path.toAbsolutePath() + " cannot be used: " + e, e);
        }
    }

    public Path path() {
        return path;
    }

    /** The path of a file in the folder; made empty, readable for its owner alone, where it is not there. */
    public Path privateFile(String name) {
        Path file = path.resolve(name);
        try {
            createPrivate(file);
        } catch (FileAlreadyExistsException e) {
            // As it should be, from the second start on.
        } catch (IOException e) {
            throw new StoreException("The file " + file.toAbsolutePath() + " cannot be made: " + e, e);
        }
        return file;
    }

    /** Makes an empty file, readable for its owner alone. */
    static void createPrivate(Path file) throws IOException {
        Files.createFile(file, ownerOnly("rw-------"));
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StoreException("The data folder " + path + " cannot be unlocked: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
