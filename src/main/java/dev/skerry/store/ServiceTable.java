package dev.skerry.store;

import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceName;
import dev.skerry.model.ServiceSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services and the names of their environments. Stateless. */
public final class ServiceTable {
    /** By service, {@code production} first. */
    private static final String SELECT = """
            SELECT s.name, s.created_at, e.name FROM service s LEFT JOIN environment e ON e.service_id = s.id
            """;

    private static final String ORDER = " ORDER BY s.name, e.name <> 'production', e.name";

    private record Line(ServiceName service, Instant createdAt, Optional<EnvironmentName> environment) {}

    public List<ServiceSummary> all(Session session) {
        return group(session.list(SELECT + ORDER, ServiceTable::line));
    }

    public Optional<ServiceSummary> find(Session session, ServiceName name) {
        return group(session.list(SELECT + "WHERE s.name = ?" + ORDER, ServiceTable::line, name.value())).stream()
                .findFirst();
    }

    public void insert(Transaction transaction, ServiceName name, Instant at) {
        transaction.update("INSERT INTO service (name, created_at) VALUES (?, ?)", name.value(), at);
    }

    public void rename(Transaction transaction, ServiceName from, ServiceName to) {
        transaction.update("UPDATE service SET name = ? WHERE name = ?", to.value(), from.value());
    }

    /** With its environments and all that is theirs. */
    public void delete(Transaction transaction, ServiceName name) {
        transaction.update("DELETE FROM service WHERE name = ?", name.value());
        VersionTable.deleteUnusedContent(transaction);
    }

    /** All environments of all services, by service, {@code production} first. */
    public List<EnvironmentRef> environments(Session session) {
        return all(session).stream()
                .flatMap(service -> service.environments().stream()
                        .map(environment -> new EnvironmentRef(service.name(), environment)))
                .toList();
    }

    private static Line line(Row row) {
        return new Line(
                new ServiceName(row.text(0)),
                row.instant(1),
                row.optionalText(2).map(EnvironmentName::new));
    }

    private static List<ServiceSummary> group(List<Line> lines) {
        Map<ServiceName, List<EnvironmentName>> environments = new LinkedHashMap<>();
        Map<ServiceName, Instant> created = new LinkedHashMap<>();
        for (Line line : lines) {
            created.put(line.service(), line.createdAt());
            List<EnvironmentName> names = environments.computeIfAbsent(line.service(), name -> new ArrayList<>());
            line.environment().ifPresent(names::add);
        }
        List<ServiceSummary> result = new ArrayList<>();
        environments.forEach((name, names) ->
                result.add(new ServiceSummary(name, names, java.util.Objects.requireNonNull(created.get(name)))));
        return result;
    }
}
