package dev.skerry.command;

import dev.skerry.assets.AssetFiles;
import dev.skerry.ingress.Ingress;
import dev.skerry.manifest.ManifestApplier;
import dev.skerry.manifest.ManifestConfig;
import dev.skerry.manifest.ManifestWatcher;
import dev.skerry.registry.LiveEnvironment;
import dev.skerry.registry.Registry;
import dev.skerry.registry.RoutingTable;
import dev.skerry.registry.VersionCheck;
import dev.skerry.rollout.RolloutWatcher;
import dev.skerry.runtime.WorkerRuntime;
import dev.skerry.schedule.Scheduler;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Comparator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Brings the server up: the file's services into the registry, then the port for workers. */
@Singleton
final class Start {
    private static final Logger LOG = Logger.getLogger("skerry");

    private final Registry registry;
    private final ManifestApplier applier;
    private final ManifestConfig config;
    private final WorkerRuntime runtime;
    private final Ingress ingress;
    private final Scheduler scheduler;
    private final RolloutWatcher rollouts;
    private @Nullable ManifestWatcher watcher;

    @Inject
    Start(
            Registry registry,
            VersionCheck check,
            AssetFiles assets,
            ManifestConfig config,
            WorkerRuntime runtime,
            Ingress ingress,
            Scheduler scheduler,
            RolloutWatcher rollouts) {
        this.registry = registry;
        this.applier = new ManifestApplier(registry, check, assets);
        this.config = config;
        this.runtime = runtime;
        this.ingress = ingress;
        this.scheduler = scheduler;
        this.rollouts = rollouts;
    }

    void start(@Observes StartupEvent event) {
        if (runtime.optimizing()) {
            LOG.infof("JavaScript is compiled: %s", runtime.engine());
        } else {
            LOG.warnf(
                    "JavaScript is only interpreted, many times slower: %s. scripts/skerry starts with the compiler.",
                    runtime.engine());
        }
        String file = System.getProperty(ServeCommand.FILE);
        if (file != null) {
            apply(Path.of(file));
        }
        ingress.start();
        scheduler.start();
        rollouts.start();
        LOG.infof("Account %s", registry.accountId());
        RoutingTable routes = registry.routes();
        routes.environments().stream()
                .sorted(Comparator.comparing(LiveEnvironment::ref))
                .forEach(environment -> LOG.infof("%s %s", environment.ref(), address(routes, environment)));
    }

    private void apply(Path file) {
        if (config.watch()) {
            watcher = ManifestWatcher.start(applier, file).watcher();
        } else {
            applier.apply(file);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        scheduler.close();
        rollouts.close();
        if (watcher != null) {
            watcher.close();
        }
    }

    private String address(RoutingTable routes, LiveEnvironment environment) {
        return environment.environment().addresses().hostname()
                ? "http://" + routes.hostname(environment.ref()) + ":"
                        + ingress.address().port()
                : "(private)";
    }
}
