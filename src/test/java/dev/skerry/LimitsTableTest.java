package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.ingress.IngressConfig;
import dev.skerry.model.LimitKey;
import dev.skerry.model.LimitOverrides;
import dev.skerry.runtime.LimitsConfig;
import dev.skerry.webapi.BodyConfig;
import dev.skerry.webapi.egress.EgressConfig;
import dev.skerry.webapi.websocket.WebSocketConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of limits in the README says what the configuration says. */
class LimitsTableTest {
    /** {@code | what | `key` | `default` |}, with a star behind the key if environments may have their own. */
    private static final Pattern ROW =
            Pattern.compile("\\| [^|]+ \\| `(skerry\\.[a-z.-]+)`( \\*)? \\| `([^`|]+)` \\|.*");

    private record Row(String value, boolean own) {}

    @Test
    void everyLimitStandsInTheTableWithItsDefault() throws IOException {
        Map<String, Row> table = table();

        assertThat(table.keySet())
                .containsAll(defaults(LimitsConfig.class, WebSocketConfig.class).keySet());
        assertThat(table.keySet())
                .containsAll(
                        Stream.of(LimitKey.values()).map(LimitKey::toString).toList());
        Map<String, String> values = new TreeMap<>();
        table.forEach((key, row) -> values.put(key, row.value()));
        assertThat(defaults(
                        LimitsConfig.class,
                        WebSocketConfig.class,
                        IngressConfig.class,
                        BodyConfig.class,
                        EgressConfig.class))
                .containsAllEntriesOf(values);
    }

    @Test
    void theTableMarksWhatAnEnvironmentMayHaveOfItsOwn() throws IOException {
        assertThat(table().entrySet().stream()
                        .filter(row -> row.getValue().own())
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(LimitOverrides.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> "skerry.limits." + kebab(name))
                        .toList());
    }

    private static Map<String, Row> table() throws IOException {
        Map<String, Row> table = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        for (String line : lines.subList(lines.indexOf("## Limits"), lines.indexOf("## Rollouts"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                table.put(row.group(1), new Row(row.group(3), row.group(2) != null));
            }
        }
        assertThat(table).isNotEmpty();
        return table;
    }

    private static Map<String, String> defaults(Class<?>... mappings) {
        return Arrays.stream(mappings)
                .flatMap(mapping -> Arrays.stream(mapping.getMethods()))
                .filter(method -> method.isAnnotationPresent(WithDefault.class))
                .collect(Collectors.toMap(
                        LimitsTableTest::key,
                        method -> method.getAnnotation(WithDefault.class).value()));
    }

    private static String key(Method method) {
        return method.getDeclaringClass().getAnnotation(ConfigMapping.class).prefix() + "." + kebab(method.getName());
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
