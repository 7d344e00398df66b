package dev.skerry.command;

import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The {@code skerry:} and {@code quarkus:} trees of the file that {@code serve --config} names, as a source of configuration: above the built-in defaults, below
 * environment variables and system properties.
 */
public final class SkerryYaml implements ConfigSourceProvider {
    /** Above application.properties (250), below environment variables (300). */
    private static final int ORDINAL = 270;

    @Override
    public List<ConfigSource> getConfigSources(ClassLoader loader) {
        String file = System.getProperty(ServeCommand.FILE);
        return file == null ? List.of() : List.of(source(Path.of(file)));
    }

    /** The settings of a file. */
    static ConfigSource source(Path file) {
        return new PropertiesConfigSource(read(file), file.toString(), ORDINAL);
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> settings = new HashMap<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            if (new Yaml(new SafeConstructor(new LoaderOptions())).load(reader) instanceof Map<?, ?> tree) {
                for (String root : List.of("skerry", "quarkus")) {
                    flatten(root, tree.get(root), settings);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration " + file + " cannot be read", e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("The configuration " + file + " is not YAML: " + e.getMessage(), e);
        }
        return settings;
    }

    private static void flatten(String key, @Nullable Object value, Map<String, String> settings) {
        switch (value) {
            case null -> {}
            case Map<?, ?> map -> map.forEach((name, below) -> flatten(key + "." + name, below, settings));
            case List<?> list ->
                settings.put(
                        key,
                        list.stream()
                                .map(String::valueOf)
                                .map(item -> item.replace(",", "\\,"))
                                .collect(Collectors.joining(",")));
            default -> settings.put(key, value.toString());
        }
    }
}
