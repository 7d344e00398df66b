package dev.skerry.manifest.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of wrangler as a service of a manifest: the top level becomes {@code production}, each {@code env.NAME} the environment of that name; one named
 * {@code production} is production, and the top level then its defaults. As wrangler has it, an environment inherits code, compatibility, limits and triggers from
 * the top level, and no variable or binding. Confined to one thread.
 */
final class Translation {
    private static final String PRODUCTION = "production";

    /** What an environment takes from the top level where it says nothing; routes belong to one environment alone. */
    private static final List<String> INHERITED = List.of(
            "main",
            "compatibility_date",
            "compatibility_flags",
            "triggers",
            "limits",
            "workers_dev",
            "preview_urls",
            "assets",
            "migrations");

    /** What is translated. */
    private static final Set<String> UNDERSTOOD = Set.of(
            "name",
            "main",
            "compatibility_date",
            "compatibility_flags",
            "vars",
            "kv_namespaces",
            "services",
            "durable_objects",
            "route",
            "routes",
            "triggers",
            "limits",
            "workers_dev",
            "preview_urls",
            "assets",
            "env");

    /** What changes nothing here: of Cloudflare's account and edge, of the build, or of {@code wrangler dev}. */
    private static final Set<String> HARMLESS = Set.of(
            "$schema",
            "account_id",
            "send_metrics",
            "dev",
            "keep_vars",
            "minify",
            "keep_names",
            "upload_source_maps",
            "observability",
            "logpush",
            "placement",
            "tsconfig",
            "jsx_factory",
            "jsx_fragment",
            "preserve_file_names",
            "no_bundle",
            "find_additional_modules",
            "base_dir",
            "legacy_env",
            "usage_model",
            "workers_dev_subdomain",
            "first_party_worker");

    /** Kinds of bindings that Skerry does not have. */
    private static final Map<String, String> MISSING_KINDS = Map.ofEntries(
            Map.entry("r2_buckets", "R2 buckets are"),
            Map.entry("d1_databases", "D1 databases are"),
            Map.entry("queues", "Queues are"),
            Map.entry("vectorize", "Vectorize indexes are"),
            Map.entry("hyperdrive", "Hyperdrive is"),
            Map.entry("ai", "Workers AI is"),
            Map.entry("browser", "Browser Rendering is"),
            Map.entry("images", "Images are"),
            Map.entry("workflows", "Workflows are"),
            Map.entry("containers", "Containers are"),
            Map.entry("pipelines", "Pipelines are"),
            Map.entry("mtls_certificates", "mTLS certificates are"),
            Map.entry("send_email", "Email bindings are"),
            Map.entry("analytics_engine_datasets", "Analytics Engine is"),
            Map.entry("dispatch_namespaces", "Dispatch namespaces are"),
            Map.entry("secrets_store_secrets", "The Secrets Store is"),
            Map.entry("ratelimits", "Rate limiting bindings are"),
            Map.entry("tail_consumers", "Tail workers are"));

    private final JsonNode top;
    private final String service;
    private final Project.Main main;
    private final Set<String> notes = new LinkedHashSet<>();
    private final Map<String, Site> sites = new LinkedHashMap<>();
    // Environments that name one namespace of Cloudflare share one here.
    private final Map<String, String> titles = new HashMap<>();

    /** @param main finds what the manifest calls a main file */
    Translation(JsonNode top, String service, Project.Main main) {
        this.top = top;
        this.service = service;
        this.main = main;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** The static files of the environments that have some. */
    Map<String, Site> sites() {
        return sites;
    }

    /** The service's entry. */
    Map<String, Object> service() {
        Map<String, Object> environments = new LinkedHashMap<>();
        JsonNode named = top.path("env");
        if (named.has(PRODUCTION)) {
            notes.add("The top level is what env." + PRODUCTION + " and the others inherit, and no environment itself");
        } else {
            environments.put(PRODUCTION, environment(PRODUCTION, top, ""));
        }
        named.properties()
                .forEach(entry -> environments.put(
                        entry.getKey(), environment(entry.getKey(), entry.getValue(), "env." + entry.getKey() + ".")));
        return new LinkedHashMap<>(Map.of("environments", environments));
    }

    /** @param where what stands before its keys in messages */
    private Map<String, Object> environment(String name, JsonNode own, String where) {
        Map<String, Object> entry = new LinkedHashMap<>();
        text(find(own, "main")).ifPresent(path -> entry.put("main", main.resolve(path)));
        if (!entry.containsKey("main")) {
            main.standIn().ifPresent(path -> entry.put("main", path));
        }
        JsonNode assets = find(own, "assets");
        text(assets.path("directory")).ifPresent(folder -> sites.put(name, main.site(folder, assets)));
        text(find(own, "compatibility_date")).ifPresent(date -> entry.put("compatibility-date", date));
        put(entry, "compatibility-flags", texts(find(own, "compatibility_flags")));
        put(entry, "vars", Project.plain(own.path("vars")));
        put(entry, "kv-namespaces", namespaces(name, own));
        put(entry, "services", services(own));
        put(entry, "durable-objects", objects(own));
        routes(own, entry);
        put(entry, "crons", texts(find(own, "triggers").path("crons")));
        put(entry, "limits", limits(find(own, "limits")));
        truth(find(own, "workers_dev")).ifPresent(hostname -> entry.put("hostname", hostname));
        truth(find(own, "preview_urls")).ifPresent(previews -> entry.put("previews", previews));
        tell(where, own);
        return entry;
    }

    private JsonNode find(JsonNode own, String key) {
        JsonNode value = own.path(key);
        return value.isMissingNode() && INHERITED.contains(key) ? top.path(key) : value;
    }

    private static void put(Map<String, Object> entry, String key, @Nullable Object value) {
        boolean empty =
                value instanceof Map<?, ?> map ? map.isEmpty() : value instanceof List<?> list && list.isEmpty();
        if (value != null && !empty) {
            entry.put(key, value);
        }
    }

    private Map<String, Object> namespaces(String environment, JsonNode own) {
        Map<String, Object> namespaces = new LinkedHashMap<>();
        for (JsonNode namespace : own.path("kv_namespaces")) {
            text(namespace.path("binding")).ifPresent(binding -> {
                String id = text(namespace.path("id")).orElse(environment + "/" + binding);
                String title = titles.computeIfAbsent(
                        id, key -> service + (environment.equals(PRODUCTION) ? "" : "-" + environment) + "-" + binding);
                namespaces.put(binding, title);
                notes.add("KV namespace " + title + " begins empty: what Cloudflare's has in " + id
                        + " is not copied (wrangler kv bulk get, and put)");
            });
        }
        return namespaces;
    }

    private static Map<String, Object> services(JsonNode own) {
        Map<String, Object> services = new LinkedHashMap<>();
        for (JsonNode binding : own.path("services")) {
            Map<String, @Nullable Object> target = new LinkedHashMap<>();
            for (String key : List.of("service", "environment", "entrypoint")) {
                text(binding.path(key)).ifPresent(value -> target.put(key, value));
            }
            if (binding.has("props")) {
                target.put("props", Project.plain(binding.path("props")));
            }
            text(binding.path("binding")).ifPresent(name -> services.put(name, target));
        }
        return services;
    }

    private static Map<String, Object> objects(JsonNode own) {
        Map<String, Object> objects = new LinkedHashMap<>();
        for (JsonNode binding : own.path("durable_objects").path("bindings")) {
            Map<String, Object> target = new LinkedHashMap<>();
            text(binding.path("class_name")).ifPresent(name -> target.put("class", name));
            text(binding.path("script_name")).ifPresent(name -> target.put("service", name));
            text(binding.path("environment")).ifPresent(name -> target.put("environment", name));
            text(binding.path("name")).ifPresent(name -> objects.put(name, target));
        }
        return objects;
    }

    private static void routes(JsonNode own, Map<String, Object> entry) {
        List<String> routes = new ArrayList<>();
        List<String> domains = new ArrayList<>();
        Stream.concat(own.path("routes").valueStream(), Stream.of(own.path("route")))
                .forEach(route -> {
                    text(route.isObject() ? route.path("pattern") : route)
                            .ifPresent(pattern ->
                                    (route.path("custom_domain").asBoolean() ? domains : routes).add(pattern));
                });
        put(entry, "routes", routes);
        put(entry, "domains", domains);
    }

    private static Map<String, Object> limits(JsonNode limits) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (limits.path("cpu_ms").isIntegralNumber()) {
            result.put("cpu", limits.path("cpu_ms").asLong() + "ms");
        }
        if (limits.path("subrequests").isIntegralNumber()) {
            result.put("subrequests", limits.path("subrequests").asInt());
        }
        return result;
    }

    /** What is left out, key by key. */
    private void tell(String where, JsonNode own) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        own.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        sorted.forEach((key, value) -> {
            String missing = MISSING_KINDS.get(key);
            if (missing != null) {
                notes.add("'" + where + key + "' is left out: " + missing + " not part of Skerry"
                        + bindings(value)
                                .map(names -> ", so env has no " + names)
                                .orElse(""));
            } else if (key.equals("migrations")) {
                notes.add("'" + where + key + "' is left out: a Durable Object's class is there when a version has it");
            } else if (key.equals("version_metadata")) {
                notes.add("'" + where + key + "' is left out; wrangler can deploy it");
            } else if (!UNDERSTOOD.contains(key) && !HARMLESS.contains(key)) {
                notes.add("'" + where + key + "' is not understood, and left out");
            }
        });
    }

    private static Optional<String> bindings(JsonNode value) {
        List<String> names = value.findValues("binding").stream()
                .map(JsonNode::asText)
                .distinct()
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static Optional<Boolean> truth(JsonNode node) {
        return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    private static List<String> texts(JsonNode node) {
        return (node instanceof MissingNode ? Stream.<JsonNode>of() : node.valueStream())
                .map(JsonNode::asText)
                .toList();
    }
}
