package dev.skerry.api.document;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Says in which types bodies come, with which status, and what an error looks like. */
final class Contents {
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";
    private static final String FORM = "multipart/form-data";
    private static final String OK = "200";
    private static final String CREATED = "201";
    private static final String FAILURE = "Failure";

    /** Calls that make something, by the end of their paths. */
    private static final List<String> MAKING = List.of(
            "/workers/services",
            "/services/{service}/environments",
            "/clone",
            "{account}/tokens",
            "/workers/assets/upload");

    private final OpenAPI document;

    Contents(OpenAPI document) {
        this.document = document;
    }

    void mend() {
        document.getComponents().addSchema(FAILURE, failure());
        document.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((method, operation) -> mend(path, method, operation)));
    }

    private static void mend(String path, HttpMethod method, Operation operation) {
        if (operation.getRequestBody() != null) {
            operation
                    .getRequestBody()
                    .setContent(sent(path, operation.getRequestBody().getContent()));
        }
        APIResponse ok = operation.getResponses().getAPIResponse(OK);
        if (ok != null
                && method == HttpMethod.GET
                && (path.endsWith("/modules/{module}") || path.endsWith("/values/{key}"))) {
            ok.setContent(content(BYTES, bytes()));
        } else if (ok != null && path.endsWith("/content/v2")) {
            ok.setContent(content(FORM, form()));
        }
        boolean kv = path.contains("/storage/kv/");
        boolean makes = method == HttpMethod.POST && !kv && MAKING.stream().anyMatch(path::endsWith);
        // An upload to an environment may make it.
        boolean mayMake = method == HttpMethod.PUT && path.endsWith("/environments/{environment}");
        if (ok != null && (makes || mayMake)) {
            operation.setResponses(OASFactory.createAPIResponses().addAPIResponse(CREATED, described(ok, "Made")));
            if (mayMake) {
                operation.getResponses().addAPIResponse(OK, ok);
            }
        } else if (ok != null) {
            operation.setResponses(OASFactory.createAPIResponses().addAPIResponse(OK, ok));
        }
        operation
                .getResponses()
                .addAPIResponse(
                        "default",
                        OASFactory.createAPIResponse()
                                .description("No, and why")
                                .content(content(
                                        JSON, OASFactory.createSchema().ref("#/components/schemas/" + FAILURE))));
    }

    private static APIResponse described(APIResponse response, String description) {
        return OASFactory.createAPIResponse().description(description).content(response.getContent());
    }

    private static Content sent(String path, Content content) {
        Map<String, MediaType> types = content.getMediaTypes();
        MediaType any = types.get("*/*");
        if (any == null) {
            return content;
        }
        Schema schema = any.getSchema();
        boolean binary = schema != null && "binary".equals(schema.getFormat());
        if (!binary) {
            return OASFactory.createContent().addMediaType(JSON, any);
        }
        return path.contains("/storage/kv/") ? content(BYTES, bytes()) : content(FORM, form());
    }

    private static Content content(String type, Schema schema) {
        return OASFactory.createContent()
                .addMediaType(type, OASFactory.createMediaType().schema(schema));
    }

    private static Schema bytes() {
        return OASFactory.createSchema().type(List.of(SchemaType.STRING)).format("binary");
    }

    private static Schema form() {
        return OASFactory.createSchema()
                .type(List.of(SchemaType.OBJECT))
                .description("The part 'metadata' (of settings: 'settings') is JSON; each other part is a module")
                .additionalPropertiesSchema(bytes());
    }

    private static Schema failure() {
        Schema problem = OASFactory.createSchema().ref("#/components/schemas/Problem");
        return OASFactory.createSchema()
                .type(List.of(SchemaType.OBJECT))
                .addProperty(
                        "success",
                        OASFactory.createSchema()
                                .type(List.of(SchemaType.BOOLEAN))
                                .constValue(false))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .type(List.of(SchemaType.ARRAY))
                                .items(problem))
                .addProperty(
                        "messages",
                        OASFactory.createSchema()
                                .type(List.of(SchemaType.ARRAY))
                                .items(OASFactory.createSchema().type(List.of(SchemaType.STRING))))
                .addProperty("result", OASFactory.createSchema().type(List.of(SchemaType.NULL)))
                .required(List.of("success", "errors", "messages", "result"));
    }
}
