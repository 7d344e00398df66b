package dev.skerry.manifest;

import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code services:} of a YAML file; the server's own settings ({@code skerry:}, {@code quarkus:}) are others' to read. Confined to one thread. */
final class ManifestReader {
    private static final List<String> TOP = List.of("services", "skerry", "quarkus");

    private final Path file;
    private final SourceFiles files;
    private final Problems problems;
    private final List<PipelineEntry> pipelines = new ArrayList<>();

    ManifestReader(Path file, SourceFiles files, Problems problems) {
        this.file = file;
        this.files = files;
        this.problems = problems;
    }

    /** What the file says, inheritance resolved; what is wrong with it is in the problems. */
    Manifest read() {
        return read(tree());
    }

    /** As {@link #read()}, of a text in place of the file. */
    Manifest read(String text) {
        return read(tree(text));
    }

    private Manifest read(Optional<Node> root) {
        Map<EnvironmentRef, EnvironmentEntry> environments = new LinkedHashMap<>();
        root.ifPresent(tree -> {
            Section top = new Section("the file", tree, problems);
            top.allow(TOP);
            Section services = top.section("services", "services");
            for (String name : services.keys()) {
                problems.valid(services.line(name), () -> new ServiceName(name))
                        .ifPresent(service -> readService(service, services.section(name, name), environments));
            }
        });
        return new Manifest(environments, pipelines);
    }

    private Optional<Node> tree() {
        try {
            return tree(new String(files.read(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            problems.add(1, "The file cannot be read: " + e);
            return Optional.empty();
        }
    }

    private Optional<Node> tree(String text) {
        try {
            return Optional.ofNullable(YamlTree.parse(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(line, "This is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(1, "This is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private void readService(ServiceName service, Section section, Map<EnvironmentRef, EnvironmentEntry> result) {
        section.allow(EntryReader.SERVICE_KEYS);
        EnvironmentEntry defaults = new EntryReader(service.toString(), section, problems).read();
        section.texts("pipeline")
                .ifPresent(names -> problems.valid(
                                section.line("pipeline"),
                                () -> names.stream().map(EnvironmentName::new).toList())
                        .ifPresent(environments ->
                                pipelines.add(new PipelineEntry(section.line("pipeline"), service, environments))));
        Section list = section.section("environments", "environments of " + service);
        Map<String, EnvironmentEntry> written = new LinkedHashMap<>();
        for (String name : list.keys()) {
            String what = service + "/" + name;
            Section entry = list.section(name, what);
            entry.allow(EntryReader.ENVIRONMENT_KEYS);
            written.put(name, new EntryReader(what, entry, problems).read());
        }
        if (!section.has("environments")) {
            written.put(EnvironmentName.PRODUCTION.value(), defaults);
        }
        Inheritance inheritance = new Inheritance(service, defaults, written, problems);
        written.forEach((name, entry) -> problems.valid(list.line(name), () -> new EnvironmentName(name))
                .ifPresent(environment -> inheritance
                        .resolve(name)
                        .ifPresent(resolved -> result.put(new EnvironmentRef(service, environment), resolved))));
    }
}
