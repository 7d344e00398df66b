package dev.skerry.registry;

import static dev.skerry.registry.Specs.TESTER;
import static dev.skerry.registry.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.RefusedException;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.registry.VersionDiff.Mark;
import dev.skerry.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionDiffTest {
    @TempDir
    Path temp;

    @Test
    void twoVersionsOfTwoEnvironmentsAreToldApartWithoutASecret() {
        try (TestStore store = new TestStore(temp)) {
            Registry registry = new Registry(store.database, store.sealer, store.registryConfig);
            EnvironmentRef production = EnvironmentRef.production(new ServiceName("shop"));
            EnvironmentRef staging = EnvironmentRef.of("shop", "staging");
            registry.createService(production.service(), TESTER);
            registry.createEnvironment(staging, TESTER);
            Binding same = new Binding.Secret("SAME", "x-same-x");
            Version before = registry.publish(
                    production,
                    spec("a\nb\nc\n", same, new Binding.Secret("TOKEN", "x-old-x"), new Binding.PlainText("GONE", "1")),
                    TESTER,
                    Map.of());
            Version after = registry.publish(
                    staging, spec("a\nB\nc\n", same, new Binding.Secret("TOKEN", "x-new-x")), TESTER, Map.of());

            VersionDiff diff = registry.diff(before.id(), after.id());

            assertThat(diff.modules()).singleElement().satisfies(module -> {
                assertThat(module.name()).isEqualTo("worker.js");
                assertThat(module.lines().orElseThrow())
                        .containsExactly(
                                new VersionDiff.Line(Mark.SAME, "a"),
                                new VersionDiff.Line(Mark.REMOVED, "b"),
                                new VersionDiff.Line(Mark.ADDED, "B"),
                                new VersionDiff.Line(Mark.SAME, "c"));
            });
            assertThat(diff.bindings())
                    .extracting(VersionDiff.BindingChange::name)
                    .containsExactly("GONE", "TOKEN");
            assertThat(diff.bindings().getFirst().after()).isEmpty();
            assertThat(diff.bindings().getLast()).satisfies(change -> {
                assertThat(change.before().orElseThrow().text()).matches("fingerprint [0-9a-f]{16}");
                assertThat(change.before()).isNotEqualTo(change.after());
            });
            assertThat(diff.toString()).doesNotContain("x-old-x").doesNotContain("x-new-x");
            assertThat(registry.diff(before.id(), before.id()).isEmpty()).isTrue();
            assertThatThrownBy(() -> registry.diff(before.id(), VersionId.random()))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("no version");
        }
    }

    @Test
    void aDiffOfAnyTextsLeadsFromOneToTheOtherByTheFewestLines() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<String> before = lines(random);
            List<String> after = lines(random);
            List<VersionDiff.Line> diff = LineDiff.of(before, after).orElseThrow();
            assertThat(texts(diff, Mark.ADDED)).isEqualTo(before);
            assertThat(texts(diff, Mark.REMOVED)).isEqualTo(after);
            long same = diff.stream().filter(line -> line.mark() == Mark.SAME).count();
            assertThat(same).isEqualTo(longestCommon(before, after));
        }
    }

    @Test
    void aComparisonOfTooMuchIsGivenUp() {
        List<String> before = IntStream.range(0, 2000).mapToObj(i -> "a" + i).toList();
        List<String> after = IntStream.range(0, 2000).mapToObj(i -> "b" + i).toList();
        assertThat(LineDiff.of(before, after)).isEmpty();
        assertThat(LineDiff.of(before, before)).isPresent();
    }

    private static List<String> lines(Random random) {
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(4))))
                .toList();
    }

    private static List<String> texts(List<VersionDiff.Line> diff, Mark without) {
        return diff.stream()
                .filter(line -> line.mark() != without)
                .map(VersionDiff.Line::text)
                .toList();
    }

    private static long longestCommon(List<String> a, List<String> b) {
        int[][] table = new int[a.size() + 1][b.size() + 1];
        for (int i = 1; i <= a.size(); i++) {
            for (int j = 1; j <= b.size(); j++) {
                table[i][j] = a.get(i - 1).equals(b.get(j - 1))
                        ? table[i - 1][j - 1] + 1
                        : Math.max(table[i - 1][j], table[i][j - 1]);
            }
        }
        return table[a.size()][b.size()];
    }
}
