package dev.skerry.api.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** As much of JSON Schema as the document uses. A property that no schema names is a problem too: it was not told. */
record JsonSchema(JsonNode document) {
    void check(String where, JsonNode value, JsonNode schema, List<String> problems) {
        if (schema.has("$ref")) {
            JsonNode target = document.at(schema.path("$ref").asText().substring(1));
            if (!target.isObject()) {
                problems.add(where + ": no schema " + schema.path("$ref"));
            }
            check(where, value, target, problems);
        } else if (schema.has("anyOf")) {
            List<String> all = new ArrayList<>();
            for (JsonNode one : schema.path("anyOf")) {
                List<String> found = new ArrayList<>();
                check(where, value, one, found);
                if (found.isEmpty()) {
                    return;
                }
                all.addAll(found);
            }
            problems.addAll(all);
        } else if (schema.has("type")) {
            typed(where, value, schema, problems);
        }
    }

    private void typed(String where, JsonNode value, JsonNode schema, List<String> problems) {
        List<String> types = new ArrayList<>();
        if (schema.path("type").isArray()) {
            schema.path("type").forEach(type -> types.add(type.asText()));
        } else {
            types.add(schema.path("type").asText());
        }
        if (!types.contains(type(value)) && !(types.contains("number") && value.isNumber())) {
            problems.add(where + " is " + value + ", not of " + types);
            return;
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(where + "[" + i + "]", value.get(i), schema.path("items"), problems);
            }
        }
        if (value.isObject()) {
            object(where, value, schema, problems);
        }
        if (value.isTextual() && schema.path("format").asText().equals("date-time")) {
            try {
                Instant.parse(value.textValue());
            } catch (DateTimeParseException e) {
                problems.add(where + " is no time: " + value);
            }
        }
    }

    private void object(String where, JsonNode value, JsonNode schema, List<String> problems) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                problems.add(where + " has no " + name);
            }
        }
        value.properties().forEach(property -> {
            JsonNode of = schema.path("properties").path(property.getKey());
            JsonNode others = schema.path("additionalProperties");
            if (of.isObject()) {
                check(where + "." + property.getKey(), property.getValue(), of, problems);
            } else if (others.isObject()) {
                check(where + "." + property.getKey(), property.getValue(), others, problems);
            } else {
                problems.add(where + " has " + property.getKey() + ", of which its schema tells nothing");
            }
        });
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case NULL -> "null";
            default -> "nothing";
        };
    }
}
