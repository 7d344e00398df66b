package dev.skerry.api.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.workers.Answers.VersionAnswer;
import dev.skerry.api.workers.Answers.VersionItem;
import dev.skerry.api.workers.Publisher.Published;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Versions: made without being deployed, listed, viewed. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Versions {
    private static final int MOST = 100;

    private final Workers workers;
    private final Publisher publisher;
    private final Bindings bindings;
    private final Registry registry;
    private final Caller caller;
    private final ObjectMapper mapper;

    @Inject
    Versions(
            Workers workers,
            Publisher publisher,
            Bindings bindings,
            Registry registry,
            Caller caller,
            ObjectMapper mapper) {
        this.workers = workers;
        this.publisher = publisher;
        this.bindings = bindings;
        this.registry = registry;
        this.caller = caller;
        this.mapper = mapper;
    }

    /** Versions, the newest first. */
    public record Items(List<VersionItem> items) {}

    @GET
    @Path(Paths.WORKER + "/versions")
    public Envelope<Items> list(
            @PathParam("worker") String worker,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("per_page") @DefaultValue("10") int perPage,
            @QueryParam("deployable") boolean deployable) {
        EnvironmentRef ref = workers.find(worker);
        // Who asks for those that can be deployed wants all of them.
        int size = deployable ? MOST : Math.clamp(perPage, 1, MOST);
        List<VersionItem> items = registry.versions(ref, (Math.max(page, 1) - 1) * size, size).stream()
                .map(VersionItem::of)
                .toList();
        return Envelope.of(new Items(items));
    }

    @GET
    @Path(Paths.WORKER + "/versions/{version}")
    public Envelope<VersionAnswer> view(@PathParam("worker") String worker, @PathParam("version") String id) {
        Version version = workers.version(workers.find(worker), id);
        return Envelope.of(VersionAnswer.of(version, bindings, null));
    }

    @POST
    @Path(Paths.WORKER + "/versions")
    public Envelope<VersionAnswer> upload(
            @PathParam("worker") String worker,
            @QueryParam("bindings_inherit") @Nullable String inherit,
            @HeaderParam("Content-Type") @Nullable String contentType,
            byte[] body) {
        EnvironmentRef ref = workers.find(worker);
        Upload upload = Upload.read(body, contentType, "metadata", mapper);
        Published published = publisher.publish(ref, upload, "strict".equals(inherit), false);
        return Envelope.of(VersionAnswer.of(
                published.version(), bindings, published.trial().took()));
    }

    /** A merge patch (RFC 7396) of the newest version: {@code env} holds bindings by name, null takes one out. The result is not deployed. */
    @PATCH
    @Path(Paths.ACCOUNT + "/workers/workers/{script}/versions/latest")
    public Envelope<VersionAnswer> patchLatest(@PathParam("script") String script, JsonNode patch) {
        EnvironmentRef ref = workers.find("scripts/" + script);
        if (!patch.path("env").isMissingNode() && !patch.path("env").isObject()) {
            throw new ApiException(ErrorCode.BODY_UNREADABLE, "'env' is not an object of bindings by name");
        }
        Version latest = workers.latest(ref);
        Map<String, String> annotations = new HashMap<>(Upload.annotations(patch.path("annotations")));
        annotations.put(Publisher.HANDLERS, String.join(",", Answers.handlers(latest)));
        Version version = registry.change(caller.origin(), change -> {
            List<Binding> changed =
                    new ArrayList<>(change.latest(ref).orElse(latest).spec().bindings());
            patch.path("env").properties().forEach(entry -> {
                changed.removeIf(binding -> binding.name().equals(entry.getKey()));
                if (!entry.getValue().isNull()) {
                    changed.add(bindings.read(entry.getKey(), entry.getValue()));
                }
            });
            return change.publish(
                    ref, change.latest(ref).orElse(latest).spec().withBindings(changed), annotations, true);
        });
        return Envelope.of(VersionAnswer.of(version, bindings, null));
    }
}
