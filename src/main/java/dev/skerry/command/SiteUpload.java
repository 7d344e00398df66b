package dev.skerry.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.manifest.wrangler.Site;
import dev.skerry.model.Bytes;
import io.vertx.core.http.impl.MimeMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Uploads the static files of an environment as wrangler does: what the server has already is not sent again. Hidden files and {@code node_modules} are left
 * out; {@code _headers} and {@code _redirects} are rules and no files. Confined to one thread.
 */
final class SiteUpload {
    private static final int HASH = 32;
    private static final List<String> RULES = List.of("_headers", "_redirects");
    private static final List<String> SERVING = List.of("html_handling", "not_found_handling", "run_worker_first");

    private final AdminClient client;

    SiteUpload(AdminClient client) {
        this.client = client;
    }

    /**
     * Uploads them; what the metadata of a version says of them.
     *
     * @param path the environment's
     */
    ObjectNode upload(String path, Site site) {
        Map<String, Path> byHash = new LinkedHashMap<>();
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        for (Path file : files(site.folder())) {
            Bytes content = Bytes.wrap(read(file));
            String hash = content.sha256().substring(0, HASH);
            byHash.put(hash, file);
            manifest.putObject("/" + site.folder().relativize(file).toString().replace('\\', '/'))
                    .put("hash", hash)
                    .put("size", content.size());
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("manifest", manifest);
        JsonNode session = client.post(path + "/assets-upload-session", body);
        String token = session.path("jwt").asText();
        for (JsonNode bucket : session.path("buckets")) {
            Form form = new Form();
            for (JsonNode hash : bucket) {
                Path file = Optional.ofNullable(byHash.get(hash.asText())).orElseThrow();
                form.file(hash.asText(), type(file), Base64.getEncoder().encode(read(file)));
            }
            client.post("/workers/assets/upload?base64=true", token, form.contentType(), form.body());
        }
        ObjectNode assets = JsonNodeFactory.instance.objectNode().put("jwt", token);
        ObjectNode config = assets.putObject("config");
        for (String key : SERVING) {
            if (site.config().has(key)) {
                config.set(key, site.config().path(key));
            }
        }
        for (String rules : RULES) {
            Path file = site.folder().resolve(rules);
            if (Files.isRegularFile(file)) {
                config.put(rules, new String(read(file), StandardCharsets.UTF_8));
            }
        }
        return assets;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(file -> isWanted(folder.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AdminClient.Failure(0, "The static files in " + folder + " cannot be read: " + e);
        }
    }

    private static boolean isWanted(Path file) {
        for (Path part : file) {
            if (part.toString().startsWith(".") || part.toString().equals("node_modules")) {
                return false;
            }
        }
        return !RULES.contains(file.toString());
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AdminClient.Failure(0, file + " cannot be read: " + e);
        }
    }

    private static String type(Path file) {
        String type = Optional.ofNullable(
                        MimeMapping.getMimeTypeForFilename(file.getFileName().toString()))
                .orElse("application/null");
        return type.startsWith("text/") ? type + "; charset=utf-8" : type;
    }
}
