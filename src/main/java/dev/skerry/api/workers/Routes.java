package dev.skerry.api.workers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Token.Scope;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Routes, and the zones that clients look up for them. Skerry has no zones: any name is one, and its id is the name in hex digits.
 */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Routes {
    private final Workers workers;
    private final Registry registry;
    private final Caller caller;

    @Inject
    Routes(Workers workers, Registry registry, Caller caller) {
        this.workers = workers;
        this.registry = registry;
        this.caller = caller;
    }

    /** A route; the id is the pattern in hex digits. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record RouteAnswer(String id, String pattern, String script) {}

    public record RouteBody(
            @Nullable String pattern,
            @JsonProperty("zone_name") @Nullable String zoneName,
            @JsonProperty("zone_id") @Nullable String zoneId) {}

    public record Zone(String id, String name, String status) {}

    @GET
    @Path(Paths.WORKER + "/routes")
    public Envelope<List<RouteAnswer>> list(@PathParam("worker") String worker) {
        return Envelope.of(answers(workers.find(worker)));
    }

    /** Replaces the worker's routes. */
    @PUT
    @Path(Paths.WORKER + "/routes")
    public Envelope<List<RouteAnswer>> replace(@PathParam("worker") String worker, List<RouteBody> routes) {
        EnvironmentRef ref = workers.find(worker);
        List<String> patterns = routes.stream().map(Routes::pattern).toList();
        registry.change(caller.origin(), change -> {
            change.setRoutes(ref, patterns);
            return ref;
        });
        return Envelope.of(answers(ref));
    }

    @GET
    @Path("/zones")
    public Envelope<List<Zone>> zones(@QueryParam("name") @Nullable String name) {
        return Envelope.page(
                name == null ? List.of() : List.of(new Zone(hex(name.toLowerCase(Locale.ROOT)), name, "active")),
                1,
                20);
    }

    @GET
    @Path("/zones/{zone}/workers/routes")
    public Envelope<List<RouteAnswer>> ofZone(@PathParam("zone") String zone) {
        String name = unhex(zone);
        return Envelope.of(registry.routes().environments().stream()
                .filter(live -> caller.may(Scope.READ, live.ref()))
                .flatMap(live -> answers(live.ref()).stream())
                .filter(route -> isIn(host(route.pattern()), name))
                .toList());
    }

    private List<RouteAnswer> answers(EnvironmentRef ref) {
        return workers.environment(ref).addresses().routes().stream()
                .map(pattern -> new RouteAnswer(hex(pattern), pattern, Workers.scriptName(ref)))
                .toList();
    }

    private static String pattern(RouteBody route) {
        String pattern = route.pattern();
        if (pattern == null) {
            throw new ApiException(ErrorCode.INVALID, "A route has no 'pattern'; write one such as example.com/shop*");
        }
        return pattern;
    }

    private static String host(String pattern) {
        String host = pattern.replaceFirst("^[a-z*]*://", "");
        int slash = host.indexOf('/');
        return (slash < 0 ? host : host.substring(0, slash)).replaceFirst("^\\*\\.?", "");
    }

    private static boolean isIn(String host, String zone) {
        return host.equals(zone) || host.endsWith("." + zone);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String unhex(String hex) {
        try {
            return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.NOT_FOUND, "There is no zone '" + hex + "'; look it up by /zones?name=");
        }
    }
}
