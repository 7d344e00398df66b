package dev.skerry.api.workers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skerry.api.ApiException;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.Multipart;
import dev.skerry.api.Multipart.Part;
import dev.skerry.assets.AssetFiles.Given;
import dev.skerry.assets.UploadSessions;
import dev.skerry.assets.UploadSessions.Begun;
import dev.skerry.assets.UploadSessions.Entry;
import dev.skerry.assets.UploadSessions.Session;
import dev.skerry.model.Bytes;
import dev.skerry.model.StaticFiles;
import dev.skerry.model.StaticFiles.HtmlHandling;
import dev.skerry.model.StaticFiles.NotFoundHandling;
import dev.skerry.model.StaticFiles.Serving;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Static files, uploaded before the version that has them: a session with the list of all, then the files that the server lacks, then a version whose
 * metadata holds the session's token.
 */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class AssetUploads {
    private static final String SCHEME = "Bearer ";
    /** A client's way to say that a file has no content type. */
    private static final String NO_TYPE = "application/null";

    private final Workers workers;
    private final UploadSessions sessions;

    @Inject
    AssetUploads(Workers workers, UploadSessions sessions) {
        this.workers = workers;
        this.sessions = sessions;
    }

    /** All files of the version to come, by path: hash and size each. */
    public record SessionBody(@Nullable Map<String, FileBody> manifest) {}

    public record FileBody(@Nullable String hash, long size) {}

    /** @param jwt the token of the next calls, and of the version where nothing is missing */
    public record SessionAnswer(String jwt, List<List<String>> buckets) {}

    public record UploadAnswer(String jwt) {}

    @POST
    @Path(Paths.WORKER + "/assets-upload-session")
    public Envelope<SessionAnswer> begin(@PathParam("worker") String worker, SessionBody body) {
        if (body.manifest() == null) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "The body has no 'manifest'; send {\"manifest\":{\"/PATH\":{\"hash\":..,\"size\":..}}}");
        }
        Map<String, Entry> manifest = new java.util.LinkedHashMap<>();
        body.manifest()
                .forEach((path, file) -> manifest.put(path, new Entry(String.valueOf(file.hash()), file.size())));
        Begun begun = sessions.begin(workers.place(worker).service().value(), manifest);
        return Envelope.of(new SessionAnswer(begun.token(), begun.buckets()));
    }

    /** A form with one part a file: its name is the hash, its content type the file's. The token is the session's, not a caller's. */
    @POST
    @Path(Paths.ACCOUNT + "/workers/assets/upload")
    public RestResponse<Envelope<UploadAnswer>> upload(
            @QueryParam("base64") boolean base64,
            @HeaderParam("Authorization") @Nullable String authorization,
            @HeaderParam("Content-Type") @Nullable String contentType,
            byte[] body) {
        String token = authorization == null || !authorization.startsWith(SCHEME)
                ? ""
                : authorization.substring(SCHEME.length()).strip();
        Session session = session(token, ErrorCode.AUTHENTICATION);
        List<Given> files = new ArrayList<>();
        for (Part part : Multipart.parse(body, contentType)) {
            files.add(new Given(
                    part.name(),
                    base64 ? decoded(part) : part.content(),
                    part.contentType().filter(type -> !type.startsWith(NO_TYPE))));
        }
        sessions.accept(session, files);
        return RestResponse.status(RestResponse.Status.CREATED, Envelope.of(new UploadAnswer(token)));
    }

    private Session session(String token, ErrorCode code) {
        return sessions.session(token)
                .orElseThrow(() -> new ApiException(
                        code,
                        "The token of the upload of static files is none of this server's, or an hour has passed;"
                                + " begin the upload again"));
    }

    private static Bytes decoded(Part part) {
        try {
            return Bytes.wrap(Base64.getMimeDecoder().decode(part.content().array()));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.BODY_UNREADABLE, "The file '" + part.name() + "' is not base64");
        }
    }

    /** The static files of an upload of a version; empty when it names none. */
    Optional<StaticFiles> files(Upload upload) {
        JsonNode assets = upload.metadata().path("assets");
        if (!assets.isObject() || !assets.hasNonNull("jwt")) {
            return Optional.empty();
        }
        Session session = session(assets.path("jwt").asText(), ErrorCode.VERSION_INVALID);
        try {
            return Optional.of(new StaticFiles(
                    sessions.complete(session),
                    serving(assets.path("config"), upload.code().isEmpty())));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.VERSION_INVALID, String.valueOf(e.getMessage()));
        }
    }

    private static Serving serving(JsonNode config, boolean alone) {
        return new Serving(
                config.hasNonNull("html_handling")
                        ? HtmlHandling.named(config.path("html_handling").asText())
                        : Serving.DEFAULT.html(),
                config.hasNonNull("not_found_handling")
                        ? NotFoundHandling.named(
                                config.path("not_found_handling").asText())
                        : Serving.DEFAULT.notFound(),
                workerFirst(config.path("run_worker_first")),
                config.path("_headers").asText(""),
                config.path("_redirects").asText(""),
                alone);
    }

    private static List<String> workerFirst(JsonNode json) {
        if (json.isBoolean()) {
            return json.asBoolean() ? List.of("/*") : List.of();
        }
        List<String> rules = new ArrayList<>();
        for (JsonNode rule : json) {
            if (!rule.asText().startsWith("/") && !rule.asText().startsWith("!/")) {
                throw new IllegalArgumentException(
                        "The rule '" + rule.asText() + "' of run_worker_first begins with neither / nor !/");
            }
            rules.add(rule.asText());
        }
        return rules;
    }
}
