package dev.skerry.manifest;

import dev.skerry.model.EnvironmentName;
import dev.skerry.model.ServiceName;
import java.util.List;

/** The order of promotion among a service's environments, as it is written. Immutable. */
record PipelineEntry(int line, ServiceName service, List<EnvironmentName> environments) {
    PipelineEntry {
        environments = List.copyOf(environments);
    }
}
