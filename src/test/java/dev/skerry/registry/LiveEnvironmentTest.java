package dev.skerry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.model.Deployment;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.Environment;
import dev.skerry.model.Environment.Addresses;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveEnvironmentTest {
    private static final EnvironmentRef REF = EnvironmentRef.of("shop", "staging");
    private final Version first = version(1);
    private final Version second = version(2);
    private final Version third = version(3);

    @Test
    void anEnvironmentWithoutADeploymentChoosesNothing() {
        assertThat(live().choose(new Random(1))).isEmpty();
        assertThat(live().choose("key", "shop=\"x\"", new Random(1))).isEmpty();
    }

    @Test
    void requestsAreSplitByPercentage() {
        LiveEnvironment live = live(new Share(first.id(), 70), new Share(second.id(), 30));
        Random random = new Random(7);
        long seconds = IntStream.range(0, 10_000)
                .filter(i -> live.choose(random).orElseThrow().equals(second))
                .count();
        assertThat(seconds).isCloseTo(3000, within(200L));
    }

    @Test
    void keysAreSplitByPercentageTooAndStay() {
        LiveEnvironment live = live(new Share(first.id(), 70), new Share(second.id(), 30));
        Random random = new Random(7);
        long seconds = IntStream.range(0, 10_000)
                .filter(i ->
                        live.choose("user-" + i, null, random).orElseThrow().equals(second))
                .count();
        assertThat(seconds).isCloseTo(3000, within(200L));
        for (int i = 0; i < 100; i++) {
            String key = "user-" + i;
            assertThat(live.choose(key, null, random)).isEqualTo(live.choose(key, null, random));
        }
    }

    @Test
    void aKeyThatTheNewVersionHasCaughtStaysWithItAsItsShareRises() {
        LiveEnvironment before = live(new Share(first.id(), 90), new Share(second.id(), 10));
        LiveEnvironment after = live(new Share(second.id(), 50), new Share(first.id(), 50));
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            String key = Integer.toString(i);
            if (before.choose(key, null, random).orElseThrow().equals(second)) {
                assertThat(after.choose(key, null, random)).contains(second);
            }
        }
    }

    @Test
    void anOverridePicksAVersionOfTheDeploymentAlsoAtZeroPercent() {
        LiveEnvironment live = live(new Share(first.id(), 100), new Share(second.id(), 0));
        Random random = new Random(7);
        for (String name : List.of("shop", "shop-staging")) {
            assertThat(live.choose("key", "other=\"x\", " + name + "=\"" + second.id() + "\"", random))
                    .contains(second);
        }
        for (String header : List.of(
                "other=\"" + second.id() + "\"",
                "shop=\"" + third.id() + "\"",
                "shop=" + second.id(),
                "shop=\"" + second.id(),
                "shop",
                "=,=,",
                "")) {
            assertThat(live.choose(null, header, random)).as(header).contains(first);
        }
    }

    @Test
    void aVersionAtZeroPercentGetsNothingElse() {
        LiveEnvironment live = live(new Share(first.id(), 100), new Share(second.id(), 0));
        Random random = new Random(7);
        assertThat(IntStream.range(0, 1000).mapToObj(i -> live.choose(random).orElseThrow()))
                .containsOnly(first);
    }

    private LiveEnvironment live(Share... shares) {
        Optional<Deployment> deployment = shares.length == 0
                ? Optional.empty()
                : Optional.of(
                        new Deployment(UUID.randomUUID(), List.of(shares), "api", "tester", Instant.EPOCH, Map.of()));
        return new LiveEnvironment(
                new Environment(
                        REF,
                        new Addresses(true, true, List.of(), List.of(), Map.of(), Map.of()),
                        List.of(),
                        Map.of(),
                        deployment,
                        Instant.EPOCH,
                        Instant.EPOCH),
                Map.of(first.id(), first, second.id(), second));
    }

    private static Version version(int number) {
        return new Version(
                VersionId.random(), number, REF, Specs.spec("v" + number), "api", "tester", Instant.EPOCH, Map.of());
    }
}
