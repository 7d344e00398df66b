package dev.skerry.runtime;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/** The modules of whoever moves into a realm: a context's file system is fixed when it is made. */
final class TenantFiles implements FileSystem {
    private final Tenant tenant;

    TenantFiles(Tenant tenant) {
        this.tenant = tenant;
    }

    @Override
    public Path parsePath(URI uri) {
        return tenant.modules().parsePath(uri);
    }

    @Override
    public Path parsePath(String path) {
        return tenant.modules().parsePath(path);
    }

    @Override
    public Path toAbsolutePath(Path path) {
        return tenant.modules().toAbsolutePath(path);
    }

    @Override
    public Path toRealPath(Path path, LinkOption... options) throws IOException {
        return tenant.modules().toRealPath(path, options);
    }

    @Override
    public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options) throws IOException {
        tenant.modules().checkAccess(path, modes, options);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return tenant.modules().newByteChannel(path, options, attributes);
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        tenant.modules().createDirectory(directory, attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        tenant.modules().delete(path);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        return tenant.modules().newDirectoryStream(directory, filter);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return tenant.modules().readAttributes(path, attributes, options);
    }
}
