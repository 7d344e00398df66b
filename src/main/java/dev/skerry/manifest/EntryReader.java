package dev.skerry.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skerry.manifest.BindingEntry.NamespaceTitled;
import dev.skerry.manifest.BindingEntry.Ready;
import dev.skerry.manifest.BindingEntry.Removed;
import dev.skerry.manifest.BindingEntry.SecretFrom;
import dev.skerry.manifest.BindingEntry.Value;
import dev.skerry.model.Binding;
import dev.skerry.model.ByteSize;
import dev.skerry.model.Code.Format;
import dev.skerry.model.Cron;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.ServiceName;
import dev.skerry.model.StaticFiles.HtmlHandling;
import dev.skerry.model.StaticFiles.NotFoundHandling;
import dev.skerry.model.StaticFiles.Serving;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the aspects of one environment, or of a service as defaults for its environments. Confined to one thread. */
final class EntryReader {
    private static final List<String> ASPECTS = List.of(
            "main",
            "modules",
            "format",
            "assets",
            "vars",
            "secrets",
            "services",
            "kv-namespaces",
            "durable-objects",
            "hostname",
            "previews",
            "upstream",
            "crons",
            "compatibility-date",
            "compatibility-flags",
            "limits",
            "annotations");

    /** What a service may say for all of its environments. */
    static final List<String> SERVICE_KEYS = plus("environments", "pipeline");

    static final List<String> ENVIRONMENT_KEYS = plus("from", "routes", "domains");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

    private static final Pattern UPSTREAM = Pattern.compile("https?://[^/?#@\\s]+/?");

    private final String what;
    private final Section section;
    private final Problems problems;
    private final Map<String, BindingEntry> bindings = new LinkedHashMap<>();

    EntryReader(String what, Section section, Problems problems) {
        this.what = what;
        this.section = section;
        this.problems = problems;
    }

    EnvironmentEntry read() {
        readBindings("vars", this::variable);
        readBindings("secrets", this::secret);
        readBindings("services", this::service);
        readBindings("kv-namespaces", this::namespace);
        readBindings("durable-objects", this::durableObject);
        return new EnvironmentEntry(
                section.line(),
                section.text("from"),
                code(),
                assets(),
                bindings,
                section.truth("hostname"),
                section.truth("previews"),
                section.value("upstream", EntryReader::upstream),
                section.texts("routes").orElse(List.of()),
                section.texts("domains").orElse(List.of()),
                section.texts("crons").map(this::crons),
                section.value("compatibility-date", EntryReader::date),
                section.texts("compatibility-flags"),
                limits(),
                annotations());
    }

    private Optional<CodeEntry> code() {
        if (!section.has("main") && !section.has("modules")) {
            if (section.has("format")) {
                problems.add(section.line("format"), "'format' of " + what + " needs 'main' beside it");
            }
            return Optional.empty();
        }
        return Optional.of(new CodeEntry(
                section.line(section.has("main") ? "main" : "modules"),
                section.text("main"),
                section.texts("modules").orElse(List.of()),
                section.value("format", text -> switch (text) {
                    case "modules" -> Format.MODULES;
                    case "service-worker" -> Format.SERVICE_WORKER;
                    default ->
                        throw new IllegalArgumentException(
                                "'format' of " + what + " is modules or service-worker, not '" + text + "'");
                })));
    }

    /** A folder, or a mapping that names it. */
    private Optional<AssetsEntry> assets() {
        Optional<Node> node = section.node("assets");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        int line = section.line("assets");
        if (node.get() instanceof ScalarNode) {
            return section.text("assets")
                    .map(folder -> new AssetsEntry(line, folder, Optional.empty(), Serving.DEFAULT));
        }
        Section assets = section.section("assets", "assets of " + what);
        assets.allow(List.of("directory", "binding", "html-handling", "not-found-handling", "run-worker-first"));
        Serving serving = new Serving(
                assets.value("html-handling", HtmlHandling::named).orElse(Serving.DEFAULT.html()),
                assets.value("not-found-handling", NotFoundHandling::named).orElse(Serving.DEFAULT.notFound()),
                workerFirst(assets),
                "",
                "",
                false);
        return required(assets, "directory", text -> text)
                .map(folder -> new AssetsEntry(line, folder, assets.text("binding"), serving));
    }

    /** {@code true}, or patterns of paths. */
    private static List<String> workerFirst(Section assets) {
        List<String> patterns = assets.texts("run-worker-first").orElse(List.of());
        if (patterns.equals(List.of("true"))) {
            return List.of("/*");
        }
        return patterns.equals(List.of("false")) ? List.of() : patterns;
    }

    private interface BindingReading {
        Optional<Value> read(String name, int line, Section aspect, Node node);
    }

    private void readBindings(String aspect, BindingReading reading) {
        Section entries = section.section(aspect, aspect + " of " + what);
        for (String name : entries.keys()) {
            int line = entries.line(name);
            Node node = entries.node(name).orElseThrow();
            // In vars a null is a value; elsewhere it takes away what is inherited.
            Optional<Value> value = Section.isNull(node) && !aspect.equals("vars")
                    ? Optional.of(new Removed())
                    : reading.read(name, line, entries, node);
            value.map(made -> bindings.put(name, new BindingEntry(name, line, made)))
                    .ifPresent(other -> problems.add(
                            line, "'" + name + "' of " + what + " is bound twice, here and in line " + other.line()));
        }
    }

    private Optional<Value> variable(String name, int line, Section aspect, Node node) {
        return problems.valid(line, () -> {
            JsonNode json = YamlTree.json(node);
            return new Ready(
                    json.isTextual()
                            ? new Binding.PlainText(name, json.asText())
                            : new Binding.Json(name, json.toString()));
        });
    }

    private Optional<Value> secret(String name, int line, Section aspect, Node node) {
        Section source = new Section("secret " + name + " of " + what, node, problems);
        source.allow(List.of("env", "file"));
        if (!source.has("env") && !source.has("file")) {
            problems.add(line, "Secret " + name + " of " + what + " names neither 'env' nor 'file'");
        }
        return Optional.of(new SecretFrom(source.text("env"), source.text("file")));
    }

    private Optional<Value> service(String name, int line, Section aspect, Node node) {
        if (node instanceof ScalarNode scalar) {
            return problems.valid(
                    line,
                    () -> new Ready(new Binding.Service(
                            name,
                            new ServiceName(scalar.getValue()),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())));
        }
        Section target = new Section("service binding " + name + " of " + what, node, problems);
        target.allow(List.of("service", "environment", "entrypoint", "props"));
        return required(target, "service", ServiceName::new)
                .map(service -> new Ready(new Binding.Service(
                        name,
                        service,
                        target.value("environment", EnvironmentName::new),
                        target.text("entrypoint"),
                        target.node("props")
                                .flatMap(props -> problems.valid(
                                        line, () -> YamlTree.json(props).toString())))));
    }

    private Optional<Value> namespace(String name, int line, Section aspect, Node node) {
        return aspect.text(name).map(NamespaceTitled::new);
    }

    private Optional<Value> durableObject(String name, int line, Section aspect, Node node) {
        if (node instanceof ScalarNode scalar) {
            return problems.valid(
                    line,
                    () -> new Ready(new Binding.DurableObjectNamespace(
                            name, scalar.getValue(), Optional.empty(), Optional.empty())));
        }
        Section target = new Section("Durable Object binding " + name + " of " + what, node, problems);
        target.allow(List.of("class", "service", "environment"));
        return required(target, "class", text -> text)
                .map(className -> new Ready(new Binding.DurableObjectNamespace(
                        name,
                        className,
                        target.value("service", ServiceName::new),
                        target.value("environment", EnvironmentName::new))));
    }

    private <T> Optional<T> required(Section target, String key, java.util.function.Function<String, T> reading) {
        if (!target.has(key)) {
            problems.add(target.line(), "'" + key + "' is missing in " + target.what());
        }
        return target.value(key, reading);
    }

    private LimitOverrides limits() {
        Section limits = section.section("limits", "limits of " + what);
        limits.allow(List.of(
                "cpu",
                "wall",
                "startup",
                "memory",
                "script",
                "log",
                "subrequests",
                "concurrency",
                "body",
                "web-socket-message"));
        return new LimitOverrides(
                limits.value("cpu", EntryReader::duration),
                limits.value("wall", EntryReader::duration),
                limits.value("startup", EntryReader::duration),
                limits.value("memory", ByteSize::parse),
                limits.value("script", ByteSize::parse),
                limits.value("log", ByteSize::parse),
                count(limits, "subrequests"),
                count(limits, "concurrency"),
                limits.value("body", ByteSize::parse),
                limits.value("web-socket-message", ByteSize::parse));
    }

    private static OptionalInt count(Section section, String key) {
        return section.value(key, EntryReader::count).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private List<String> crons(List<String> texts) {
        return texts.stream()
                .flatMap(text -> problems.valid(section.line("crons"), () -> Cron.parse(text)).stream())
                .map(Cron::toString)
                .toList();
    }

    private Map<String, String> annotations() {
        Section entries = section.section("annotations", "annotations of " + what);
        Map<String, String> result = new LinkedHashMap<>();
        entries.keys().forEach(key -> entries.text(key).ifPresent(text -> result.put(key, text)));
        return result;
    }

    private static String date(String text) {
        try {
            return LocalDate.parse(text).toString();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a date; write 2026-01-31", e);
        }
    }

    private static String upstream(String text) {
        if (!UPSTREAM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an upstream; write http://HOST:PORT or https://HOST, without a path");
        }
        return text;
    }

    private static int count(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number", e);
        }
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a time; write 50ms, 5s or 2m");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private static List<String> plus(String... own) {
        return Stream.concat(ASPECTS.stream(), Stream.of(own)).toList();
    }
}
