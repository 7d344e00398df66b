package dev.skerry.command;

import dev.skerry.ingress.Ingress;
import dev.skerry.registry.LiveEnvironment;
import dev.skerry.registry.Registry;
import dev.skerry.registry.RoutingTable;
import dev.skerry.runtime.WorkerRuntime;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import org.jboss.logging.Logger;

/** Brings the server up: the file's services into the registry, then the port for workers. */
@Singleton
final class Start {
    private static final Logger LOG = Logger.getLogger("skerry");

    private final Registry registry;
    private final WorkerRuntime runtime;
    private final Ingress ingress;

    @Inject
    Start(Registry registry, WorkerRuntime runtime, Ingress ingress) {
        this.registry = registry;
        this.runtime = runtime;
        this.ingress = ingress;
    }

    void start(@Observes StartupEvent event) {
        if (runtime.optimizing()) {
            LOG.infof("JavaScript is compiled: %s", runtime.engine());
        } else {
            LOG.warnf(
                    "JavaScript is only interpreted, many times slower: %s. scripts/skerry starts with the compiler.",
                    runtime.engine());
        }
        ingress.start();
        LOG.infof("Account %s", registry.accountId());
        RoutingTable routes = registry.routes();
        routes.environments().stream()
                .sorted(Comparator.comparing(LiveEnvironment::ref))
                .forEach(environment -> LOG.infof("%s %s", environment.ref(), address(routes, environment)));
    }

    private String address(RoutingTable routes, LiveEnvironment environment) {
        return environment.environment().addresses().hostname()
                ? "http://" + routes.hostname(environment.ref()) + ":"
                        + ingress.address().port()
                : "(private)";
    }
}
