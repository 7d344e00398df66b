package dev.skerry.api.workers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Token.Scope;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings: those of the newest version, which make a new one when they are changed, and those that belong to no version ({@code script-settings}).
 */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Settings {
    private final Workers workers;
    private final Publisher publisher;
    private final Bindings bindings;
    private final Registry registry;
    private final Caller caller;
    private final Folding folding;
    private final ObjectMapper mapper;

    @Inject
    Settings(
            Workers workers,
            Publisher publisher,
            Bindings bindings,
            Registry registry,
            Caller caller,
            Folding folding,
            ObjectMapper mapper) {
        this.workers = workers;
        this.publisher = publisher;
        this.bindings = bindings;
        this.registry = registry;
        this.caller = caller;
        this.folding = folding;
        this.mapper = mapper;
    }

    @GET
    @Path(Paths.WORKER + "/settings")
    public Envelope<ObjectNode> get(@PathParam("worker") String worker) {
        EnvironmentRef ref = workers.find(worker);
        return Envelope.of(describe(ref, workers.latest(ref)));
    }

    /** Makes a version with other settings of the newest one's, and gives it all traffic. What is left out stays. */
    @PATCH
    @Path(Paths.WORKER + "/settings")
    public Envelope<ObjectNode> patch(
            @PathParam("worker") String worker,
            @HeaderParam("Content-Type") @Nullable String contentType,
            byte[] body) {
        EnvironmentRef ref = workers.find(worker);
        Version latest = workers.latest(ref);
        Upload sent = Upload.read(body, contentType, "settings", mapper);
        ObjectNode metadata = mapper.createObjectNode();
        metadata.put("compatibility_date", latest.spec().compatibilityDate());
        ArrayNode flags = metadata.putArray("compatibility_flags");
        latest.spec().compatibilityFlags().forEach(flags::add);
        sent.metadata().properties().forEach(entry -> metadata.set(entry.getKey(), entry.getValue()));
        metadata.set("bindings", inherited(sent.metadata().path("bindings"), latest.spec()));
        Version version = publisher
                .publish(ref, new Upload(metadata, Optional.empty()), true, true)
                .version();
        return Envelope.of(describe(ref, version));
    }

    /** Without bindings, all of them stay; one that is sent by name and type alone stays as it is. */
    private ArrayNode inherited(JsonNode sent, VersionSpec before) {
        ArrayNode bindings = mapper.createArrayNode();
        if (sent.isMissingNode()) {
            before.bindings().forEach(binding -> bindings.add(inherit(binding.name())));
        }
        for (JsonNode binding : sent) {
            String name = binding.path("name").asText();
            boolean stays = binding.size() == 2
                    && before.binding(name)
                            .filter(old -> Bindings.type(old)
                                    .equals(binding.path("type").asText()))
                            .isPresent();
            bindings.add(stays ? inherit(name) : binding);
        }
        return bindings;
    }

    private ObjectNode inherit(String name) {
        return mapper.createObjectNode().put("name", name).put("type", "inherit");
    }

    @GET
    @Path(Paths.WORKER + "/script-settings")
    public Envelope<ObjectNode> getScriptSettings(@PathParam("worker") String worker) {
        return Envelope.of(ofEnvironment(workers.environment(workers.find(worker))));
    }

    /** Tags that name a service and an environment make the worker that environment, see {@link Folding}. */
    @PATCH
    @Path(Paths.WORKER + "/script-settings")
    public Envelope<ObjectNode> patchScriptSettings(@PathParam("worker") String worker, JsonNode patch) {
        EnvironmentRef ref = workers.find(worker);
        EnvironmentRef folded = folding.target(ref, patch.path("tags"));
        caller.require(Scope.DEPLOY, folded);
        registry.change(caller.origin(), change -> {
            publisher.settings(change, ref, patch);
            if (!folded.equals(ref)) {
                change.moveEnvironment(ref, folded);
            }
            return ref;
        });
        return Envelope.of(ofEnvironment(workers.environment(folded)));
    }

    @GET
    @Path(Paths.WORKER + "/bindings")
    public Envelope<List<ObjectNode>> bindings(@PathParam("worker") String worker) {
        return Envelope.of(
                bindings.write(workers.latest(workers.find(worker)).spec().bindings()));
    }

    private ObjectNode describe(EnvironmentRef ref, Version version) {
        ObjectNode json = ofEnvironment(workers.environment(ref));
        json.set("bindings", mapper.valueToTree(bindings.write(version.spec().bindings())));
        json.setAll((ObjectNode) mapper.valueToTree(Answers.RuntimePart.of(version)));
        return json;
    }

    private ObjectNode ofEnvironment(Environment environment) {
        ObjectNode json = mapper.createObjectNode();
        json.set("tags", list(environment, "tags"));
        json.set("tail_consumers", list(environment, "tail_consumers"));
        json.put("logpush", json(environment, "logpush").asBoolean());
        JsonNode observability = json(environment, "observability");
        json.set(
                "observability",
                observability.isObject()
                        ? observability
                        : mapper.createObjectNode().put("enabled", false));
        JsonNode placement = json(environment, "placement");
        json.set("placement", placement.isObject() ? placement : mapper.createObjectNode());
        return json;
    }

    private JsonNode list(Environment environment, String key) {
        JsonNode value = json(environment, key);
        return value.isArray() ? value : mapper.createArrayNode();
    }

    /** A setting that belongs to no version; a null node where it was never set. */
    JsonNode json(Environment environment, String key) {
        String kept = environment.settings().get(key);
        try {
            return kept == null ? NullNode.instance : mapper.readTree(kept);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The setting " + key + " of " + environment.ref() + " is not JSON", e);
        }
    }
}
