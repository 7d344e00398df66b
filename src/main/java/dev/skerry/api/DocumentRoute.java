package dev.skerry.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** {@code /q/openapi}: the document of the API as the build made it, in YAML, or in JSON where that is asked for ({@code ?format=json}, or by Accept). */
@Singleton
final class DocumentRoute {
    void open(@Observes Router router) {
        router.get("/q/openapi").blockingHandler(DocumentRoute::answer);
    }

    private static void answer(RoutingContext context) {
        String accept = context.request().getHeader("Accept");
        boolean json = "json".equalsIgnoreCase(context.request().getParam("format"))
                || (accept != null && accept.startsWith("application/json"));
        String type = json ? "json" : "yaml";
        context.response().putHeader("Content-Type", "application/" + type + ";charset=UTF-8");
        try (InputStream document = DocumentRoute.class.getResourceAsStream("/openapi/openapi." + type)) {
            context.end(Buffer.buffer(Objects.requireNonNull(document, "The build made no document of the API")
                    .readAllBytes()));
        } catch (IOException e) {
            context.fail(e);
        }
    }
}
