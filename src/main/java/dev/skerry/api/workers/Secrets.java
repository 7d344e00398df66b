package dev.skerry.api.workers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.Binding;
import dev.skerry.model.Deployment;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import dev.skerry.registry.Change;
import dev.skerry.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Secrets: put and taken out, told by name alone. Each change makes a version like the one that serves, and gives it all traffic; so code that was not
 * deployed, or was rolled back, does not come to serve by a secret.
 */
@Path(Paths.ROOT)
@Singleton
@Consumes(MediaType.WILDCARD)
public final class Secrets {
    private final Workers workers;
    private final Registry registry;
    private final Caller caller;

    @Inject
    Secrets(Workers workers, Registry registry, Caller caller) {
        this.workers = workers;
        this.registry = registry;
        this.caller = caller;
    }

    /** A secret as it is told. */
    public record SecretAnswer(String name, String type) {
        static SecretAnswer of(String name) {
            return new SecretAnswer(name, "secret_text");
        }
    }

    /** A secret as it is sent. */
    public record SecretBody(
            @Nullable String name,
            @Nullable String text,
            @Nullable String type) {}

    @GET
    @Path(Paths.WORKER + "/secrets")
    public Envelope<List<SecretAnswer>> list(@PathParam("worker") String worker) {
        return Envelope.of(secrets(workers.find(worker)));
    }

    private List<SecretAnswer> secrets(EnvironmentRef ref) {
        return workers.current(ref).map(version -> version.spec().bindings()).orElse(List.of()).stream()
                .filter(Binding.Secret.class::isInstance)
                .map(binding -> SecretAnswer.of(binding.name()))
                .toList();
    }

    @GET
    @Path(Paths.WORKER + "/secrets/{name}")
    public Envelope<SecretAnswer> view(@PathParam("worker") String worker, @PathParam("name") String name) {
        EnvironmentRef ref = workers.find(worker);
        return secrets(ref).stream()
                .filter(secret -> secret.name().equals(name))
                .findFirst()
                .map(Envelope::of)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.SECRET_NOT_FOUND, "Environment " + ref + " has no secret '" + name + "'"));
    }

    @PUT
    @Path(Paths.WORKER + "/secrets")
    public Envelope<SecretAnswer> put(@PathParam("worker") String worker, SecretBody body) {
        EnvironmentRef ref = workers.find(worker);
        Binding.Secret secret = secret(Optional.ofNullable(body.name()), body.type(), body.text());
        edit(ref, bindings -> replace(bindings, secret));
        return Envelope.of(SecretAnswer.of(secret.name()));
    }

    @DELETE
    @Path(Paths.WORKER + "/secrets/{name}")
    public Envelope<Void> delete(@PathParam("worker") String worker, @PathParam("name") String name) {
        EnvironmentRef ref = workers.find(worker);
        edit(ref, bindings -> {
            if (!bindings.removeIf(
                    old -> old instanceof Binding.Secret && old.name().equals(name))) {
                throw new ApiException(
                        ErrorCode.SECRET_NOT_FOUND, "Environment " + ref + " has no secret '" + name + "'");
            }
        });
        return Envelope.empty();
    }

    /** A merge patch (RFC 7396): {@code {"secrets":{"NAME":{"text":...},"OTHER":null}}}; all of it in one version. */
    @PATCH
    @Path(Paths.WORKER + "/secrets-bulk")
    public Envelope<List<SecretAnswer>> bulk(@PathParam("worker") String worker, JsonNode patch) {
        EnvironmentRef ref = workers.find(worker);
        JsonNode sent = patch.path("secrets");
        if (!sent.isObject()) {
            throw new ApiException(
                    ErrorCode.BODY_UNREADABLE,
                    "The body has no object 'secrets' of secrets by name; null takes one out");
        }
        Map<String, Optional<Binding.Secret>> changes = new HashMap<>();
        sent.properties()
                .forEach(entry -> changes.put(
                        entry.getKey(),
                        entry.getValue().isNull()
                                ? Optional.empty()
                                : Optional.of(secret(
                                        Optional.of(entry.getKey()),
                                        entry.getValue().path("type").asText("secret_text"),
                                        entry.getValue().path("text").textValue()))));
        edit(
                ref,
                bindings -> changes.forEach((name, secret) -> secret.ifPresentOrElse(
                        given -> replace(bindings, given),
                        () -> bindings.removeIf(old ->
                                old instanceof Binding.Secret && old.name().equals(name)))));
        return list(worker);
    }

    private static void replace(List<Binding> bindings, Binding.Secret secret) {
        bindings.removeIf(old -> old.name().equals(secret.name()));
        bindings.add(secret);
    }

    private static Binding.Secret secret(Optional<String> name, @Nullable String type, @Nullable String text) {
        if (type != null && !type.equals("secret_text")) {
            throw new ApiException(
                    ErrorCode.INVALID, "Secrets of the type '" + type + "' are not part of Skerry; use secret_text");
        }
        if (name.isEmpty() || name.get().isEmpty() || text == null) {
            throw new ApiException(ErrorCode.INVALID, "A secret has a 'name' and a 'text', both of them strings");
        }
        return new Binding.Secret(name.get(), text);
    }

    private void edit(EnvironmentRef ref, Consumer<List<Binding>> edit) {
        registry.change(caller.origin(), change -> {
            Version base = base(change, ref);
            List<Binding> bindings = new ArrayList<>(base.spec().bindings());
            edit.accept(bindings);
            return change.publishAndDeploy(
                    ref,
                    base.spec().withBindings(bindings),
                    Map.of(Publisher.HANDLERS, String.join(",", Answers.handlers(base))),
                    true);
        });
    }

    /** The version that serves; before the first deployment, the newest. */
    private static Version base(Change change, EnvironmentRef ref) {
        List<Share> shares =
                change.environment(ref).deployment().map(Deployment::shares).orElse(List.of());
        if (shares.size() > 1) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "Several versions of " + ref
                            + " serve; deploy one of them to all traffic first, or put the secret into"
                            + " a version that is not deployed (wrangler versions secret put)");
        }
        return shares.stream()
                .findFirst()
                .flatMap(share -> change.version(share.version()))
                .or(() -> change.latest(ref))
                .orElseThrow(() -> Workers.notFound(Workers.scriptName(ref)));
    }
}
