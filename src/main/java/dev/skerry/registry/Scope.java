package dev.skerry.registry;

import dev.skerry.model.AuditEntry;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Origin;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSummary;
import dev.skerry.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the steps of one change share. Confined to the writer's thread, and to its unit of work. */
final class Scope {
    final Transaction transaction;
    final Tables tables;
    final VersionCache versions;
    final Checks checks;
    final String domain;
    final Origin origin;
    final Instant now;

    /** The environments whose place in the routing table may have changed. */
    final Set<EnvironmentRef> touched = new LinkedHashSet<>();

    /** Former names to new ones. */
    final Map<EnvironmentRef, EnvironmentRef> moves = new LinkedHashMap<>();

    Scope(Transaction transaction, Tables tables, VersionCache versions, String domain, Origin origin, Instant now) {
        this.transaction = transaction;
        this.tables = tables;
        this.versions = versions;
        this.checks = new Checks(transaction, tables, domain);
        this.domain = domain;
        this.origin = origin;
        this.now = now;
    }

    Optional<Version> latest(EnvironmentRef ref) {
        return tables.versions().list(transaction, ref, 0, 1).stream()
                .findFirst()
                .map(VersionSummary::id)
                .flatMap(id -> versions.find(transaction, id));
    }

    void touch(EnvironmentRef ref) {
        tables.environments().touch(transaction, ref, now);
        touched.add(ref);
    }

    /** A step that changes an existing environment: what it makes different goes to the audit log. */
    <T> T edit(String action, EnvironmentRef ref, Supplier<T> step) {
        checks.environment(ref);
        Map<String, String> before = state(ref);
        T result = step.get();
        touch(ref);
        audit(action, ref, before, state(ref));
        return result;
    }

    void edit(String action, EnvironmentRef ref, Runnable step) {
        edit(action, ref, () -> {
            step.run();
            return ref;
        });
    }

    /** Keeps what differs; nothing when nothing does. */
    void audit(String action, EnvironmentRef ref, Map<String, String> before, Map<String, String> after) {
        Map<String, String> was = new HashMap<>(before);
        Map<String, String> is = new HashMap<>(after);
        was.entrySet().removeAll(after.entrySet());
        is.entrySet().removeAll(before.entrySet());
        if (!was.isEmpty() || !is.isEmpty()) {
            tables.audit()
                    .insert(
                            transaction,
                            new AuditEntry(
                                    0,
                                    now,
                                    origin.source(),
                                    origin.author(),
                                    action,
                                    Optional.of(ref.service()),
                                    Optional.of(ref.environment()),
                                    was,
                                    is));
        }
    }

    /** An environment in words, as the audit log tells of it; no secrets. Empty when it is not there. */
    Map<String, String> state(EnvironmentRef ref) {
        Map<String, String> state = new TreeMap<>();
        tables.environments().find(transaction, ref).ifPresent(environment -> describe(environment, state));
        return state;
    }

    private void describe(Environment environment, Map<String, String> state) {
        EnvironmentRef ref = environment.ref();
        Environment.Addresses addresses = environment.addresses();
        state.put("name", ref.toString());
        tables.versions().list(transaction, ref, 0, 1).stream()
                .findFirst()
                .ifPresent(latest -> state.put("version", latest.number() + " " + latest.id()));
        environment
                .deployment()
                .ifPresent(deployment -> state.put(
                        "deployment",
                        deployment.shares().stream()
                                .map(share -> share.version() + " " + share.percentage() + "%")
                                .collect(Collectors.joining(", "))));
        state.put("hostname", String.valueOf(addresses.hostname()));
        state.put("previews", String.valueOf(addresses.previews()));
        state.put("routes", String.join(", ", addresses.routes()));
        state.put("domains", String.join(", ", addresses.domains()));
        state.put("crons", String.join(", ", environment.crons()));
        addresses.aliases().forEach((alias, version) -> state.put("alias " + alias, version.toString()));
        environment.settings().forEach((key, json) -> state.put("setting " + key, json));
    }
}
