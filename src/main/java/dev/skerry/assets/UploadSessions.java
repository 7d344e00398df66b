package dev.skerry.assets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.StaticFiles.StaticFile;
import dev.skerry.store.Database;
import dev.skerry.store.FileTable;
import dev.skerry.store.FileTable.Upload;
import dev.skerry.store.Sealer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Uploads of a version's static files: begun with the list of all of them, ended when a version names the upload's token. Only what the service
 * does not have yet is asked for. The token is a JSON Web Token (RFC 7519) that is signed here and lives for an hour. Thread-safe; waits for the store.
 */
@Singleton
public final class UploadSessions {
    private static final Duration LIFE = Duration.ofHours(1);
    /** What one request of a client carries: bytes, not yet in base64, and files. */
    private static final long BUCKET_BYTES = 10L * 1024 * 1024;

    private static final int BUCKET_FILES = 200;
    private static final String HEAD = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final Database database;
    private final Sealer sealer;
    private final AssetFiles files;
    private final AssetsConfig config;
    private final FileTable table = new FileTable();
    private final ObjectMapper mapper = new ObjectMapper();

    @Inject
    public UploadSessions(Database database, Sealer sealer, AssetFiles files) {
        this.database = database;
        this.sealer = sealer;
        this.files = files;
        this.config = files.config();
    }

    /** A file of the list: its content by the client's name, and its size in bytes. */
    public record Entry(String hash, long size) {}

    /** An upload that has begun: its token, and the hashes of what is still to come, in portions for one request each. */
    public record Begun(String token, List<List<String>> buckets) {}

    /** An upload that a token names. */
    public record Session(String owner, Map<String, Entry> manifest) {}

    /**
     * Begins an upload.
     *
     * @param owner the service's name; the service need not be there
     * @param manifest all files of the version to come, by path
     */
    public Begun begin(String owner, Map<String, Entry> manifest) {
        check(manifest);
        String id = UUID.randomUUID().toString();
        Instant now = Instant.now();
        Instant until = now.plus(LIFE);
        Map<String, Long> missing = database.writeAndWait(transaction -> {
            table.begin(transaction, id, new Upload(owner, json(manifest)), now, until);
            Map<String, Long> unknown = new LinkedHashMap<>();
            manifest.forEach((path, entry) -> {
                if (table.known(transaction, owner, entry.hash(), path).isEmpty()) {
                    unknown.put(entry.hash(), entry.size());
                }
            });
            return unknown;
        });
        return new Begun(token(id, until), buckets(missing));
    }

    private void check(Map<String, Entry> manifest) {
        if (manifest.size() > config.files()) {
            throw invalid("The version would have " + manifest.size() + " static files; at most " + config.files()
                    + " are allowed (skerry.assets.files)");
        }
        manifest.forEach((path, entry) -> {
            try {
                new StaticFile(path, entry.hash(), "", entry.size(), Optional.empty());
            } catch (IllegalArgumentException e) {
                throw invalid(String.valueOf(e.getMessage()));
            }
            if (entry.size() > config.file().bytes()) {
                throw invalid("Static file '" + path + "' has " + entry.size() + " bytes; at most " + config.file()
                        + " are allowed (skerry.assets.file)");
            }
        });
    }

    private static List<List<String>> buckets(Map<String, Long> missing) {
        List<List<String>> buckets = new ArrayList<>();
        long room = 0;
        for (Map.Entry<String, Long> file : missing.entrySet()) {
            room -= file.getValue();
            if (buckets.isEmpty() || room < 0 || buckets.getLast().size() == BUCKET_FILES) {
                buckets.add(new ArrayList<>());
                room = BUCKET_BYTES - file.getValue();
            }
            buckets.getLast().add(file.getKey());
        }
        return buckets;
    }

    /** The upload of a token; empty when the token is not this server's, or its time is over. */
    public Optional<Session> session(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3
                || !MessageDigest.isEqual(
                        parts[2].getBytes(StandardCharsets.UTF_8),
                        signature(parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        JsonNode claims = parse(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        if (claims.path("exp").asLong() < Instant.now().getEpochSecond()) {
            return Optional.empty();
        }
        return database.read(session -> table.begun(session, claims.path("sub").asText()))
                .map(upload -> new Session(upload.owner(), manifest(upload.manifest())));
    }

    /** Takes files of an upload; those that it did not ask for, or of another size than it said, are refused. */
    public void accept(Session session, List<AssetFiles.Given> given) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        session.manifest().values().forEach(entry -> sizes.put(entry.hash(), entry.size()));
        for (AssetFiles.Given file : given) {
            Long size = sizes.get(file.hash());
            if (size == null) {
                throw invalid("The file '" + file.hash() + "' is not one of this upload's manifest");
            }
            if (size != file.content().size()) {
                throw invalid("The file '" + file.hash() + "' has "
                        + file.content().size() + " bytes, and the manifest says " + size);
            }
        }
        files.keep(session.owner(), given);
    }

    /** All files of an upload; refused while one is missing. */
    public List<StaticFile> complete(Session session) {
        return database.read(reading -> session.manifest().entrySet().stream()
                .map(entry -> table.known(
                                reading, session.owner(), entry.getValue().hash(), entry.getKey())
                        .orElseThrow(() -> new RefusedException(
                                Reason.CODE_INVALID,
                                "Static file '" + entry.getKey() + "' was not uploaded; begin the upload again")))
                .toList());
    }

    private String token(String id, Instant until) {
        ObjectNode claims = mapper.createObjectNode();
        claims.put("sub", id).put("exp", until.getEpochSecond());
        String text = HEAD + "." + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        return text + "." + signature(text);
    }

    private String signature(String text) {
        return base64(sealer.sign("uploads of static files", text));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String json(Map<String, Entry> manifest) {
        ObjectNode json = mapper.createObjectNode();
        manifest.forEach(
                (path, entry) -> json.putObject(path).put("hash", entry.hash()).put("size", entry.size()));
        return json.toString();
    }

    private Map<String, Entry> manifest(String text) {
        Map<String, Entry> manifest = new LinkedHashMap<>();
        parse(text)
                .properties()
                .forEach(entry -> manifest.put(
                        entry.getKey(),
                        new Entry(
                                entry.getValue().path("hash").asText(),
                                entry.getValue().path("size").asLong())));
        return manifest;
    }

    private JsonNode parse(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What this server wrote is not JSON", e);
        }
    }

    private static RefusedException invalid(String sentence) {
        return new RefusedException(Reason.INVALID, sentence);
    }
}
