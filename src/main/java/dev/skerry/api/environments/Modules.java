package dev.skerry.api.environments;

import dev.skerry.api.ApiException;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.Code;
import dev.skerry.model.Module;
import dev.skerry.model.Version;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** A version's modules, one by one; all of them in one form are the call {@code content/v2}. */
@Path(Paths.ROOT)
@Singleton
public final class Modules {
    private final Lookup lookup;

    @Inject
    Modules(Lookup lookup) {
        this.lookup = lookup;
    }

    /**
     * A module.
     *
     * @param type its content type in uploads
     * @param size in bytes
     * @param main whether it is the entry
     */
    public record ModuleItem(String name, String type, int size, String sha256, boolean main) {
        static ModuleItem of(Module module, Code code) {
            return new ModuleItem(
                    module.name(),
                    module.type().contentType(),
                    module.content().size(),
                    module.content().sha256(),
                    module.name().equals(code.main()));
        }
    }

    @GET
    @Path(Paths.ENVIRONMENT + "/versions/{version}/modules")
    public Envelope<List<ModuleItem>> list(
            @PathParam("service") String service,
            @PathParam("environment") String environment,
            @PathParam("version") String version) {
        Code code = code(service, environment, version);
        return Envelope.of(code.modules().stream()
                .map(module -> ModuleItem.of(module, code))
                .toList());
    }

    /** The bytes as they were uploaded. */
    @GET
    @Path(Paths.ENVIRONMENT + "/versions/{version}/modules/{module:.+}")
    public Response content(
            @PathParam("service") String service,
            @PathParam("environment") String environment,
            @PathParam("version") String version,
            @PathParam("module") String name) {
        Module module = code(service, environment, version)
                .module(name)
                .orElseThrow(() ->
                        new ApiException(ErrorCode.NOT_FOUND, "Version " + version + " has no module '" + name + "'"));
        // A worker's author wrote them: a browser that sees the address must not run them here.
        return Response.ok(module.content().array())
                .header("Content-Type", module.type().contentType())
                .header("Content-Disposition", "attachment")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private Code code(String service, String environment, String id) {
        Version version = lookup.version(lookup.environment(service, environment), id);
        return version.spec().code();
    }
}
