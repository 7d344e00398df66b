package dev.skerry.api.workers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.api.ApiException;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceName;
import dev.skerry.model.VersionSpec;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Bindings as they stand in uploads and answers. Thread-safe. */
@Singleton
public final class Bindings {
    private static final List<String> KINDS_OF_SECRETS = List.of("secret_text", "secret_key");

    private final Workers workers;
    private final ObjectMapper mapper;

    @Inject
    Bindings(Workers workers, ObjectMapper mapper) {
        this.workers = workers;
        this.mapper = mapper;
    }

    /**
     * The bindings of the next version.
     *
     * @param array what was sent; {@code inherit} takes the binding of that name (or of {@code old_name}) from the version before
     * @param keep types of bindings that the version before hands down, but for names that were sent; secrets too where it names no kind of them: a
     *     client that lets them go names the other kind
     * @param strict whether an {@code inherit} that finds nothing is refused; else it is left out
     */
    List<Binding> read(JsonNode array, List<String> keep, Optional<VersionSpec> before, boolean strict) {
        List<Binding> bindings = new ArrayList<>();
        for (JsonNode json : array) {
            String name = required(json, "name", "A binding");
            if (json.path("type").asText().equals("inherit")) {
                inherit(name, json.path("old_name").asText(name), before, strict)
                        .ifPresent(bindings::add);
            } else {
                bindings.add(read(name, json));
            }
        }
        boolean secretsStay = Collections.disjoint(keep, KINDS_OF_SECRETS);
        before.ifPresent(spec -> {
            for (Binding old : spec.bindings()) {
                boolean sent =
                        bindings.stream().anyMatch(binding -> binding.name().equals(old.name()));
                if (!sent && (keep.contains(type(old)) || secretsStay && old instanceof Binding.Secret)) {
                    bindings.add(old);
                }
            }
        });
        return bindings;
    }

    private static Optional<Binding> inherit(
            String name, String oldName, Optional<VersionSpec> before, boolean strict) {
        Optional<Binding> old = before.flatMap(spec -> spec.binding(oldName));
        if (old.isEmpty() && strict) {
            throw new ApiException(
                    ErrorCode.INHERIT_MISSING,
                    "Binding " + name + " inherits '" + oldName + "', which the version before does not have");
        }
        return old.map(binding -> renamed(binding, name));
    }

    /** One binding of a kind that has a value of its own. */
    Binding read(String name, JsonNode json) {
        String what = "Binding " + name;
        try {
            return switch (json.path("type").asText()) {
                case "plain_text" -> new Binding.PlainText(name, required(json, "text", what));
                case "secret_text" -> new Binding.Secret(name, required(json, "text", what));
                case "json" -> new Binding.Json(name, mapper.writeValueAsString(json.path("json")));
                case "kv_namespace" -> new Binding.KvNamespace(name, required(json, "namespace_id", what));
                case "service" -> service(name, json, what);
                case "durable_object_namespace" -> objects(name, json, what);
                case "version_metadata" -> new Binding.VersionMetadata(name);
                case "assets" -> new Binding.Assets(name);
                case "" -> throw invalid(what + " has no type");
                default ->
                    throw invalid(what + " is of the type '" + json.path("type").asText()
                            + "', which Skerry does not have; there are: plain_text, json, secret_text, kv_namespace,"
                            + " durable_object_namespace, service, version_metadata, assets, inherit");
            };
        } catch (IllegalArgumentException e) {
            throw invalid(what + ": " + e.getMessage());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree can always be written", e);
        }
    }

    private Binding service(String name, JsonNode json, String what) throws JsonProcessingException {
        EnvironmentRef target = target(required(json, "service", what), optional(json, "environment"));
        return new Binding.Service(
                name,
                target.service(),
                environment(target),
                optional(json, "entrypoint"),
                json.hasNonNull("props")
                        ? Optional.of(mapper.writeValueAsString(json.path("props")))
                        : Optional.empty());
    }

    private Binding objects(String name, JsonNode json, String what) {
        Optional<EnvironmentRef> target =
                optional(json, "script_name").map(script -> target(script, optional(json, "environment")));
        return new Binding.DurableObjectNamespace(
                name,
                required(json, "class_name", what),
                target.map(EnvironmentRef::service),
                target.flatMap(Bindings::environment));
    }

    private EnvironmentRef target(String service, Optional<String> environment) {
        ServiceName named = new ServiceName(service);
        return environment
                .map(wanted -> new EnvironmentRef(named, new EnvironmentName(wanted)))
                .orElseGet(() -> workers.resolve(named.value()));
    }

    private static Optional<EnvironmentName> environment(EnvironmentRef target) {
        return target.environment().isProduction() ? Optional.empty() : Optional.of(target.environment());
    }

    /** For answers: a secret without its text. */
    List<ObjectNode> write(List<Binding> bindings) {
        return bindings.stream().map(this::write).toList();
    }

    private ObjectNode write(Binding binding) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", binding.name()).put("type", type(binding));
        switch (binding) {
            case Binding.PlainText text -> json.put("text", text.text());
            case Binding.Json value -> json.set("json", parse(value.json()));
            case Binding.Secret secret -> {}
            case Binding.KvNamespace namespace -> json.put("namespace_id", namespace.namespaceId());
            case Binding.Service service -> {
                json.put("service", service.service().value());
                service.environment().ifPresent(environment -> json.put("environment", environment.value()));
                service.entrypoint().ifPresent(entrypoint -> json.put("entrypoint", entrypoint));
                service.props().ifPresent(props -> json.set("props", parse(props)));
            }
            case Binding.DurableObjectNamespace namespace -> {
                json.put("class_name", namespace.className());
                namespace.service().ifPresent(service -> json.put("script_name", service.value()));
                namespace.environment().ifPresent(environment -> json.put("environment", environment.value()));
            }
            case Binding.VersionMetadata metadata -> {}
            case Binding.Assets assets -> {}
        }
        return json;
    }

    /** The name of the kind, as it stands in uploads. */
    static String type(Binding binding) {
        return switch (binding) {
            case Binding.PlainText text -> "plain_text";
            case Binding.Json json -> "json";
            case Binding.Secret secret -> "secret_text";
            case Binding.KvNamespace namespace -> "kv_namespace";
            case Binding.Service service -> "service";
            case Binding.DurableObjectNamespace namespace -> "durable_object_namespace";
            case Binding.VersionMetadata metadata -> "version_metadata";
            case Binding.Assets assets -> "assets";
        };
    }

    private static Binding renamed(Binding binding, String name) {
        return switch (binding) {
            case Binding.PlainText text -> new Binding.PlainText(name, text.text());
            case Binding.Json json -> new Binding.Json(name, json.json());
            case Binding.Secret secret -> new Binding.Secret(name, secret.text());
            case Binding.KvNamespace namespace -> new Binding.KvNamespace(name, namespace.namespaceId());
            case Binding.Service service ->
                new Binding.Service(
                        name, service.service(), service.environment(), service.entrypoint(), service.props());
            case Binding.DurableObjectNamespace objects ->
                new Binding.DurableObjectNamespace(name, objects.className(), objects.service(), objects.environment());
            case Binding.VersionMetadata metadata -> new Binding.VersionMetadata(name);
            case Binding.Assets assets -> new Binding.Assets(name);
        };
    }

    private JsonNode parse(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A binding's JSON was checked when it came", e);
        }
    }

    private static String required(JsonNode json, String key, String what) {
        return optional(json, key).orElseThrow(() -> invalid(what + " has no '" + key + "', or it is not a string"));
    }

    private static Optional<String> optional(JsonNode json, String key) {
        return json.path(key).isTextual() ? Optional.of(json.path(key).textValue()) : Optional.empty();
    }

    private static ApiException invalid(String sentence) {
        return new ApiException(ErrorCode.VERSION_INVALID, sentence);
    }
}
