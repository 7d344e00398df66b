package dev.skerry.api.environments;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.Envelope.ResultInfo;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.Need;
import dev.skerry.api.WorkerNames;
import dev.skerry.model.AuditEntry;
import dev.skerry.model.AuditFilter;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Token.Scope;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who did what. For administrators: of what they administrate. */
@Path(Paths.ROOT)
@Singleton
public final class AuditLog {
    private static final int MOST_PER_PAGE = 1000;

    private final Registry registry;
    private final Caller caller;

    @Inject
    AuditLog(Registry registry, Caller caller) {
        this.registry = registry;
        this.caller = caller;
    }

    /**
     * What was done.
     *
     * @param service whose, by the name of then; null for what belongs to none, as the environment
     * @param before what was, aspect by aspect, where it differs from what is
     * @param after what is, where it differs
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record AuditItem(
            long id,
            Instant at,
            String source,
            String author,
            String action,
            @Nullable String service,
            @Nullable String environment,
            Map<String, String> before,
            Map<String, String> after) {
        static AuditItem of(AuditEntry entry) {
            return new AuditItem(
                    entry.id(),
                    entry.at(),
                    entry.source(),
                    entry.author(),
                    entry.action(),
                    entry.service().map(ServiceName::value).orElse(null),
                    entry.environment().map(EnvironmentName::value).orElse(null),
                    new TreeMap<>(entry.before()),
                    new TreeMap<>(entry.after()));
        }
    }

    /**
     * The newest first. A page that is not full is the last.
     *
     * @param from the first moment, such as 2026-01-31T12:00:00Z
     * @param until the first moment that is not meant any more
     */
    @GET
    @Path(Paths.WORKERS + "/audit")
    public Envelope<List<AuditItem>> list(
            @QueryParam("service") @Nullable String service,
            @QueryParam("environment") @Nullable String environment,
            @QueryParam("action") @Nullable String action,
            @QueryParam("author") @Nullable String author,
            @QueryParam("from") @Nullable String from,
            @QueryParam("until") @Nullable String until,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("per_page") @DefaultValue("50") int perPage) {
        Optional<ServiceName> ofService = Optional.ofNullable(service).map(WorkerNames::named);
        if (environment != null && service == null) {
            throw new ApiException(ErrorCode.INVALID, "An 'environment' is one of a 'service'; name that too");
        }
        Optional<EnvironmentName> ofEnvironment = ofService.flatMap(name -> Optional.ofNullable(environment)
                .map(text -> WorkerNames.named(name.value(), text).environment()));
        caller.require(need(ofService, ofEnvironment));
        int size = Math.clamp(perPage, 1, MOST_PER_PAGE);
        int number = Math.clamp(page, 1, Integer.MAX_VALUE / MOST_PER_PAGE);
        List<AuditItem> items = registry
                .audit(
                        new AuditFilter(
                                ofService,
                                ofEnvironment,
                                Optional.ofNullable(action),
                                Optional.ofNullable(author),
                                instant("from", from).orElse(Instant.EPOCH),
                                instant("until", until).orElse(AuditFilter.END)),
                        (number - 1) * size,
                        size)
                .stream()
                .map(AuditItem::of)
                .toList();
        return new Envelope<>(
                true, List.of(), List.of(), items, new ResultInfo(number, size, items.size(), null, null, null));
    }

    private static Need need(Optional<ServiceName> service, Optional<EnvironmentName> environment) {
        return service.<Need>map(name -> environment
                        .<Need>map(of -> new Need.In(Scope.ADMIN, new EnvironmentRef(name, of)))
                        .orElseGet(() -> new Need.InAllOf(Scope.ADMIN, name)))
                .orElseGet(() -> new Need.Everywhere(Scope.ADMIN));
    }

    private static Optional<Instant> instant(String key, @Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new ApiException(
                    ErrorCode.INVALID, "'" + key + "' is a time such as 2026-01-31T12:00:00Z, not '" + text + "'");
        }
    }
}
