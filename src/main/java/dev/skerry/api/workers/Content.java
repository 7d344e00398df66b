package dev.skerry.api.workers;

import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Module;
import dev.skerry.model.Version;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A version's modules, as they were uploaded. */
@Path(Paths.ROOT)
@Singleton
public final class Content {
    private final Workers workers;

    @Inject
    Content(Workers workers) {
        this.workers = workers;
    }

    /** A form with one part a module; the header {@code cf-entrypoint} names the main one. Without a version, the newest. */
    @GET
    @Path(Paths.WORKER + "/content/v2")
    public Response modules(@PathParam("worker") String worker, @QueryParam("version") @Nullable String id) {
        EnvironmentRef ref = workers.find(worker);
        Version version = id == null ? workers.latest(ref) : workers.version(ref, id);
        Code code = version.spec().code();
        String boundary = "skerry-" + UUID.randomUUID();
        return Response.ok(form(code, boundary))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header("cf-entrypoint", code.main())
                .header("ETag", '"' + Answers.etag(code) + '"')
                .build();
    }

    private static byte[] form(Code code, String boundary) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Module module : code.modules()) {
            String name = module.name().replace("\"", "%22");
            out.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\""
                            + name + "\"\r\nContent-Type: " + module.type().contentType() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.writeBytes(module.content().array());
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
