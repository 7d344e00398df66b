package dev.skerry.registry;

import dev.skerry.store.AuditTable;
import dev.skerry.store.DeploymentTable;
import dev.skerry.store.EnvironmentTable;
import dev.skerry.store.NamespaceTable;
import dev.skerry.store.PipelineTable;
import dev.skerry.store.Sealer;
import dev.skerry.store.ServiceTable;
import dev.skerry.store.VersionTable;

/** The tables that the registry works with. Thread-safe. */
record Tables(
        ServiceTable services,
        EnvironmentTable environments,
        VersionTable versions,
        DeploymentTable deployments,
        NamespaceTable namespaces,
        AuditTable audit,
        PipelineTable pipelines) {
    Tables(Sealer sealer) {
        this(
                new ServiceTable(),
                new EnvironmentTable(),
                new VersionTable(sealer),
                new DeploymentTable(),
                new NamespaceTable(),
                new AuditTable(),
                new PipelineTable());
    }
}
