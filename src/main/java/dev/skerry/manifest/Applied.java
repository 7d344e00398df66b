package dev.skerry.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.model.Binding;
import dev.skerry.model.Environment;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was applied to an environment the last time, kept with it as a setting: the file is compared with this, not with what serves, so what was changed by
 * other means stays until the file's own entry changes. Immutable.
 *
 * @param version the version that the file asked for then
 * @param bindings the names that the file bound then
 */
record Applied(Optional<VersionId> version, List<String> bindings, Places places) {
    /** The setting's key. */
    static final String KEY = "manifest";

    /** Before the first time. */
    static final Applied NOTHING = new Applied(Optional.empty(), List.of(), Places.FRESH);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Applied of(Version version, Desired desired) {
        List<String> names = new ArrayList<>(desired.namespaces().keySet());
        desired.bindings().forEach(binding -> names.add(binding.name()));
        return new Applied(Optional.of(version.id()), names.stream().sorted().toList(), desired.places());
    }

    static Applied of(Environment environment) {
        String json = environment.settings().get(KEY);
        return json == null ? NOTHING : parse(json);
    }

    private static Applied parse(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            return new Applied(
                    Optional.of(VersionId.parse(node.path("version").asText())),
                    list(node.path("bindings")),
                    new Places(
                            node.path("hostname").asBoolean(),
                            node.path("previews").asBoolean(),
                            node.path("upstream").asText(""),
                            list(node.path("routes")),
                            list(node.path("domains")),
                            list(node.path("crons"))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The setting '" + KEY + "' is broken", e);
        }
    }

    String json() {
        ObjectNode node = MAPPER.createObjectNode();
        version.ifPresent(id -> node.put("version", id.toString()));
        put(node, "bindings", bindings);
        node.put("hostname", places.hostname());
        node.put("previews", places.previews());
        node.put("upstream", places.upstream());
        put(node, "routes", places.routes());
        put(node, "domains", places.domains());
        put(node, "crons", places.crons());
        return node.toString();
    }

    /** Whether the version that was applied is what the file asks for now, but for bindings that were added by other means. */
    boolean covers(Optional<Version> appliedVersion, Desired desired, VersionSpec spec) {
        return appliedVersion
                .filter(version -> version.annotations().equals(desired.entry().annotations()))
                .map(Version::spec)
                .filter(was -> was.withBindings(was.bindings().stream()
                                .filter(binding -> bindings.contains(binding.name()))
                                .toList())
                        .equals(spec))
                .isPresent();
    }

    /** The secrets of a version that the file neither names nor named: they were put by other means, and stay. */
    List<Binding> foreignSecrets(Version latest, Desired desired) {
        return latest.spec().bindings().stream()
                .filter(Binding.Secret.class::isInstance)
                .filter(secret -> !bindings.contains(secret.name()) && !desired.binds(secret.name()))
                .toList();
    }

    private static List<String> list(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static void put(ObjectNode node, String key, List<String> values) {
        ArrayNode array = node.putArray(key);
        values.forEach(array::add);
    }
}
