package dev.skerry.api.document;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;

/** Mends the document as a whole. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DocumentFilter implements OASFilter {
    private static final String TOKEN = "token";

    private final IndexView index;

    /** @param index of all classes of the program */
    public DocumentFilter(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("The administrator's token, or one of skerry token create"));
        document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN));
        json(document);
        new Schemas(index, document).mend();
        document.getPaths().setPathItems(WorkerPaths.expand(document.getPaths().getPathItems()));
        new Contents(document).mend();
    }

    /** What is any JSON in Java has the methods of a tree there, which nobody sends. */
    private static void json(OpenAPI document) {
        document.getComponents().addSchema("JsonNode", OASFactory.createSchema().description("Any JSON"));
        document.getComponents()
                .addSchema(
                        "ObjectNode",
                        OASFactory.createSchema()
                                .type(List.of(SchemaType.OBJECT))
                                .description("Any object")
                                .additionalPropertiesSchema(OASFactory.createSchema()));
        document.getComponents().removeSchema("JsonNodeType");
    }
}
