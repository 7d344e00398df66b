package dev.skerry.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.manifest.Draft;
import dev.skerry.manifest.wrangler.Site;
import dev.skerry.model.Binding;
import dev.skerry.model.Code;
import dev.skerry.model.Module;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Deploys drafts over the admin API, as any client would. Confined to one thread. */
final class DraftUpload {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int NAMESPACES_PER_PAGE = 1000;

    private final AdminClient client;
    private final Map<String, String> namespaceIds = new HashMap<>();

    DraftUpload(AdminClient client) {
        this.client = client;
    }

    /** Makes the draft's code and bindings the next version of its environment, which serves when this returns; then its addresses and triggers. */
    void deploy(Draft draft, Optional<Site> site) {
        ObjectNode metadata = metadata(draft);
        site.ifPresent(files -> {
            metadata.set("assets", new SiteUpload(client).upload(path(draft), files));
            files.binding()
                    .ifPresent(name -> metadata.withArray("bindings")
                            .addObject()
                            .put("name", name)
                            .put("type", "assets"));
        });
        Form form = new Form();
        form.part("metadata", "application/json", metadata.toString().getBytes(StandardCharsets.UTF_8));
        if (!draft.pagesAlone()) {
            for (Module module : draft.code().modules()) {
                form.file(
                        module.name(),
                        module.type().contentType(),
                        module.content().array());
            }
        }
        client.put(path(draft), form.contentType(), form.body());
        client.post(
                path(draft) + "/subdomain",
                JSON.objectNode().put("enabled", draft.hostname()).put("previews_enabled", draft.previews()));
        ArrayNode crons = JSON.arrayNode();
        draft.crons().forEach(cron -> crons.addObject().put("cron", cron));
        client.put(path(draft) + "/schedules", crons);
        if (!draft.routes().isEmpty()) {
            ArrayNode routes = JSON.arrayNode();
            draft.routes().forEach(route -> routes.addObject().put("pattern", route));
            client.put(path(draft) + "/routes", routes);
        }
        if (!draft.domains().isEmpty()) {
            ObjectNode records = JSON.objectNode();
            ArrayNode origins = records.putArray("origins");
            draft.domains().forEach(domain -> origins.addObject().put("hostname", domain));
            client.put(path(draft) + "/domains/records", records);
        }
    }

    private static String path(Draft draft) {
        return "/workers/services/" + draft.ref().service() + "/environments/"
                + draft.ref().environment();
    }

    private ObjectNode metadata(Draft draft) {
        ObjectNode metadata = JSON.objectNode();
        if (!draft.pagesAlone()) {
            metadata.put(
                    draft.code().format() == Code.Format.MODULES ? "main_module" : "body_part",
                    draft.code().main());
        }
        metadata.put("compatibility_date", draft.compatibilityDate());
        draft.compatibilityFlags().forEach(metadata.putArray("compatibility_flags")::add);
        metadata.putArray("keep_bindings").add("secret_text");
        ArrayNode bindings = metadata.putArray("bindings");
        draft.bindings().forEach(binding -> bindings.add(json(binding)));
        draft.namespaces()
                .forEach((name, title) -> bindings.addObject()
                        .put("name", name)
                        .put("type", "kv_namespace")
                        .put("namespace_id", namespace(title)));
        ObjectNode limits = JSON.objectNode();
        draft.limits().cpu().ifPresent(cpu -> limits.put("cpu_ms", cpu.toMillis()));
        draft.limits().subrequests().ifPresent(most -> limits.put("subrequests", most));
        if (!limits.isEmpty()) {
            metadata.set("limits", limits);
        }
        return metadata;
    }

    /** The id of the KV namespace of that title, made where it is not there. */
    private String namespace(String title) {
        return namespaceIds.computeIfAbsent(title, key -> {
            for (int page = 1; ; page++) {
                JsonNode part = client.get("/storage/kv/namespaces?per_page=" + NAMESPACES_PER_PAGE + "&page=" + page);
                for (JsonNode namespace : part) {
                    if (namespace.path("title").asText().equals(title)) {
                        return namespace.path("id").asText();
                    }
                }
                if (part.isEmpty()) {
                    return client.post(
                                    "/storage/kv/namespaces", JSON.objectNode().put("title", title))
                            .path("id")
                            .asText();
                }
            }
        });
    }

    private static ObjectNode json(Binding binding) {
        ObjectNode json = JSON.objectNode().put("name", binding.name());
        switch (binding) {
            case Binding.PlainText text -> json.put("type", "plain_text").put("text", text.text());
            case Binding.Json value -> json.put("type", "json").set("json", parse(value.json()));
            case Binding.Secret secret -> json.put("type", "secret_text").put("text", secret.text());
            case Binding.KvNamespace namespace ->
                json.put("type", "kv_namespace").put("namespace_id", namespace.namespaceId());
            case Binding.Service service -> {
                json.put("type", "service").put("service", service.service().value());
                service.environment().ifPresent(environment -> json.put("environment", environment.value()));
                service.entrypoint().ifPresent(entrypoint -> json.put("entrypoint", entrypoint));
                service.props().ifPresent(props -> json.set("props", parse(props)));
            }
            case Binding.DurableObjectNamespace objects -> {
                json.put("type", "durable_object_namespace").put("class_name", objects.className());
                objects.service().ifPresent(service -> json.put("script_name", service.value()));
                objects.environment().ifPresent(environment -> json.put("environment", environment.value()));
            }
            case Binding.VersionMetadata metadata -> json.put("type", "version_metadata");
            case Binding.Assets assets -> json.put("type", "assets");
        }
        return json;
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A binding's JSON was checked when it was read", e);
        }
    }
}
