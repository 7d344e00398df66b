package dev.skerry.api.environments;

import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.api.WorkerNames;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Token.Scope;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSummary;
import dev.skerry.registry.LiveEnvironment;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What differs between two versions, of whichever environments. */
@Path(Paths.ROOT)
@Singleton
public final class Diffs {
    private final Registry registry;
    private final Lookup lookup;
    private final Caller caller;

    @Inject
    Diffs(Registry registry, Lookup lookup, Caller caller) {
        this.registry = registry;
        this.lookup = lookup;
        this.caller = caller;
    }

    /** One of the two. */
    public record Side(String service, String environment, String id, int number) {
        static Side of(Version version) {
            return new Side(
                    version.environment().service().value(),
                    version.environment().environment().value(),
                    version.id().toString(),
                    version.number());
        }
    }

    public record Compared(Side from, Side to, DiffAnswer diff) {}

    /**
     * Modules line by line, variables, bindings and settings; secrets by name and fingerprint.
     *
     * @param from a version's UUID, {@code SERVICE/ENVIRONMENT} for what serves there, or {@code SERVICE/ENVIRONMENT@NUMBER}
     * @param to as {@code from}
     */
    @GET
    @Path(Paths.WORKERS + "/versions/diff")
    public Envelope<Compared> diff(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        Version before = find("from", from);
        Version after = find("to", to);
        return Envelope.of(
                new Compared(Side.of(before), Side.of(after), DiffAnswer.of(registry.diff(before.id(), after.id()))));
    }

    private Version find(String parameter, @Nullable String text) {
        if (text == null) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "The query has no '" + parameter
                            + "': a version's UUID, SERVICE/ENVIRONMENT or SERVICE/ENVIRONMENT@NUMBER");
        }
        int slash = text.indexOf('/');
        Optional<Version> found = slash < 0
                ? Lookup.versionId(text).flatMap(registry::version)
                : named(text.substring(0, slash), text.substring(slash + 1));
        // A version that the caller may not read is not there.
        Version version = found.filter(each -> slash >= 0 || caller.may(Scope.READ, each.environment()))
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NOT_FOUND, "There is no version '" + text + "', which '" + parameter + "' names"));
        return version;
    }

    private Optional<Version> named(String service, String rest) {
        int at = rest.indexOf('@');
        EnvironmentRef ref = WorkerNames.named(service, at < 0 ? rest : rest.substring(0, at));
        caller.require(Scope.READ, ref);
        lookup.existing(ref);
        return at < 0 ? serving(ref) : numbered(ref, rest.substring(at + 1));
    }

    private Optional<Version> serving(EnvironmentRef ref) {
        return registry.routes().environment(ref).stream()
                .flatMap(live -> live.shares().stream())
                .findFirst()
                .map(LiveEnvironment.Share::version)
                .or(() -> registry.latest(ref));
    }

    /** Numbers have no gaps, so the place of one in the history is known. */
    private Optional<Version> numbered(EnvironmentRef ref, String number) {
        List<VersionSummary> newest = registry.versions(ref, 0, 1);
        if (newest.isEmpty() || !number.matches("[1-9][0-9]{0,8}")) {
            return Optional.empty();
        }
        int offset = newest.getFirst().number() - Integer.parseInt(number);
        return offset < 0
                ? Optional.empty()
                : registry.versions(ref, offset, 1).stream().findFirst().flatMap(found -> registry.version(found.id()));
    }
}
