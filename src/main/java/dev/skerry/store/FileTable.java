package dev.skerry.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.skerry.model.Bytes;
import dev.skerry.model.StaticFiles;
import dev.skerry.model.StaticFiles.HtmlHandling;
import dev.skerry.model.StaticFiles.NotFoundHandling;
import dev.skerry.model.StaticFiles.Serving;
import dev.skerry.model.StaticFiles.StaticFile;
import dev.skerry.model.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Static files: those of versions, whose list is kept once on disk and once in memory while a version that has it is, and those that were uploaded for a
 * version to come. Thread-safe.
 */
public final class FileTable {
    /** How long an uploaded file waits for a version. */
    private static final Duration WAIT = Duration.ofDays(1);

    private final Cache<Long, List<StaticFile>> lists =
            Caffeine.newBuilder().weakValues().build();

    private record Attached(long list, Serving serving) {}

    /** An upload that has begun: whose it is, and the manifest as it was sent. */
    public record Upload(String owner, String manifest) {}

    public Optional<StaticFiles> find(Session session, VersionId version) {
        return session.first(
                        "SELECT list_id, serving FROM version_files WHERE version_id = ?",
                        row -> new Attached(row.integer(0), serving(row.text(1))),
                        version.toString())
                .map(attached -> new StaticFiles(list(session, attached.list()), attached.serving()));
    }

    private List<StaticFile> list(Session session, long id) {
        return lists.get(
                id,
                key -> session.list(
                        "SELECT path, hash, sha256, size, type FROM file WHERE list_id = ? ORDER BY path",
                        row -> new StaticFile(
                                row.text(0), row.text(1), row.text(2), row.integer(3), row.optionalText(4)),
                        id));
    }

    /** The bytes must be there. */
    public void insert(Transaction transaction, VersionId version, StaticFiles files) {
        String digest = digest(files.files());
        Optional<Long> known =
                transaction.first("SELECT id FROM file_list WHERE sha256 = ?", row -> row.integer(0), digest);
        long list = known.orElseGet(() -> {
            transaction.update("INSERT INTO file_list (sha256) VALUES (?)", digest);
            return transaction
                    .first("SELECT last_insert_rowid()", row -> row.integer(0))
                    .orElseThrow();
        });
        if (known.isEmpty()) {
            for (StaticFile file : files.files()) {
                transaction.update(
                        "INSERT INTO file (list_id, path, hash, sha256, size, type) VALUES (?, ?, ?, ?, ?, ?)",
                        list,
                        file.path(),
                        file.hash(),
                        file.sha256(),
                        file.size(),
                        file.type());
            }
        }
        transaction.update(
                "INSERT INTO version_files (version_id, list_id, serving) VALUES (?, ?, ?)",
                version.toString(),
                list,
                json(files.serving()));
    }

    /** The bytes of a file. */
    public Optional<Bytes> content(Session session, String sha256) {
        return session.first("SELECT bytes FROM content WHERE sha256 = ?", row -> Bytes.wrap(row.bytes(0)), sha256);
    }

    /** Keeps a file until a version has it, or a day. */
    public void upload(
            Transaction transaction, String owner, String hash, Bytes content, Optional<String> type, Instant now) {
        String sha256 = content.sha256();
        if (transaction
                .first("SELECT 1 FROM content WHERE sha256 = ?", row -> true, sha256)
                .isEmpty()) {
            transaction.update("INSERT INTO content (sha256, bytes) VALUES (?, ?)", sha256, content);
        }
        transaction.update(
                "INSERT OR REPLACE INTO uploaded_file (owner, hash, sha256, size, type, uploaded_at) VALUES (?, ?, ?, ?, ?, ?)",
                owner,
                hash,
                sha256,
                content.size(),
                type,
                now);
    }

    /** A file that an owner has uploaded, or has in a version, by the client's name of its content; it is at the path from now on. */
    public Optional<StaticFile> known(Session session, String owner, String hash, String path) {
        return session.first(
                        "SELECT sha256, size, type FROM uploaded_file WHERE owner = ? AND hash = ?",
                        row -> new StaticFile(path, hash, row.text(0), row.integer(1), row.optionalText(2)),
                        owner,
                        hash)
                .or(() -> session.first(
                        """
                        SELECT f.sha256, f.size, f.type FROM file f
                        JOIN version_files h ON h.list_id = f.list_id
                        JOIN version v ON v.id = h.version_id
                        JOIN environment e ON e.id = v.environment_id
                        JOIN service s ON s.id = e.service_id
                        WHERE f.hash = ? AND s.name = ? LIMIT 1
                        """,
                        row -> new StaticFile(path, hash, row.text(0), row.integer(1), row.optionalText(2)),
                        hash,
                        owner));
    }

    /** Begins an upload, and lets go of those that are over and of what nobody came to use. */
    public void begin(Transaction transaction, String id, Upload upload, Instant now, Instant until) {
        transaction.update("DELETE FROM upload_session WHERE expires_at < ?", now);
        if (transaction.update("DELETE FROM uploaded_file WHERE uploaded_at < ?", now.minus(WAIT)) > 0) {
            VersionTable.deleteUnusedContent(transaction);
        }
        transaction.update(
                "INSERT INTO upload_session (id, owner, manifest, expires_at) VALUES (?, ?, ?, ?)",
                id,
                upload.owner(),
                upload.manifest(),
                until);
    }

    public Optional<Upload> begun(Session session, String id) {
        return session.first(
                "SELECT owner, manifest FROM upload_session WHERE id = ?",
                row -> new Upload(row.text(0), row.text(1)),
                id);
    }

    private static String digest(List<StaticFile> files) {
        StringBuilder text = new StringBuilder();
        for (StaticFile file : files) {
            text.append(file.path())
                    .append('\n')
                    .append(file.hash())
                    .append('\n')
                    .append(file.sha256());
            file.type().ifPresent(type -> text.append('\n').append(type));
            text.append('\0');
        }
        return Bytes.utf8(text.toString()).sha256();
    }

    private static String json(Serving serving) {
        ObjectNode json = Json.object();
        json.put("html", serving.html().wireName());
        json.put("not_found", serving.notFound().wireName());
        json.put("worker_first", Json.of(serving.workerFirst()));
        json.put("headers", serving.headers());
        json.put("redirects", serving.redirects());
        json.put("alone", serving.alone());
        return json.toString();
    }

    private static Serving serving(String text) {
        JsonNode json = Json.parse(text);
        return new Serving(
                HtmlHandling.named(json.path("html").asText()),
                NotFoundHandling.named(json.path("not_found").asText()),
                Json.list(json.path("worker_first").asText()),
                json.path("headers").asText(),
                json.path("redirects").asText(),
                json.path("alone").asBoolean());
    }
}
