package dev.skerry.api.document;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;

/** Mends the document as a whole. Part of the build alone. */
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
        new Schemas(index, document).mend();
        Titles.give(document);
        document.getPaths().setPathItems(WorkerPaths.expand(document.getPaths().getPathItems()));
        new Contents(document).mend();
    }
}
