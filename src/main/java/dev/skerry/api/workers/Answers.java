package dev.skerry.api.workers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.model.Code;
import dev.skerry.model.Deployment;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Module;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSummary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Versions and deployments as clients read them. */
public final class Answers {
    private Answers() {}

    /** A version in a list. */
    @JsonNaming(SnakeCaseStrategy.class)
    record VersionItem(String id, int number, VersionMetadata metadata, Map<String, String> annotations) {
        static VersionItem of(VersionSummary version) {
            return new VersionItem(
                    version.id().toString(),
                    version.number(),
                    VersionMetadata.of(version.source(), version.author(), version.createdAt()),
                    shown(version.annotations()));
        }
    }

    /** Who made a version, when and how; some clients read one spelling of the last, some the other. */
    @JsonNaming(SnakeCaseStrategy.class)
    record VersionMetadata(
            Instant createdOn,
            Instant modifiedOn,
            String source,
            String authorId,
            String authorEmail,
            @JsonProperty("hasPreview") boolean hasPreview,
            @JsonProperty("has_preview") boolean previewed) {
        static VersionMetadata of(String source, String author, Instant at) {
            return new VersionMetadata(at, at, source, author, email(author), true, true);
        }
    }

    /** A whole version; the time to start is told when it was just uploaded. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VersionAnswer(
            String id,
            int number,
            VersionMetadata metadata,
            Map<String, String> annotations,
            Resources resources,
            @Nullable Long startupTimeMs) {
        static VersionAnswer of(Version version, Bindings bindings, @Nullable Duration startup) {
            return new VersionAnswer(
                    version.id().toString(),
                    version.number(),
                    VersionMetadata.of(version.source(), version.author(), version.createdAt()),
                    shown(version.annotations()),
                    Resources.of(version, bindings),
                    startup == null ? null : startup.toMillis());
        }
    }

    /** What a version is made of, its modules aside. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Resources(ScriptPart script, RuntimePart scriptRuntime, List<ObjectNode> bindings) {
        static Resources of(Version version, Bindings bindings) {
            return new Resources(
                    new ScriptPart(etag(version.spec().code()), handlers(version), version.source()),
                    RuntimePart.of(version),
                    bindings.write(version.spec().bindings()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ScriptPart(String etag, List<String> handlers, String lastDeployedFrom) {}

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RuntimePart(
            String compatibilityDate,
            List<String> compatibilityFlags,
            String usageModel,
            @Nullable String migrationTag,
            @Nullable LimitsPart limits) {
        static RuntimePart of(Version version) {
            return new RuntimePart(
                    version.spec().compatibilityDate(),
                    version.spec().compatibilityFlags(),
                    "standard",
                    version.spec().migrationTag().orElse(null),
                    LimitsPart.of(version.spec().limits()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LimitsPart(@Nullable Long cpuMs, @Nullable Integer subrequests) {
        static @Nullable LimitsPart of(LimitOverrides limits) {
            return limits.cpu().isEmpty() && limits.subrequests().isEmpty()
                    ? null
                    : new LimitsPart(
                            limits.cpu().map(Duration::toMillis).orElse(null),
                            limits.subrequests().isPresent()
                                    ? limits.subrequests().getAsInt()
                                    : null);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record DeploymentAnswer(
            UUID id,
            String source,
            String strategy,
            String authorEmail,
            Map<String, String> annotations,
            Instant createdOn,
            List<ShareAnswer> versions) {
        public static DeploymentAnswer of(Deployment deployment) {
            return new DeploymentAnswer(
                    deployment.id(),
                    deployment.source(),
                    "percentage",
                    email(deployment.author()),
                    shown(deployment.annotations()),
                    deployment.createdAt(),
                    deployment.shares().stream()
                            .map(share -> new ShareAnswer(share.version().toString(), share.percentage()))
                            .toList());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record ShareAnswer(String versionId, double percentage) {}

    /** Equal for equal code. */
    static String etag(Code code) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Module module : code.modules()) {
                digest.update((module.name() + "\n" + module.type() + "\n"
                                + module.content().size() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
                digest.update(module.content().array());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The events that a version handles, as its trial told; a version that was not uploaded has none noted and is taken to fetch. */
    static List<String> handlers(Version version) {
        String noted = version.annotations().getOrDefault(Publisher.HANDLERS, "fetch");
        return noted.isEmpty() ? List.of() : List.of(noted.split(","));
    }

    private static Map<String, String> shown(Map<String, String> annotations) {
        Map<String, String> shown = new HashMap<>(annotations);
        shown.remove(Publisher.HANDLERS);
        return shown;
    }

    private static String email(String author) {
        return author.indexOf('@') >= 0 ? author : author + "@skerry";
    }
}
