package dev.skerry.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.ServiceName;
import dev.skerry.model.VersionId;
import java.util.Optional;

/** Bindings as rows: type, attributes as JSON, and for a secret its sealed text. Thread-safe. */
final class BindingCodec {
    private final Sealer sealer;

    BindingCodec(Sealer sealer) {
        this.sealer = sealer;
    }

    /** A row's columns. */
    record Encoded(String name, String type, String attributes, Optional<byte[]> sealed) {}

    Encoded encode(VersionId version, Binding binding) {
        ObjectNode json = Json.object();
        String type = switch (binding) {
            case Binding.PlainText(String name, String text) -> {
                json.put("text", text);
                yield "plain_text";
            }
            case Binding.Json(String name, String text) -> {
                json.put("json", text);
                yield "json";
            }
            case Binding.Secret secret -> "secret_text";
            case Binding.KvNamespace(String name, String id) -> {
                json.put("namespace_id", id);
                yield "kv_namespace";
            }
            case Binding.Service service -> {
                json.put("service", service.service().value());
                service.environment().ifPresent(environment -> json.put("environment", environment.value()));
                service.entrypoint().ifPresent(entrypoint -> json.put("entrypoint", entrypoint));
                service.props().ifPresent(props -> json.put("props", props));
                yield "service";
            }
            case Binding.DurableObjectNamespace namespace -> {
                json.put("class_name", namespace.className());
                namespace.service().ifPresent(service -> json.put("service", service.value()));
                namespace.environment().ifPresent(environment -> json.put("environment", environment.value()));
                yield "durable_object_namespace";
            }
            case Binding.VersionMetadata metadata -> "version_metadata";
            case Binding.Assets assets -> "assets";
        };
        Optional<byte[]> sealed = binding instanceof Binding.Secret(String name, String text)
                ? Optional.of(sealer.seal(owner(version, name), text))
                : Optional.empty();
        return new Encoded(binding.name(), type, json.toString(), sealed);
    }

    Binding decode(VersionId version, Encoded row) {
        JsonNode json = Json.parse(row.attributes());
        String name = row.name();
        return switch (row.type()) {
            case "plain_text" -> new Binding.PlainText(name, json.path("text").asText());
            case "json" -> new Binding.Json(name, json.path("json").asText());
            case "secret_text" ->
                new Binding.Secret(
                        name, sealer.open(owner(version, name), row.sealed().orElseThrow()));
            case "kv_namespace" ->
                new Binding.KvNamespace(name, json.path("namespace_id").asText());
            case "service" ->
                new Binding.Service(
                        name,
                        new ServiceName(json.path("service").asText()),
                        optional(json, "environment").map(EnvironmentName::new),
                        optional(json, "entrypoint"),
                        optional(json, "props"));
            case "durable_object_namespace" ->
                new Binding.DurableObjectNamespace(
                        name,
                        json.path("class_name").asText(),
                        optional(json, "service").map(ServiceName::new),
                        optional(json, "environment").map(EnvironmentName::new));
            case "version_metadata" -> new Binding.VersionMetadata(name);
            case "assets" -> new Binding.Assets(name);
            default -> throw new StoreException("The store holds a binding of the unknown type " + row.type());
        };
    }

    private static Optional<String> optional(JsonNode json, String key) {
        return json.has(key) ? Optional.of(json.path(key).asText()) : Optional.empty();
    }

    private static String owner(VersionId version, String name) {
        return "version " + version + ", binding " + name;
    }
}
