package dev.skerry.registry;

import dev.skerry.model.AuditEntry;
import dev.skerry.model.AuditFilter;
import dev.skerry.model.Deployment;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.KvNamespace;
import dev.skerry.model.Origin;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.ServiceName;
import dev.skerry.model.ServiceSummary;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import dev.skerry.model.VersionSummary;
import dev.skerry.store.Database;
import dev.skerry.store.Sealer;
import dev.skerry.store.Session;
import dev.skerry.store.SettingTable;
import dev.skerry.store.Transaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that Skerry knows of services. Thread-safe.
 *
 * <p>Everything but {@link #routes()} and {@link #accountId()} reads or writes the store and waits for it: never on an event loop, never on a thread that
 * runs workers. A change is durable, and in the routing table, when its method returns.
 */
@Singleton
public final class Registry {
    private static final String ACCOUNT_ID = "account-id";

    private final Database database;
    private final Tables tables;
    private final VersionCache versions;
    private final Sealer sealer;
    private final String domain;
    private final String accountId;
    private volatile RoutingTable routes;

    /** Reads all that serves. */
    @Inject
    public Registry(Database database, Sealer sealer, RegistryConfig config) {
        this.database = database;
        this.sealer = sealer;
        this.tables = new Tables(sealer);
        this.versions = new VersionCache(tables.versions(), config.tuning().versionCache());
        this.domain = config.domain().toLowerCase(Locale.ROOT);
        this.accountId = accountId(database, config);
        this.routes = RoutingTable.of(
                domain,
                database.snapshot(session -> tables.services().environments(session).stream()
                        .map(ref -> live(session, ref).orElseThrow())
                        .toList()));
    }

    /** Who answers what, as of now. One volatile read: take it once for a request. */
    public RoutingTable routes() {
        return routes;
    }

    /** 32 hex digits by which clients name this server. */
    public String accountId() {
        return accountId;
    }

    /** The domain under which hostnames are made. */
    public String domain() {
        return domain;
    }

    /**
     * Makes a change of several steps: all of them happen, or, when the function throws, none.
     *
     * @throws RefusedException what the function was refused
     */
    public <T> T change(Origin origin, Function<Change, T> steps) {
        return database.writeAndWait(transaction -> {
            Scope scope = new Scope(transaction, tables, versions, domain, origin, now());
            T result = steps.apply(new Change(scope));
            route(transaction, scope);
            return result;
        });
    }

    /** As the store keeps it, so that what is told now and what is told later are the same. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** See {@link Change#createService}. */
    public void createService(ServiceName name, Origin origin) {
        change(origin, change -> {
            change.createService(name);
            return name;
        });
    }

    /** See {@link Change#createEnvironment}. */
    public void createEnvironment(EnvironmentRef ref, Origin origin) {
        change(origin, change -> {
            change.createEnvironment(ref);
            return ref;
        });
    }

    /** See {@link Change#publish(EnvironmentRef, VersionSpec, Map, boolean)}. */
    public Version publish(EnvironmentRef ref, VersionSpec spec, Origin origin, Map<String, String> annotations) {
        return change(origin, change -> change.publish(ref, spec, annotations));
    }

    /** See {@link Change#deploy}. */
    public Deployment deploy(EnvironmentRef ref, List<Share> shares, Origin origin, Map<String, String> annotations) {
        return change(origin, change -> change.deploy(ref, shares, annotations));
    }

    /** See {@link Change#publishAndDeploy}. */
    public Version publishAndDeploy(
            EnvironmentRef ref, VersionSpec spec, Origin origin, Map<String, String> annotations) {
        return change(origin, change -> change.publishAndDeploy(ref, spec, annotations));
    }

    /** All services, by name. */
    public List<ServiceSummary> services() {
        return database.read(tables.services()::all);
    }

    /** The services with the text in their name or in that of one of their environments, by name. */
    public List<ServiceSummary> search(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return services().stream()
                .filter(service -> service.name().value().contains(wanted)
                        || service.environments().stream()
                                .anyMatch(environment -> environment.value().contains(wanted)))
                .toList();
    }

    /** What was done, the newest first. */
    public List<AuditEntry> audit(AuditFilter filter, int offset, int limit) {
        return database.read(session -> tables.audit().list(session, filter, offset, limit));
    }

    public Optional<ServiceSummary> service(ServiceName name) {
        return database.read(session -> tables.services().find(session, name));
    }

    public Optional<Environment> environment(EnvironmentRef ref) {
        return database.snapshot(session -> tables.environments().find(session, ref));
    }

    /** An environment's versions, the newest first. */
    public List<VersionSummary> versions(EnvironmentRef ref, int offset, int limit) {
        return database.read(session -> tables.versions().list(session, ref, offset, limit));
    }

    /** A whole version, with its secrets: not for showing. */
    public Optional<Version> version(VersionId id) {
        return database.snapshot(session -> versions.find(session, id));
    }

    /**
     * What differs between two versions of any environments.
     *
     * @throws RefusedException when there is no such version
     */
    public VersionDiff diff(VersionId before, VersionId after) {
        return database.snapshot(session -> VersionDiff.of(
                Optional.of(require(session, before).spec()),
                require(session, after).spec(),
                sealer));
    }

    private Version require(Session session, VersionId id) {
        return versions.find(session, id)
                .orElseThrow(() -> new RefusedException(Reason.VERSION_NOT_FOUND, "There is no version " + id));
    }

    /** The newest version of an environment, deployed or not. */
    public Optional<Version> latest(EnvironmentRef ref) {
        return database.snapshot(session -> tables.versions().list(session, ref, 0, 1).stream()
                .findFirst()
                .flatMap(summary -> versions.find(session, summary.id())));
    }

    /** The version of a preview address, if there is one. */
    public Optional<Version> preview(Route.Preview preview) {
        return database.snapshot(session -> tables.versions()
                .startingWith(session, preview.environment().ref(), preview.version())
                .flatMap(summary -> versions.find(session, summary.id())));
    }

    /** An environment's deployments, the newest first. */
    public List<Deployment> deployments(EnvironmentRef ref, int limit) {
        return database.read(session -> tables.deployments().newest(session, ref, limit));
    }

    /** The order in which versions are promoted among a service's environments; empty when none was set. */
    public List<EnvironmentName> pipeline(ServiceName service) {
        return database.read(session -> tables.pipelines().find(session, service));
    }

    /** For what has tables of its own. */
    <T> T read(Database.Read<T> unit) {
        return database.read(unit);
    }

    /** For fingerprints of secrets. */
    Sealer sealer() {
        return sealer;
    }

    /** All KV namespaces, by title. */
    public List<KvNamespace> namespaces() {
        return database.read(tables.namespaces()::all);
    }

    public Optional<KvNamespace> namespace(String id) {
        return database.read(session -> tables.namespaces().find(session, id));
    }

    /** Reads what the change touched, within it, and swaps the table once it is durable. */
    private void route(Transaction transaction, Scope scope) {
        Map<EnvironmentRef, Optional<LiveEnvironment>> changes = new HashMap<>();
        scope.touched.forEach(ref -> changes.put(ref, live(transaction, ref)));
        if (!changes.isEmpty()) {
            // The writer's thread alone writes the field, so this loses no update.
            transaction.afterCommit(() -> swap(changes, scope.moves));
        }
    }

    private void swap(
            Map<EnvironmentRef, Optional<LiveEnvironment>> changes, Map<EnvironmentRef, EnvironmentRef> moves) {
        RoutingTable current = routes;
        routes = current.with(changes, moves);
    }

    private Optional<LiveEnvironment> live(Session session, EnvironmentRef ref) {
        return tables.environments()
                .find(session, ref)
                .map(environment -> new LiveEnvironment(
                        environment,
                        environment.deployment().map(Deployment::shares).orElse(List.of()).stream()
                                .flatMap(share -> versions.find(session, share.version()).stream())
                                .collect(Collectors.toMap(Version::id, version -> version))));
    }

    private static String accountId(Database database, RegistryConfig config) {
        SettingTable settings = new SettingTable();
        if (config.accountId().isPresent()) {
            String id = config.accountId().get();
            if (!id.matches("[0-9a-f]{32}")) {
                throw new IllegalArgumentException("skerry.account-id is 32 hex digits, not '" + id + "'");
            }
            return id;
        }
        return database.read(session -> settings.find(session, ACCOUNT_ID))
                .orElseGet(() -> database.writeAndWait(transaction -> {
                    String id = UUID.randomUUID().toString().replace("-", "");
                    settings.put(transaction, ACCOUNT_ID, id);
                    return id;
                }));
    }
}
