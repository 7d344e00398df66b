package dev.skerry.registry;

import dev.skerry.model.Binding;
import dev.skerry.model.Cron;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.KvNamespace;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.ServiceName;
import dev.skerry.model.ServiceSummary;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import dev.skerry.model.VersionSummary;
import dev.skerry.store.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a change must find to be so. Each check returns what it found, or throws a {@link RefusedException} that names the thing and the cure. */
final class Checks {
    private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9-]{0,61}[a-z0-9]|[a-z]");
    private static final Pattern SHORT_ID = Pattern.compile("[0-9a-f]{8}");
    private static final int LABEL = 63;
    private static final int CRONS = 250;

    private final Session session;
    private final Tables tables;
    private final String domain;

    Checks(Session session, Tables tables, String domain) {
        this.session = session;
        this.tables = tables;
        this.domain = domain;
    }

    /** The model refuses what is wrong in itself; here that is the caller's fault. */
    <T> T valid(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.INVALID, String.valueOf(e.getMessage()));
        }
    }

    ServiceSummary service(ServiceName name) {
        return tables.services()
                .find(session, name)
                .orElseThrow(() -> new RefusedException(
                        Reason.SERVICE_NOT_FOUND, "There is no service '" + name + "'; there are: " + services()));
    }

    void nameIsFree(ServiceName name) {
        if (tables.services().find(session, name).isPresent()) {
            throw new RefusedException(Reason.TAKEN, "There is a service '" + name + "' already");
        }
    }

    void isFree(EnvironmentRef ref) {
        if (tables.environments().exists(session, ref)) {
            throw new RefusedException(
                    Reason.TAKEN,
                    "Service " + ref.service() + " has an environment '" + ref.environment() + "' already");
        }
    }

    Environment environment(EnvironmentRef ref) {
        ServiceSummary service = service(ref.service());
        return tables.environments()
                .find(session, ref)
                .orElseThrow(() -> new RefusedException(
                        Reason.ENVIRONMENT_NOT_FOUND,
                        "Service " + ref.service() + " has no environment '" + ref.environment() + "'; there are: "
                                + join(service.environments())));
    }

    VersionSummary version(EnvironmentRef ref, VersionId id) {
        return tables.versions()
                .summary(session, id)
                .filter(version -> version.environment().equals(ref))
                .orElseThrow(() ->
                        new RefusedException(Reason.VERSION_NOT_FOUND, "Environment " + ref + " has no version " + id));
    }

    /** A sentence for each binding to something that is not there. */
    List<String> missingTargets(EnvironmentRef ref, VersionSpec spec) {
        List<String> sentences = new ArrayList<>();
        for (Binding binding : spec.bindings()) {
            try {
                binding(ref, binding);
            } catch (RefusedException e) {
                sentences.add(e.sentence());
            }
        }
        return sentences;
    }

    /** That everything the bindings name is there. */
    void bindings(EnvironmentRef ref, VersionSpec spec) {
        spec.bindings().forEach(binding -> binding(ref, binding));
    }

    private void binding(EnvironmentRef ref, Binding binding) {
        switch (binding) {
            case Binding.Service service -> target(ref, binding, service.service(), service.environment());
            case Binding.DurableObjectNamespace namespace ->
                namespace.service().ifPresent(name -> target(ref, binding, name, namespace.environment()));
            case Binding.KvNamespace namespace -> namespace(ref, namespace);
            case Binding.PlainText text -> {}
            case Binding.Json json -> {}
            case Binding.Secret secret -> {}
            case Binding.VersionMetadata metadata -> {}
            case Binding.Assets assets -> {}
        }
    }

    private void target(EnvironmentRef ref, Binding binding, ServiceName name, Optional<EnvironmentName> environment) {
        Optional<ServiceSummary> service = tables.services().find(session, name);
        if (service.isEmpty()) {
            throw missing(ref, binding, "service '" + name + "', which does not exist; there are: " + services());
        }
        EnvironmentName wanted = environment.orElse(EnvironmentName.PRODUCTION);
        if (!service.get().environments().contains(wanted)) {
            throw missing(
                    ref,
                    binding,
                    "environment '" + wanted + "' of service " + name + ", which does not exist; there are: "
                            + join(service.get().environments()));
        }
    }

    private void namespace(EnvironmentRef ref, Binding.KvNamespace binding) {
        if (tables.namespaces().find(session, binding.namespaceId()).isEmpty()) {
            throw missing(
                    ref,
                    binding,
                    "KV namespace '" + binding.namespaceId() + "', which does not exist; there are: "
                            + tables.namespaces().all(session).stream()
                                    .map(namespace -> namespace.title() + " (" + namespace.id() + ")")
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static RefusedException missing(EnvironmentRef ref, Binding binding, String what) {
        return new RefusedException(
                Reason.BINDING_TARGET_MISSING, "Binding " + binding.name() + " of " + ref + " names " + what);
    }

    /** That nobody else binds to these environments. */
    void unreferenced(String what, List<EnvironmentRef> targets) {
        List<String> referrers = tables.versions().servingReferences(session).stream()
                .filter(reference -> targets.contains(reference.target()) && !targets.contains(reference.from()))
                .map(reference -> reference.binding() + " of " + reference.from())
                .toList();
        if (!referrers.isEmpty()) {
            throw new RefusedException(
                    Reason.IN_USE,
                    what + " is bound by " + String.join(", ", referrers) + "; remove those bindings, or force it");
        }
    }

    KvNamespace namespace(String id) {
        return tables.namespaces()
                .find(session, id)
                .orElseThrow(() ->
                        new RefusedException(Reason.NAMESPACE_NOT_FOUND, "There is no KV namespace '" + id + "'"));
    }

    void titleIsFree(String title) {
        tables.namespaces().findByTitle(session, title).ifPresent(namespace -> {
            throw new RefusedException(
                    Reason.TAKEN, "There is a KV namespace '" + title + "' already: " + namespace.id());
        });
    }

    /** The patterns in their one spelling, each once. */
    List<String> routes(EnvironmentRef ref, List<String> patterns) {
        List<String> spelled = patterns.stream()
                .map(pattern -> RoutePattern.parse(pattern).toString())
                .distinct()
                .toList();
        for (String pattern : spelled) {
            refuseOthers(ref, "Route " + pattern, tables.environments().ownerOfRoute(session, pattern));
        }
        return spelled;
    }

    /** The hostnames in lower case, each once. */
    List<String> domains(EnvironmentRef ref, List<String> hostnames) {
        List<String> lower = hostnames.stream()
                .map(hostname -> hostname.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        for (String hostname : lower) {
            if (!RoutePattern.isHost(hostname)) {
                throw new RefusedException(Reason.INVALID, "'" + hostname + "' is not a hostname");
            }
            refuseOthers(ref, "Hostname " + hostname, tables.environments().ownerOfDomain(session, hostname));
            Optional<EnvironmentRef> named = tables.services().environments(session).stream()
                    .filter(other -> RoutingTable.hostname(domain, other).equals(hostname))
                    .findFirst();
            refuseOthers(ref, "Hostname " + hostname, named);
        }
        return lower;
    }

    /** That the hostname made of a new environment's name is nobody's custom domain. */
    void hostnameIsFree(EnvironmentRef ref) {
        String hostname = RoutingTable.hostname(domain, ref);
        refuseOthers(ref, "Hostname " + hostname, tables.environments().ownerOfDomain(session, hostname));
    }

    private static void refuseOthers(EnvironmentRef ref, String what, Optional<EnvironmentRef> owner) {
        if (owner.isPresent() && !owner.get().equals(ref)) {
            throw new RefusedException(
                    Reason.TAKEN, what + " belongs to " + owner.get() + "; take it away there first");
        }
    }

    /** The expressions in their one spelling, each once; as many as Cloudflare takes of an account at most. */
    List<String> crons(List<String> crons) {
        if (crons.size() > CRONS) {
            throw new RefusedException(
                    Reason.INVALID, "An environment has at most " + CRONS + " schedules, not " + crons.size());
        }
        List<String> spelled = new ArrayList<>();
        for (String cron : crons) {
            String text = valid(() -> Cron.parse(cron)).toString();
            if (!spelled.contains(text)) {
                spelled.add(text);
            }
        }
        return spelled;
    }

    void alias(EnvironmentRef ref, String alias) {
        int room = LABEL - 1 - RoutingTable.hostname(domain, ref).indexOf('.');
        if (!ALIAS.matcher(alias).matches() || alias.length() > room) {
            throw new RefusedException(
                    Reason.INVALID,
                    "'" + alias + "' is not an alias for " + ref + ": use at most " + room
                            + " lower-case letters, digits and hyphens, beginning with a letter");
        }
        if (SHORT_ID.matcher(alias).matches()) {
            throw new RefusedException(
                    Reason.INVALID,
                    "'" + alias + "' is not an alias for " + ref
                            + ": 8 hex digits are what a version's own address begins with");
        }
    }

    /** Of one service's environments, each once. */
    void pipeline(ServiceName service, List<EnvironmentName> environments) {
        environments.forEach(environment -> environment(new EnvironmentRef(service, environment)));
        if (environments.stream().distinct().count() != environments.size()) {
            throw new RefusedException(
                    Reason.INVALID,
                    "The pipeline of " + service + " names an environment twice: " + join(environments));
        }
    }

    private String services() {
        return join(tables.services().all(session).stream()
                .map(ServiceSummary::name)
                .toList());
    }

    private static String join(List<?> names) {
        return names.isEmpty() ? "none" : names.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
