package dev.skerry.manifest.wrangler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A configuration of wrangler, in whichever of its three forms. Stateless. */
final class WranglerFile {
    /** In the order in which wrangler looks for them. */
    private static final List<String> NAMES = List.of("wrangler.json", "wrangler.jsonc", "wrangler.toml");

    private WranglerFile() {}

    /** The one of a folder. */
    static Optional<Path> in(Path folder) {
        return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    static boolean is(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".toml") || name.endsWith(".json") || name.endsWith(".jsonc");
    }

    /** @throws ProjectException when it is none; the message says where */
    static JsonNode read(Path file) {
        ObjectMapper mapper = file.getFileName().toString().endsWith(".toml")
                ? new TomlMapper()
                : JsonMapper.builder()
                        .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
                        .build();
        try {
            JsonNode tree = mapper.readTree(Files.readString(file));
            if (!tree.isObject()) {
                throw new ProjectException(file + " is not a configuration of wrangler: it holds no keys");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new ProjectException(file
                    + (e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr())
                    + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ProjectException(file + " cannot be read: " + e);
        }
    }
}
