package dev.skerry.registry;

import static dev.skerry.registry.Specs.TESTER;
import static dev.skerry.registry.Specs.service;
import static dev.skerry.registry.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.RefusedException;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import dev.skerry.registry.Promotion.Aspect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromotionsTest extends OpenRegistry {
    private static final ServiceName SHOP = new ServiceName("shop");
    private static final EnvironmentRef PRODUCTION = EnvironmentRef.production(SHOP);
    private static final EnvironmentRef STAGING = EnvironmentRef.of("shop", "staging");

    private final List<String> gated = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private Promotions promotions;

    @BeforeEach
    void createEnvironments() {
        promotions = new Promotions(registry, (version, requests) -> {
            gated.add(version.number() + " " + requests.getFirst().path() + " "
                    + serving(PRODUCTION).number());
            return failures;
        });
        registry.createService(SHOP, TESTER);
        registry.createEnvironment(STAGING, TESTER);
    }

    @Test
    void codeAloneIsPromotedAndTheTargetKeepsItsSettings() {
        registry.publishAndDeploy(PRODUCTION, spec("old", text("live"), secret("live")), TESTER, Map.of());
        registry.publishAndDeploy(STAGING, spec("new", text("test"), secret("test")), TESTER, Map.of());

        Promotions.Promoted promoted = promotions.promote(Promotion.of(STAGING, PRODUCTION), TESTER);

        assertThat(serving(PRODUCTION).spec()).isEqualTo(spec("new", text("live"), secret("live")));
        assertThat(promoted.version().number()).isEqualTo(2);
        assertThat(promoted.deployment().annotations())
                .containsEntry("workers/triggered_by", "promotion")
                .containsEntry("skerry/promoted-from", "shop/staging 1");
        assertThat(gated).isEmpty();
    }

    @Test
    void eachAspectComesWhenItIsAskedFor() {
        registry.createService(new ServiceName("auth"), TESTER);
        Binding auth = service("AUTH", "auth", "production");
        registry.publishAndDeploy(PRODUCTION, spec("old", text("live"), secret("live")), TESTER, Map.of());
        registry.publishAndDeploy(STAGING, spec("new", text("test"), secret("test"), auth), TESTER, Map.of());

        promotions.promote(with(Set.of(Aspect.BINDINGS, Aspect.SECRETS), List.of(), false), TESTER);

        assertThat(serving(PRODUCTION).spec()).isEqualTo(spec("new", text("live"), secret("test"), auth));
    }

    @Test
    void aPlanTellsWhatWouldChangeAndBreakAndChangesNothing() {
        registry.publishAndDeploy(PRODUCTION, spec("old\n"), TESTER, Map.of());
        registry.publishAndDeploy(STAGING, spec("new\n", secret("x-needle-x"), text("a")), TESTER, Map.of());
        set(change -> change.setRoutes(STAGING, List.of("example.com/*")));

        Promotions.Plan plan = promotions.plan(with(Set.of(Aspect.VARIABLES, Aspect.ROUTES), List.of(), false));

        assertThat(plan.breaks()).containsExactly("secret TOKEN is missing in shop/production");
        assertThat(plan.diff().modules()).hasSize(1);
        assertThat(plan.diff().bindings())
                .singleElement()
                .satisfies(change -> assertThat(change.name()).isEqualTo("TEXT"));
        assertThat(plan.routes()).containsExactly("example.com/*");
        assertThat(plan.toString()).doesNotContain("x-needle-x");
        assertThat(registry.versions(PRODUCTION, 0, 10)).hasSize(1);
        assertThatThrownBy(() -> promotions.promote(Promotion.of(STAGING, PRODUCTION), TESTER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("secret TOKEN is missing in shop/production");
        promotions.promote(with(Set.of(), List.of(), true), TESTER);
        assertThat(serving(PRODUCTION).spec()).isEqualTo(spec("new\n"));
    }

    @Test
    void aBindingWhoseTargetWasDeletedIsToldAndRefusedEvenByForce() {
        ServiceName auth = new ServiceName("auth");
        registry.createService(auth, TESTER);
        registry.publishAndDeploy(PRODUCTION, spec("old"), TESTER, Map.of());
        registry.publishAndDeploy(STAGING, spec("new", service("AUTH", "auth", "production")), TESTER, Map.of());
        set(change -> change.deleteService(auth, true));
        Promotion forced = with(Set.of(Aspect.BINDINGS), List.of(), true);
        assertThat(promotions.plan(forced).breaks())
                .singleElement()
                .asString()
                .contains("Binding AUTH of shop/production names service 'auth', which does not exist");
        assertThatThrownBy(() -> promotions.promote(forced, TESTER)).isInstanceOf(RefusedException.class);
        assertThat(serving(PRODUCTION).spec()).isEqualTo(spec("old"));
    }

    @Test
    void theGateTriesTheVersionBeforeItServesAndMayRefuseIt() {
        registry.publishAndDeploy(PRODUCTION, spec("old"), TESTER, Map.of());
        registry.publishAndDeploy(STAGING, spec("new"), TESTER, Map.of());
        List<Gate.Smoke> smoke = List.of(new Gate.Smoke("GET", "/health", Optional.of(200), Optional.empty()));
        failures.add("GET /health answered 500 instead of 200");

        assertThatThrownBy(() -> promotions.promote(with(Set.of(), smoke, false), TESTER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Version 2 of shop/production does not serve: GET /health answered 500");
        assertThat(gated).containsExactly("2 /health 1");
        assertThat(serving(PRODUCTION).number()).isEqualTo(1);

        failures.clear();
        promotions.promote(with(Set.of(), smoke, false), TESTER);
        assertThat(serving(PRODUCTION).spec()).isEqualTo(spec("new"));
    }

    @Test
    void undoRestoresWhatServedAndTheRoutesOnce() {
        Version old = registry.publishAndDeploy(PRODUCTION, spec("old", secret("live")), TESTER, Map.of());
        registry.publishAndDeploy(STAGING, spec("new", secret("test")), TESTER, Map.of());
        set(change -> {
            change.setRoutes(STAGING, List.of("s.example/*"));
            change.setRoutes(PRODUCTION, List.of("p.example/*"));
        });
        Promotions.Promoted promoted =
                promotions.promote(with(Set.of(Aspect.SECRETS, Aspect.ROUTES), List.of(), false), TESTER);
        assertThat(routes(PRODUCTION)).containsExactly("p.example/*", "s.example/*");
        assertThat(routes(STAGING)).isEmpty();

        promotions.undo(promoted.id(), TESTER);

        assertThat(serving(PRODUCTION)).isEqualTo(old);
        assertThat(routes(PRODUCTION)).containsExactly("p.example/*");
        assertThat(routes(STAGING)).containsExactly("s.example/*");
        assertThatThrownBy(() -> promotions.undo(promoted.id(), TESTER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("not what serves");
    }

    @Test
    void aPipelineSaysWhereAPromotionGoes() {
        EnvironmentName staging = STAGING.environment();
        pipeline(List.of(staging, EnvironmentName.PRODUCTION));
        assertThat(promotions.next(STAGING)).isEqualTo(PRODUCTION);
        assertThatThrownBy(() -> promotions.next(PRODUCTION))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("staging -> production");
        assertThatThrownBy(() -> pipeline(List.of(staging, staging))).hasMessageContaining("twice");
        assertThatThrownBy(() -> pipeline(List.of(new EnvironmentName("dev")))).hasMessageContaining("'dev'");
        set(change -> change.deleteEnvironment(STAGING, false));
        assertThat(registry.pipeline(SHOP)).containsExactly(EnvironmentName.PRODUCTION);
    }

    private void pipeline(List<EnvironmentName> environments) {
        set(change -> change.setPipeline(SHOP, environments));
    }

    private static Promotion with(Set<Aspect> aspects, List<Gate.Smoke> smoke, boolean force) {
        return new Promotion(STAGING, Optional.empty(), PRODUCTION, aspects, smoke, force, Map.of());
    }

    private List<String> routes(EnvironmentRef ref) {
        return registry.environment(ref).orElseThrow().addresses().routes();
    }

    private static Binding text(String text) {
        return new Binding.PlainText("TEXT", text);
    }

    private static Binding secret(String text) {
        return new Binding.Secret("TOKEN", text);
    }
}
