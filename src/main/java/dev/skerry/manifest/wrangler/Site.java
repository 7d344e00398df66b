package dev.skerry.manifest.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The static files of an environment. Immutable.
 *
 * @param folder where they are
 * @param written the folder as a manifest names it
 * @param binding the name in {@code env} by which the worker asks for them
 * @param config how they are served, as a configuration of wrangler says: {@code html_handling}, {@code not_found_handling}, {@code run_worker_first}
 */
public record Site(Path folder, String written, Optional<String> binding, JsonNode config) {
    /** What a manifest says of them. */
    Map<String, Object> entry() {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("directory", written);
        binding.ifPresent(name -> entry.put("binding", name));
        for (String key : List.of("html_handling", "not_found_handling", "run_worker_first")) {
            Object value = Project.plain(config.path(key));
            if (value != null) {
                entry.put(key.replace('_', '-'), value);
            }
        }
        return entry;
    }
}
