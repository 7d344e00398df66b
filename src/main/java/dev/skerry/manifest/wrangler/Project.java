package dev.skerry.manifest.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Something that becomes a service: one script, a folder with one, or a project of wrangler. Immutable.
 *
 * @param service the service's name
 * @param entry what stands below it in a manifest, but for static files
 * @param sites the static files of the environments that have some
 * @param notes a sentence for each thing that was left out, or that somebody should know
 */
public record Project(String service, Map<String, Object> entry, Map<String, Site> sites, List<String> notes) {
    /** Where a worker begins in a folder without a configuration: the first of these that is there. */
    private static final List<String> ENTRIES = Stream.of("index", "worker", "main", "src/index", "src/worker")
            .flatMap(name -> Stream.of(name + ".js", name + ".mjs"))
            .toList();

    private static final List<String> TO_BE_BUILT = List.of(".ts", ".mts", ".cts", ".tsx", ".jsx", ".py");

    public Project {
        sites = Map.copyOf(sites);
        notes = List.copyOf(notes);
    }

    /** How a configuration's {@code main} is written in the manifest. */
    interface Main {
        String resolve(String path);

        /** The static files that a configuration names. */
        Site site(String folder, JsonNode assets);

        /** What is the main file though the configuration names none. */
        Optional<String> standIn();
    }

    /**
     * Reads what is at a path.
     *
     * @param base the folder that the manifest's paths are relative to
     * @param name the service's name; empty for the configuration's or the file's own
     * @param built the main file in place of the configuration's: what a build wrote
     * @throws ProjectException when there is nothing to import
     */
    public static Project read(Path path, Path base, Optional<String> name, Optional<Path> built) {
        Path place = path.toAbsolutePath().normalize();
        if (Files.isDirectory(place)) {
            return WranglerFile.in(place)
                    .map(file -> configured(file, base, name, built))
                    .orElseGet(() -> built.or(() -> entry(place))
                            .map(main -> plain(main, place, base, name))
                            .orElseGet(() -> pages(place, base, name)));
        }
        if (!Files.isRegularFile(place)) {
            throw new ProjectException("There is no file or folder " + path);
        }
        return WranglerFile.is(place) ? configured(place, base, name, built) : plain(place, place, base, name);
    }

    /** As a manifest of its own. */
    public String yaml() {
        if (!(entry.get("environments") instanceof Map<?, ?> environments) || sites.isEmpty()) {
            return yaml(entry);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        environments.forEach((name, environment) -> {
            Map<Object, Object> whole = environment instanceof Map<?, ?> keys ? new LinkedHashMap<>(keys) : Map.of();
            Optional.ofNullable(sites.get(String.valueOf(name))).ifPresent(site -> whole.put("assets", site.entry()));
            all.put(String.valueOf(name), whole);
        });
        return yaml(Map.of("environments", all));
    }

    /** The same without static files, which are uploaded by themselves. */
    public String yamlOfWorkers() {
        return yaml(entry);
    }

    private String yaml(Map<String, Object> below) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(2);
        return new Yaml(options).dump(Map.of("services", Map.of(service, below)));
    }

    private static Project configured(Path file, Path base, Optional<String> name, Optional<Path> built) {
        JsonNode config = WranglerFile.read(file);
        Path folder = parent(file);
        String service = name.orElseGet(
                () -> config.path("name").isTextual() ? config.path("name").textValue() : named(folder.getFileName()));
        if (config.has("pages_build_output_dir")) {
            throw new ProjectException(file + " is a project of Cloudflare Pages, which Skerry does not have");
        }
        Translation translation = new Translation(config, service, new Main() {
            @Override
            public String resolve(String path) {
                return written(
                        base,
                        built.orElseGet(() -> javaScript(folder.resolve(path).normalize(), folder)));
            }

            @Override
            public Site site(String path, JsonNode assets) {
                Path root = folder.resolve(path).normalize();
                JsonNode binding = assets.path("binding");
                return new Site(
                        root,
                        written(base, root),
                        binding.isTextual() ? Optional.of(binding.textValue()) : Optional.empty(),
                        assets);
            }

            @Override
            public Optional<String> standIn() {
                return built.map(main -> written(base, main));
            }
        });
        Map<String, Object> entry = translation.service();
        List<String> notes = new ArrayList<>(translation.notes());
        if (Files.exists(folder.resolve(".dev.vars"))) {
            notes.add(".dev.vars is left out: it is for wrangler dev. Put secrets by 'wrangler secret put', or under"
                    + " 'secrets:' of the file");
        }
        return new Project(service, entry, translation.sites(), notes);
    }

    /** A folder of pages, without a worker. */
    private static Project pages(Path folder, Path base, Optional<String> name) {
        return new Project(
                name.orElseGet(() -> named(folder.getFileName())),
                new LinkedHashMap<>(Map.of("environments", Map.of("production", Map.of()))),
                Map.of(
                        "production",
                        new Site(
                                folder,
                                written(base, folder),
                                Optional.empty(),
                                JsonNodeFactory.instance.objectNode())),
                List.of());
    }

    private static Project plain(Path main, Path place, Path base, Optional<String> name) {
        String own = named(place.getFileName());
        String service = name.orElse(
                ENTRIES.contains(own + ".js") && Files.isRegularFile(place)
                        ? named(parent(place).getFileName())
                        : own);
        return new Project(
                service,
                new LinkedHashMap<>(Map.of("main", written(base, javaScript(main, parent(main))))),
                Map.of(),
                List.of());
    }

    /** The script that a folder begins with; empty when it has pages alone. */
    private static Optional<Path> entry(Path folder) {
        Optional<Path> found = ENTRIES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
        if (found.isEmpty() && !Files.isRegularFile(folder.resolve("index.html"))) {
            throw new ProjectException(folder
                    + " holds neither a wrangler.json, wrangler.jsonc or wrangler.toml nor a script to begin with ("
                    + String.join(", ", ENTRIES) + ") nor an index.html. Name the script itself");
        }
        return found;
    }

    private static Path javaScript(Path main, Path folder) {
        String file = main.getFileName().toString();
        if (TO_BE_BUILT.stream().anyMatch(file::endsWith)) {
            throw new ProjectException(main + " is not JavaScript, and Skerry builds nothing. In " + folder
                    + " run 'npx wrangler deploy --dry-run --outdir dist', then import it with --main "
                    + folder.resolve("dist").resolve(file.replaceFirst("\\.\\w+$", ".js")));
        }
        return main;
    }

    private static String written(Path base, Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(base) ? base.relativize(absolute).toString() : absolute.toString();
    }

    private static Path parent(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    }

    /** A file's name without its ending, as a service may be called. */
    private static String named(@Nullable Path file) {
        String name = file == null ? "" : file.toString();
        return name.replaceFirst("(?<=.)\\.\\w+$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_-]+", "-")
                .replaceAll("^[-_]+|-+$", "");
    }

    /** A JSON value as the YAML writer takes it. */
    static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
            return map;
        }
        if (node.isArray()) {
            return node.valueStream().map(Project::plain).toList();
        }
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        return node.isNumber() ? node.numberValue() : node.isBoolean() ? node.booleanValue() : node.asText();
    }
}
