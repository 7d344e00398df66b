package dev.skerry.api.workers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skerry.api.ApiException;
import dev.skerry.api.Caller;
import dev.skerry.api.Envelope;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
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

/** Secrets: put and taken out, told by name alone. Each change makes a version and gives it all traffic. */
@Path(Paths.ACCOUNT)
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
        EnvironmentRef ref = workers.find(worker);
        return Envelope.of(registry.latest(ref).map(version -> version.spec().bindings()).orElse(List.of()).stream()
                .filter(Binding.Secret.class::isInstance)
                .map(binding -> SecretAnswer.of(binding.name()))
                .toList());
    }

    @GET
    @Path(Paths.WORKER + "/secrets/{name}")
    public Envelope<SecretAnswer> view(@PathParam("worker") String worker, @PathParam("name") String name) {
        EnvironmentRef ref = workers.find(worker);
        return list(worker).result().stream()
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
        registry.change(caller.origin(), change -> change.deleteSecret(ref, name));
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
            Version latest = change.latest(ref).orElseThrow(() -> Workers.notFound(Workers.scriptName(ref)));
            List<Binding> bindings = new ArrayList<>(latest.spec().bindings());
            edit.accept(bindings);
            return change.publishAndDeploy(
                    ref,
                    latest.spec().withBindings(bindings),
                    Map.of(Publisher.HANDLERS, String.join(",", Answers.handlers(latest))));
        });
    }
}
