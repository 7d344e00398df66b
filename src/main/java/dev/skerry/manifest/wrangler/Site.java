package dev.skerry.manifest.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The static files of an environment. Immutable.
 *
 * @param folder where they are
 * @param binding the name in {@code env} by which the worker asks for them
 * @param config how they are served, as a configuration of wrangler says: {@code html_handling}, {@code not_found_handling}, {@code run_worker_first}
 */
public record Site(Path folder, Optional<String> binding, JsonNode config) {}
