package dev.skerry.api.environments;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.ApiException;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.workers.Answers.DeploymentAnswer;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.registry.Gate;
import dev.skerry.registry.Promotion;
import dev.skerry.registry.Promotion.Aspect;
import dev.skerry.registry.Promotions;
import dev.skerry.store.PromotionTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Promotions as they are sent and told. */
final class PromotionBodies {
    private static final int MOST_REQUESTS = 20;

    private PromotionBodies() {}

    /** An environment; without a service, one of the target's. */
    public record Source(@Nullable String service, @Nullable String environment) {}

    /**
     * A request that the new version must answer before it serves.
     *
     * @param method without, GET
     * @param path path and query
     * @param status without, any from 200 to 399
     * @param text what the body must contain
     */
    public record SmokeBody(
            @Nullable String method,
            @Nullable String path,
            @Nullable Integer status,
            @Nullable String text) {
        Gate.Smoke smoke() {
            return new Gate.Smoke(
                    method == null ? "GET" : method.toUpperCase(Locale.ROOT),
                    Lookup.required(path, "path"),
                    Optional.ofNullable(status),
                    Optional.ofNullable(text));
        }
    }

    /**
     * What to promote.
     *
     * @param from the source
     * @param versionId one of the source's versions; without, the one that serves
     * @param aspects what comes along with the code: {@code variables}, {@code secrets}, {@code bindings}, {@code routes}
     * @param dryRun whether to tell what would be, and change nothing
     * @param smoke at most 20
     * @param force whether it goes on although something would break
     */
    public record PromotionBody(
            @Nullable Source from,
            @JsonProperty("version_id") @Nullable String versionId,
            @Nullable List<String> aspects,
            @JsonProperty("dry_run") boolean dryRun,
            @Nullable List<SmokeBody> smoke,
            boolean force,
            @Nullable Map<String, String> annotations) {
        Promotion promotion(EnvironmentRef source, EnvironmentRef target) {
            List<SmokeBody> requests = smoke == null ? List.of() : smoke;
            if (requests.size() > MOST_REQUESTS) {
                throw new ApiException(
                        ErrorCode.INVALID,
                        "There are " + requests.size() + " smoke requests; send at most " + MOST_REQUESTS);
            }
            if (annotations != null && annotations.containsValue(null)) {
                throw new ApiException(ErrorCode.INVALID, "An annotation is null; its value is a string");
            }
            try {
                return new Promotion(
                        source,
                        Optional.ofNullable(versionId)
                                .map(id -> Lookup.versionId(id)
                                        .orElseThrow(() -> new ApiException(
                                                ErrorCode.NOT_FOUND,
                                                "Environment " + source + " has no version '" + id + "'"))),
                        target,
                        named(aspects == null ? List.of() : aspects),
                        requests.stream().map(PromotionBody::smoke).toList(),
                        force,
                        annotations == null ? Map.of() : annotations);
            } catch (IllegalArgumentException e) {
                throw new ApiException(ErrorCode.INVALID, String.valueOf(e.getMessage()));
            }
        }

        private static Gate.Smoke smoke(@Nullable SmokeBody request) {
            if (request == null) {
                throw new ApiException(ErrorCode.INVALID, "A smoke request is null; send {\"path\": PATH}");
            }
            return request.smoke();
        }

        private static Set<Aspect> named(List<String> names) {
            Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
            for (String name : names) {
                aspects.add(Arrays.stream(Aspect.values())
                        .filter(aspect -> word(aspect).equals(name))
                        .findFirst()
                        .orElseThrow(() -> new ApiException(
                                ErrorCode.INVALID,
                                "'" + name + "' is not an aspect; there are: variables, secrets, bindings, routes")));
            }
            return aspects;
        }

        private static String word(Aspect aspect) {
            return aspect.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A version, as far as a promotion tells of it. */
    public record VersionPart(String id, int number) {}

    /**
     * What would be.
     *
     * @param version the source's
     * @param diff from what serves in the target to what would
     * @param routes what the target would gain of routes and domains
     * @param breaks a sentence for each thing that would not work; without {@code force}, one is enough to be refused
     */
    public record PlanAnswer(VersionPart version, DiffAnswer diff, List<String> routes, List<String> breaks) {}

    /**
     * A promotion, or what one would do.
     *
     * @param id to undo it; null for a dry run, as version and deployment
     * @param version the target's new one
     * @param plan of a dry run; else null
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record PromotionAnswer(
            @Nullable String id,
            boolean dryRun,
            String from,
            String to,
            @Nullable VersionPart version,
            @Nullable DeploymentAnswer deployment,
            @Nullable PlanAnswer plan) {
        static PromotionAnswer of(Promotion promotion, Promotions.Plan plan) {
            return new PromotionAnswer(
                    null,
                    true,
                    promotion.source().toString(),
                    promotion.target().toString(),
                    null,
                    null,
                    new PlanAnswer(
                            new VersionPart(
                                    plan.version().id().toString(),
                                    plan.version().number()),
                            DiffAnswer.of(plan.diff()),
                            plan.routes(),
                            plan.breaks()));
        }

        static PromotionAnswer of(Promotion promotion, Promotions.Promoted promoted) {
            return new PromotionAnswer(
                    promoted.id().toString(),
                    false,
                    promotion.source().toString(),
                    promotion.target().toString(),
                    new VersionPart(
                            promoted.version().id().toString(),
                            promoted.version().number()),
                    DeploymentAnswer.of(promoted.deployment()),
                    null);
        }
    }

    /**
     * A promotion that was done.
     *
     * @param from null when that environment is gone
     * @param undone whether it was undone
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Done(
            String id,
            @Nullable String from,
            String to,
            String versionId,
            String deploymentId,
            boolean undone,
            Instant createdOn) {
        static Done of(PromotionTable.Entry entry) {
            return new Done(
                    entry.id().toString(),
                    entry.source().map(EnvironmentRef::toString).orElse(null),
                    entry.target().toString(),
                    entry.version().toString(),
                    entry.deployment().toString(),
                    entry.undone(),
                    entry.createdAt());
        }
    }
}
