package dev.skerry.api.workers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.api.ApiException;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.Multipart;
import dev.skerry.api.Multipart.Part;
import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.StaticFiles;
import dev.skerry.model.VersionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a client uploads to make a version: a form of {@code metadata} and modules, or a lone script. Immutable.
 *
 * @param files static files that were uploaded before, see {@link AssetUploads}
 */
record Upload(JsonNode metadata, Optional<Code> code, Optional<StaticFiles> files) {
    /** The date of workers that name none: the first that Cloudflare knew. */
    private static final String FIRST_DATE = "2021-11-02";

    Upload(JsonNode metadata, Optional<Code> code) {
        this(metadata, code, Optional.empty());
    }

    Upload withFiles(Optional<StaticFiles> found) {
        return new Upload(metadata, code, found);
    }

    /**
     * Reads the body.
     *
     * @param part the name of the form's part with the metadata
     * @throws ApiException when it is not such a form, or its code is not whole
     */
    static Upload read(byte[] body, @Nullable String contentType, String part, ObjectMapper mapper) {
        if (contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("application/javascript")) {
            Module script = new Module("worker.js", ModuleType.COMMON_JS, Bytes.wrap(body));
            return new Upload(
                    mapper.createObjectNode(),
                    Optional.of(new Code(script.name(), Code.Format.SERVICE_WORKER, List.of(script))));
        }
        List<Part> parts = Multipart.parse(body, contentType);
        JsonNode metadata = metadata(parts, part, mapper);
        try {
            return new Upload(metadata, code(metadata, parts, part));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.VERSION_INVALID, String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode metadata(List<Part> parts, String name, ObjectMapper mapper) {
        Part part = parts.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        ErrorCode.BODY_UNREADABLE,
                        "The form has no part '" + name + "', which tells what to make of it"));
        try {
            JsonNode metadata = mapper.readTree(part.content().array());
            if (metadata.isObject()) {
                return metadata;
            }
        } catch (JsonProcessingException e) {
            throw new ApiException(
                    ErrorCode.BODY_UNREADABLE, "The part '" + name + "' is not JSON: " + e.getOriginalMessage());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw new ApiException(ErrorCode.BODY_UNREADABLE, "The part '" + name + "' is not a JSON object");
    }

    private static Optional<Code> code(JsonNode metadata, List<Part> parts, String metadataPart) {
        boolean modules = metadata.hasNonNull("main_module");
        String main = metadata.path(modules ? "main_module" : "body_part").asText();
        List<Module> found = new ArrayList<>();
        for (Part part : parts) {
            if (!part.name().equals(metadataPart)) {
                String name = part.filename().filter(file -> !file.isEmpty()).orElse(part.name());
                if (!modules && part.name().equals(main)) {
                    main = name;
                }
                found.add(new Module(name, type(name, part.contentType()), part.content()));
            }
        }
        if (main.isEmpty()) {
            if (!found.isEmpty()) {
                throw new IllegalArgumentException(
                        "The metadata names no 'main_module' (nor 'body_part'), so it is not known which module to start");
            }
            return Optional.empty();
        }
        return Optional.of(new Code(main, modules ? Code.Format.MODULES : Code.Format.SERVICE_WORKER, found));
    }

    private static ModuleType type(String name, Optional<String> contentType) {
        String type = contentType.orElse("").replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/javascript+module", "text/javascript+module" -> ModuleType.ES_MODULE;
            case "application/javascript", "text/javascript", "application/x-javascript" -> ModuleType.COMMON_JS;
            case "application/wasm" -> ModuleType.WASM;
            case "application/octet-stream" -> ModuleType.DATA;
            case "text/plain", "text/html", "text/css" -> ModuleType.TEXT;
            case "application/json" -> ModuleType.JSON;
            case "application/source-map" -> ModuleType.SOURCE_MAP;
            default ->
                throw new IllegalArgumentException(
                        "Module '" + name + "' has the content type '" + type
                                + "', which is not a module's; there are: application/javascript+module, application/javascript,"
                                + " application/wasm, application/octet-stream, text/plain, application/json, application/source-map");
        };
    }

    /**
     * The version that it asks for.
     *
     * @param before the newest version, from which bindings are inherited
     * @param strict whether an {@code inherit} that finds nothing is refused
     */
    VersionSpec spec(Optional<VersionSpec> before, boolean strict, Bindings bindings) {
        Code parts = parts(before);
        try {
            return new VersionSpec(
                    parts,
                    bindings.read(metadata.path("bindings"), texts("keep_bindings"), before, strict),
                    metadata.path("compatibility_date").asText(FIRST_DATE),
                    texts("compatibility_flags"),
                    limits(before),
                    migrationTag().or(() -> before.flatMap(VersionSpec::migrationTag)));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.VERSION_INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** Code without files loses those of the version before unless it keeps them; files without code are alone. */
    private Code parts(Optional<VersionSpec> before) {
        if (code.isPresent()) {
            return code.get()
                    .withFiles(files.or(() -> metadata.path("keep_assets").asBoolean()
                            ? before.flatMap(spec -> spec.code().files())
                            : Optional.empty()));
        }
        return files.map(Code::ofFiles)
                .or(() -> before.map(VersionSpec::code))
                .orElseThrow(() -> new ApiException(
                        ErrorCode.VERSION_INVALID,
                        "The form has no module, and there is no version before to take one from"));
    }

    /** What it says of the version: {@code workers/message}, {@code workers/tag}, {@code workers/alias} and other keys. */
    Map<String, String> annotations() {
        return annotations(metadata.path("annotations"));
    }

    static Map<String, String> annotations(JsonNode json) {
        Map<String, String> annotations = new HashMap<>();
        json.properties().forEach(entry -> {
            if (!entry.getValue().asText().isEmpty()) {
                annotations.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return annotations;
    }

    /** The migration that it brings an environment to. */
    Optional<String> migrationTag() {
        JsonNode tag = metadata.path("migrations").path("new_tag");
        return tag.isTextual() ? Optional.of(tag.textValue()) : Optional.empty();
    }

    /** {@code limits} are the version's own; without it, and of what it cannot speak of, those of the version before stay. */
    private LimitOverrides limits(Optional<VersionSpec> before) {
        LimitOverrides kept = before.map(VersionSpec::limits).orElse(LimitOverrides.NONE);
        JsonNode limits = metadata.path("limits");
        JsonNode cpu = limits.path("cpu_ms");
        JsonNode subrequests = limits.path("subrequests");
        return limits.isObject()
                ? kept.with(
                        cpu.isNumber() ? Optional.of(Duration.ofMillis(cpu.longValue())) : Optional.empty(),
                        subrequests.isInt() ? OptionalInt.of(subrequests.intValue()) : OptionalInt.empty())
                : kept;
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        metadata.path(key).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
