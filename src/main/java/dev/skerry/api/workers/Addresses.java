package dev.skerry.api.workers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.ingress.Ingress;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The hostnames that are made of names, and where previews are found. */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Addresses {
    private final Workers workers;
    private final Settings settings;
    private final Registry registry;
    private final Ingress ingress;
    private final Caller caller;

    @Inject
    Addresses(Workers workers, Settings settings, Registry registry, Ingress ingress, Caller caller) {
        this.workers = workers;
        this.settings = settings;
        this.registry = registry;
        this.ingress = ingress;
        this.caller = caller;
    }

    /** What Cloudflare calls the account's subdomain: here the domain of all hostnames. */
    public record Subdomain(String subdomain) {}

    /** Whether a worker answers at its hostname, and its versions at theirs. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Enabled(boolean enabled, boolean previewsEnabled) {}

    /** What is left out stays; previews follow the hostname where only that is sent. */
    public record EnabledBody(
            @Nullable Boolean enabled,
            @JsonProperty("previews_enabled") @Nullable Boolean previewsEnabled) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record WorkerAnswer(
            String id,
            String name,
            WorkerSubdomain subdomain,
            JsonNode tags,
            boolean logpush,
            JsonNode observability,
            JsonNode tailConsumers) {}

    /** @param previewUrlSuffix what follows a version's first 8 digits, or an alias, in its address; without scheme */
    @JsonNaming(SnakeCaseStrategy.class)
    public record WorkerSubdomain(boolean enabled, boolean previewsEnabled, String url, String previewUrlSuffix) {}

    @GET
    @Path(Paths.ACCOUNT + "/workers/subdomain")
    public Envelope<Subdomain> subdomain() {
        return Envelope.of(new Subdomain(registry.domain()));
    }

    @GET
    @Path(Paths.WORKER + "/subdomain")
    public Envelope<Enabled> get(@PathParam("worker") String worker) {
        return Envelope.of(enabled(workers.find(worker)));
    }

    @POST
    @Path(Paths.WORKER + "/subdomain")
    public Envelope<Enabled> set(@PathParam("worker") String worker, EnabledBody body) {
        EnvironmentRef ref = workers.find(worker);
        Enabled now = enabled(ref);
        registry.change(caller.origin(), change -> {
            change.setHostname(
                    ref,
                    body.enabled() == null ? now.enabled() : body.enabled(),
                    body.previewsEnabled() == null ? now.previewsEnabled() : body.previewsEnabled());
            return ref;
        });
        return Envelope.of(enabled(ref));
    }

    @GET
    @Path(Paths.ACCOUNT + "/workers/workers/{script}")
    public Envelope<WorkerAnswer> worker(@PathParam("script") String script) {
        EnvironmentRef ref = workers.find("scripts/" + script);
        Environment environment = workers.environment(ref);
        String host = registry.routes().hostname(ref) + ":" + ingress.address().port();
        return Envelope.of(new WorkerAnswer(
                Workers.scriptName(ref),
                Workers.scriptName(ref),
                new WorkerSubdomain(
                        environment.addresses().hostname(),
                        environment.addresses().previews(),
                        "http://" + host,
                        "-" + host),
                settings.json(environment, "tags"),
                settings.json(environment, "logpush").asBoolean(),
                settings.json(environment, "observability"),
                settings.json(environment, "tail_consumers")));
    }

    private Enabled enabled(EnvironmentRef ref) {
        Environment.Addresses addresses = workers.environment(ref).addresses();
        return new Enabled(addresses.hostname(), addresses.previews());
    }
}
