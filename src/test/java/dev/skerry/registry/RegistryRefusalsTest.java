package dev.skerry.registry;

import static dev.skerry.registry.Refusals.refused;
import static dev.skerry.registry.Specs.TESTER;
import static dev.skerry.registry.Specs.service;
import static dev.skerry.registry.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Binding;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the registry refuses, with its reason, and that nothing has changed then. */
class RegistryRefusalsTest extends OpenRegistry {
    private static final ServiceName GATEWAY = new ServiceName("gateway");
    private static final EnvironmentRef PRODUCTION = EnvironmentRef.production(GATEWAY);
    private static final EnvironmentRef STAGING = EnvironmentRef.of("gateway", "staging");

    @Test
    void aBindingToWhatDoesNotExistIsRefusedWithWhatDoes() {
        registry.createService(GATEWAY, TESTER);
        registry.change(TESTER, change -> change.createNamespace("sessions"));
        refused(
                () -> registry.publish(PRODUCTION, spec("x", service("A", "oauth", "production")), TESTER, Map.of()),
                Reason.BINDING_TARGET_MISSING,
                "Binding A of gateway/production names service 'oauth', which does not exist; there are: gateway");
        refused(
                () -> registry.publish(PRODUCTION, spec("x", service("A", "gateway", "prod")), TESTER, Map.of()),
                Reason.BINDING_TARGET_MISSING,
                "environment 'prod' of service gateway, which does not exist; there are: production");
        refused(
                () -> registry.publish(
                        PRODUCTION, spec("x", new Binding.KvNamespace("CACHE", "f".repeat(32))), TESTER, Map.of()),
                Reason.BINDING_TARGET_MISSING,
                "Binding CACHE of gateway/production names KV namespace");
        assertThat(registry.versions(PRODUCTION, 0, 10)).isEmpty();
    }

    @Test
    void aChangeThatIsRefusedHalfWayChangesNothing() {
        refused(
                () -> set(change -> {
                    change.createService(GATEWAY);
                    change.publishAndDeploy(PRODUCTION, spec("one"), Map.of());
                    change.createService(GATEWAY);
                }),
                Reason.TAKEN,
                "gateway");
        assertThat(registry.services()).isEmpty();
        assertThat(registry.routes().environments()).isEmpty();
    }

    @Test
    void whatOthersBindToIsNotDeletedUnlessForced() {
        ServiceName auth = new ServiceName("auth");
        registry.createService(GATEWAY, TESTER);
        registry.createService(auth, TESTER);
        registry.publishAndDeploy(PRODUCTION, spec("x", service("AUTH", "auth", "production")), TESTER, Map.of());
        refused(
                () -> set(change -> change.deleteService(auth, false)),
                Reason.IN_USE,
                "Service auth is bound by AUTH of gateway/production");
        set(change -> change.deleteService(auth, true));
        assertThat(registry.service(auth)).isEmpty();
        assertThat(registry.routes().environment(EnvironmentRef.production(auth)))
                .isEmpty();
    }

    @Test
    void aDeploymentOfAVersionOfAnotherEnvironmentOrOfLessThanEverythingIsRefused() {
        registry.createService(GATEWAY, TESTER);
        registry.createEnvironment(STAGING, TESTER);
        Version version = registry.publish(STAGING, spec("one"), TESTER, Map.of());
        refused(
                () -> registry.deploy(PRODUCTION, List.of(new Share(version.id(), 100)), TESTER, Map.of()),
                Reason.VERSION_NOT_FOUND,
                "gateway/production has no version");
        refused(
                () -> registry.deploy(STAGING, List.of(new Share(version.id(), 40)), TESTER, Map.of()),
                Reason.INVALID,
                "add up to 100");
    }

    @Test
    void aRouteOrHostnameOfAnotherIsRefusedWithItsOwner() {
        registry.createService(GATEWAY, TESTER);
        registry.createEnvironment(STAGING, TESTER);
        set(change -> change.setRoutes(PRODUCTION, List.of("Example.com/shop*", "example.com/shop*")));
        set(change -> change.setDomains(PRODUCTION, List.of("Shop.Example.com")));
        assertThat(registry.environment(PRODUCTION).orElseThrow().addresses().routes())
                .containsExactly("example.com/shop*");
        refused(
                () -> set(change -> change.setRoutes(STAGING, List.of("EXAMPLE.com/shop*"))),
                Reason.TAKEN,
                "Route example.com/shop* belongs to gateway/production");
        refused(
                () -> set(change -> change.setDomains(STAGING, List.of("shop.example.com"))),
                Reason.TAKEN,
                "Hostname shop.example.com belongs to gateway/production");
        refused(
                () -> set(change -> change.setDomains(STAGING, List.of("gateway.localhost"))),
                Reason.TAKEN,
                "gateway/production");
        set(change -> change.setDomains(STAGING, List.of("auth.localhost")));
        refused(
                () -> registry.createService(new ServiceName("auth"), TESTER),
                Reason.TAKEN,
                "Hostname auth.localhost belongs to gateway/staging");
    }
}
