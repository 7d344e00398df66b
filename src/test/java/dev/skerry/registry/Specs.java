package dev.skerry.registry;

import dev.skerry.model.Binding;
import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Origin;
import dev.skerry.model.ServiceName;
import dev.skerry.model.VersionSpec;
import java.util.List;
import java.util.Optional;

/** Small versions for tests. */
final class Specs {
    static final Origin TESTER = new Origin("api", "tester");

    private Specs() {}

    static VersionSpec spec(String source, Binding... bindings) {
        Module main = new Module("worker.js", ModuleType.ES_MODULE, Bytes.utf8(source));
        return new VersionSpec(
                new Code("worker.js", Code.Format.MODULES, List.of(main)),
                List.of(bindings),
                "2026-01-31",
                List.of(),
                LimitOverrides.NONE,
                Optional.empty());
    }

    static Binding service(String name, String service, String environment) {
        return new Binding.Service(
                name,
                new ServiceName(service),
                Optional.of(new EnvironmentName(environment)),
                Optional.empty(),
                Optional.empty());
    }
}
