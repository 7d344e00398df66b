package dev.skerry.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON columns, by the tree alone: no reflection. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String of(Map<String, String> map) {
        ObjectNode node = object();
        new TreeMap<>(map).forEach(node::put);
        return node.toString();
    }

    static String of(List<String> list) {
        var node = JsonNodeFactory.instance.arrayNode();
        list.forEach(node::add);
        return node.toString();
    }

    static Map<String, String> map(String json) {
        Map<String, String> map = new HashMap<>();
        parse(json)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    static List<String> list(String json) {
        return parse(json).valueStream().map(JsonNode::asText).toList();
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new StoreException("The store holds broken JSON: " + e.getOriginalMessage(), e);
        }
    }
}
