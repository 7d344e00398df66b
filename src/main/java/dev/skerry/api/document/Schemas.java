package dev.skerry.api.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/** Says which properties may be null, and which are always there. The records say it, by {@code @Nullable}; the schemas that were made of them do not. */
final class Schemas {
    private static final DotName NULLABLE = DotName.createSimple("org.jspecify.annotations.Nullable");
    private static final DotName PROPERTY = DotName.createSimple("com.fasterxml.jackson.annotation.JsonProperty");
    private static final String REF = "#/components/schemas/";
    private static final String ENVELOPE = "Envelope";

    private final IndexView index;
    private final OpenAPI document;
    private final Map<String, Schema> schemas;

    Schemas(IndexView index, OpenAPI document) {
        this.index = index;
        this.document = document;
        this.schemas = document.getComponents().getSchemas();
    }

    void mend() {
        Set<String> sent = sent();
        schemas.forEach((name, schema) -> {
            if (schema.getProperties() == null) {
                return;
            }
            if (name.startsWith(ENVELOPE)) {
                envelope(name, schema);
            } else {
                record(name, schema).ifPresent(type -> mend(schema, type, sent.contains(name)));
            }
        });
    }

    private static void envelope(String name, Schema schema) {
        schema.setRequired(List.of("success", "errors", "messages", "result"));
        if (name.equals(ENVELOPE + "Void")) {
            schema.addProperty("result", OASFactory.createSchema().type(List.of(SchemaType.NULL)));
        }
    }

    private static void mend(Schema schema, ClassInfo type, boolean sent) {
        Map<String, RecordComponentInfo> components = components(type);
        List<String> required = new ArrayList<>();
        Map<String, Schema> properties = new TreeMap<>();
        schema.getProperties().forEach((property, of) -> {
            // The record was found by these very names.
            RecordComponentInfo component = Objects.requireNonNull(components.get(plain(property)), property);
            boolean nullable = component.type().hasAnnotation(NULLABLE);
            properties.put(property, nullable ? orNull(of) : of);
            if (!nullable && !sent) {
                required.add(property);
            }
        });
        schema.setProperties(properties);
        schema.setRequired(required.isEmpty() ? null : required);
    }

    private static Schema orNull(Schema schema) {
        if (schema.getRef() == null && schema.getType() != null) {
            List<SchemaType> types = new ArrayList<>(schema.getType());
            types.add(SchemaType.NULL);
            schema.setType(types);
            return schema;
        }
        return OASFactory.createSchema()
                .addAnyOf(schema)
                .addAnyOf(OASFactory.createSchema().type(List.of(SchemaType.NULL)));
    }

    /** The record that a schema was made of: several may have its name, one has its properties. */
    private Optional<ClassInfo> record(String name, Schema schema) {
        Set<String> properties =
                schema.getProperties().keySet().stream().map(Schemas::plain).collect(Collectors.toSet());
        String simple = name.replaceFirst("\\d+$", "");
        Collection<ClassInfo> all = index.getKnownClasses();
        return all.stream()
                .filter(type -> type.isRecord()
                        && type.name().toString().startsWith("dev.skerry.")
                        && (type.simpleName().equals(simple)
                                || type.simpleName().equals(name)))
                .filter(type -> components(type).keySet().equals(properties))
                .findFirst();
    }

    private static Map<String, RecordComponentInfo> components(ClassInfo type) {
        Map<String, RecordComponentInfo> components = new TreeMap<>();
        for (RecordComponentInfo component : type.recordComponents()) {
            AnnotationInstance named = type.field(component.name()).annotation(PROPERTY);
            components.put(
                    plain(
                            named == null || named.value() == null
                                    ? component.name()
                                    : named.value().asString()),
                    component);
        }
        return components;
    }

    /** As names are the same in Java and in JSON. */
    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** The schemas of what clients send: there, what is left out has a default. */
    private Set<String> sent() {
        Set<String> sent = new HashSet<>();
        for (PathItem path : document.getPaths().getPathItems().values()) {
            for (Operation operation : path.getOperations().values()) {
                if (operation.getRequestBody() != null) {
                    for (MediaType body : operation
                            .getRequestBody()
                            .getContent()
                            .getMediaTypes()
                            .values()) {
                        follow(body.getSchema(), sent);
                    }
                }
            }
        }
        return sent;
    }

    private void follow(@Nullable Schema schema, Set<String> found) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null) {
            String name = schema.getRef().replace(REF, "");
            if (found.add(name) && schemas.containsKey(name)) {
                follow(schemas.get(name), found);
            }
        }
        follow(schema.getItems(), found);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(each -> follow(each, found));
        }
    }
}
