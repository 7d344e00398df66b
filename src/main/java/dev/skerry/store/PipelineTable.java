package dev.skerry.store;

import dev.skerry.model.EnvironmentName;
import dev.skerry.model.ServiceName;
import java.util.List;

/** The environments of a service in the order of promotion. Stateless. */
public final class PipelineTable {
    public List<EnvironmentName> find(Session session, ServiceName service) {
        return session.list("""
                SELECT e.name FROM pipeline p
                JOIN environment e ON e.id = p.environment_id
                JOIN service s ON s.id = e.service_id
                WHERE s.name = ? ORDER BY p.position
                """, row -> new EnvironmentName(row.text(0)), service.value());
    }

    public void replace(Transaction transaction, ServiceName service, List<EnvironmentName> environments) {
        transaction.update("""
                DELETE FROM pipeline WHERE environment_id IN
                  (SELECT e.id FROM environment e JOIN service s ON s.id = e.service_id WHERE s.name = ?)
                """, service.value());
        for (int i = 0; i < environments.size(); i++) {
            transaction.update(
                    "INSERT INTO pipeline (environment_id, position) VALUES (" + EnvironmentTable.ID + ", ?)",
                    service.value(),
                    environments.get(i).value(),
                    i);
        }
    }
}
