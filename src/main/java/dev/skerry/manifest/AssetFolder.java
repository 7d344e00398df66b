package dev.skerry.manifest;

import dev.skerry.assets.AssetFiles;
import dev.skerry.model.Bytes;
import dev.skerry.model.StaticFiles;
import dev.skerry.model.StaticFiles.StaticFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of static files. Their bytes are read twice, and never held together: once to know them, and again to keep those of a version that is made.
 * Confined to one thread.
 */
final class AssetFolder {
    private static final String HEADERS = "_headers";
    private static final String REDIRECTS = "_redirects";
    private static final int HASH_DIGITS = 32;

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("md", "text/markdown; charset=utf-8"),
            Map.entry("csv", "text/csv; charset=utf-8"),
            Map.entry("xml", "text/xml; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("zip", "application/zip"),
            Map.entry("gz", "application/gzip"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("ico", "image/vnd.microsoft.icon"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("ttf", "font/ttf"),
            Map.entry("otf", "font/otf"));

    private final Path folder;
    private final SourceFiles files;
    private final AssetsEntry entry;

    AssetFolder(Path folder, SourceFiles files, AssetsEntry entry) {
        this.folder = folder;
        this.files = files;
        this.entry = entry;
    }

    /** @throws IllegalArgumentException when a file cannot be one of a version */
    StaticFiles read(long largest, int most) throws IOException {
        List<StaticFile> found = new ArrayList<>();
        String headers = "";
        String redirects = "";
        for (Path file : files.walk(folder)) {
            String path = "/" + folder.relativize(file).toString().replace('\\', '/');
            byte[] bytes = files.read(file);
            switch (path) {
                case "/" + HEADERS -> headers = new String(bytes, StandardCharsets.UTF_8);
                case "/" + REDIRECTS -> redirects = new String(bytes, StandardCharsets.UTF_8);
                default -> {
                    if (bytes.length > largest || found.size() == most) {
                        throw new IllegalArgumentException("'" + entry.directory() + "' has the file '" + path
                                + "', which is larger than " + largest
                                + " bytes (skerry.assets.file), or has more than "
                                + most + " files (skerry.assets.files)");
                    }
                    String sha256 = Bytes.wrap(bytes).sha256();
                    found.add(new StaticFile(path, sha256.substring(0, HASH_DIGITS), sha256, bytes.length, type(path)));
                }
            }
        }
        return new StaticFiles(found, entry.serving().withRules(headers, redirects));
    }

    /** Keeps the bytes of files that were read. */
    void keep(StaticFiles read, String owner, AssetFiles store) throws IOException {
        for (StaticFile file : read.files()) {
            Bytes bytes =
                    Bytes.wrap(Files.readAllBytes(folder.resolve(file.path().substring(1))));
            if (!bytes.sha256().equals(file.sha256())) {
                throw new IOException("'" + file.path() + "' is being changed");
            }
            store.keep(owner, List.of(new AssetFiles.Given(file.hash(), bytes, file.type())));
        }
    }

    private static Optional<String> type(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return Optional.ofNullable(
                TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)));
    }
}
