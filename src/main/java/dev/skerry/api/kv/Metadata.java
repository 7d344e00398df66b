package dev.skerry.api.kv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.api.ApiException;
import dev.skerry.api.ErrorCode;

/** A key's metadata: JSON of any kind. Functions alone. */
final class Metadata {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Metadata() {}

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ApiException(
                    ErrorCode.INVALID, "Metadata must be valid JSON, which this is not: " + e.getOriginalMessage());
        }
    }

    /** The same JSON without white space. */
    static String compact(String json) {
        return parse(json).toString();
    }
}
