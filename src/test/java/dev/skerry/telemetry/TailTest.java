package dev.skerry.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import dev.skerry.store.TestStore;
import dev.skerry.telemetry.TailEvent.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final EnvironmentRef SHOP = EnvironmentRef.of("shop", "production");

    private static TailHub hub(String... settings) {
        return new TailHub(TestStore.config(settings).getConfigMapping(TailConfig.class));
    }

    private static Version version(EnvironmentRef environment) {
        Module main = new Module("a.js", ModuleType.ES_MODULE, Bytes.utf8("export default {}"));
        return new Version(
                VersionId.random(),
                1,
                environment,
                new VersionSpec(
                        new Code("a.js", Code.Format.MODULES, List.of(main)),
                        List.of(),
                        "2026-01-01",
                        List.of(),
                        LimitOverrides.NONE,
                        Optional.empty()),
                "test",
                "test",
                Instant.now(),
                Map.of());
    }

    private static TailFilter filter(String json) throws Exception {
        return TailFilter.read(MAPPER.readTree(json), "10.0.0.9", new Random(1));
    }

    private static void happen(TailHub hub, String method, String headers, String log, Outcome outcome) {
        hub.begin(version(SHOP), new Trigger.Request(method, "http://shop.localhost/", headers))
                .ifPresent(event -> {
                    event.log("log", log);
                    event.responded(200);
                    event.end(outcome, Duration.ofMillis(3), Duration.ofMillis(1));
                });
    }

    private static List<JsonNode> read(Tail tail) throws Exception {
        List<JsonNode> messages = new ArrayList<>();
        for (Optional<String> next = tail.poll(); next.isPresent(); next = tail.poll()) {
            messages.add(MAPPER.readTree(next.get()));
        }
        return messages;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | true",
                "[{\"outcome\":[\"ok\",\"canceled\"]}] | true",
                "[{\"outcome\":[\"exception\"]}] | false",
                "[{\"method\":[\"get\",\"POST\"]}] | true",
                "[{\"method\":[\"PUT\"]}] | false",
                "[{\"header\":{\"key\":\"X-Kind\"}}] | true",
                "[{\"header\":{\"key\":\"x-kind\",\"query\":\"GO\"}}] | true",
                "[{\"header\":{\"key\":\"x-kind\",\"query\":\"bad\"}}] | false",
                "[{\"header\":{\"key\":\"x-other\"}}] | false",
                "[{\"client_ip\":[\"10.0.0.9\"]}] | true",
                "[{\"client_ip\":[\"self\"]}] | true",
                "[{\"client_ip\":[\"10.0.0.8\"]}] | false",
                "[{\"query\":\"needle\"}] | true",
                "[{\"query\":\"thread\"}] | false",
                "[{\"sampling_rate\":1}] | true",
                "[{\"sampling_rate\":0}] | false",
                "[{\"method\":[\"GET\"]},{\"outcome\":[\"exception\"]}] | false"
            })
    void aWatcherHearsWhatPassesAllItsFilters(String filters, boolean heard) throws Exception {
        TailHub hub = hub();
        Tail tail = hub.open(SHOP, filter(filters)).orElseThrow();

        happen(hub, "GET", "\nx-kind:good\ncf-connecting-ip:10.0.0.9", "a needle in hay", new Outcome.Ok());

        assertThat(read(tail)).hasSize(heard ? 1 : 0);
    }

    @Test
    void aSampleIsAPartOfTheEvents() throws Exception {
        TailHub hub = hub();
        Tail tail = hub.open(SHOP, filter("[{\"sampling_rate\":0.3}]")).orElseThrow();

        for (int i = 0; i < 1000; i++) {
            happen(hub, "GET", "", "", new Outcome.Ok());
        }

        assertThat(read(tail)).hasSizeBetween(250, 350);
    }

    @Test
    void thereAreNoOtherFilters() {
        assertThatThrownBy(() -> filter("[{\"colour\":\"red\"}]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'colour'")
                .hasMessageContaining("sampling_rate");
    }

    @Test
    void anEventIsToldWithItsLogsAndItsExceptionButWithoutWhatLetsIn() throws Exception {
        TailHub hub = hub();
        Tail tail = hub.open(SHOP, filter("[]")).orElseThrow();

        happen(
                hub,
                "POST",
                "\nauthorization:Bearer x\nx-api-key:k\ncookie:c\nx-csrf-token:t\naccept:text/html",
                "hello",
                new Outcome.Threw("TypeError", "it broke", "TypeError: it broke\n    at src/a.ts:3:4"));

        JsonNode event = read(tail).getFirst();
        assertThat(event.path("outcome").asText()).isEqualTo("exception");
        assertThat(event.path("scriptName").asText()).isEqualTo("shop");
        assertThat(event.path("logs").path(0).path("message").path(0).asText()).isEqualTo("hello");
        assertThat(event.path("exceptions").path(0).path("name").asText()).isEqualTo("TypeError");
        assertThat(event.path("exceptions").path(0).path("stack").asText()).contains("src/a.ts:3:4");
        assertThat(event.path("event").path("response").path("status").asInt()).isEqualTo(200);
        JsonNode headers = event.path("event").path("request").path("headers");
        assertThat(headers.path("accept").asText()).isEqualTo("text/html");
        assertThat(List.of("authorization", "x-api-key", "cookie", "x-csrf-token"))
                .allSatisfy(name -> assertThat(headers.path(name).asText()).isEqualTo("REDACTED"));
    }

    @Test
    void aSlowReaderLosesEventsAndIsToldHowMany() throws Exception {
        TailHub hub = hub("skerry.tail.queue=3");
        Tail slow = hub.open(SHOP, filter("[]")).orElseThrow();
        Tail quick = hub.open(SHOP, filter("[]")).orElseThrow();
        int heard = 0;

        for (int i = 0; i < 10; i++) {
            happen(hub, "GET", "", "event " + i, new Outcome.Ok());
            heard += read(quick).size();
        }

        assertThat(heard).isEqualTo(10);
        List<JsonNode> late = read(slow);
        assertThat(late).hasSize(4);
        assertThat(late.get(2).toString()).contains("event 2");
        assertThat(late.get(3).path("event").path("type").asText()).isEqualTo("overload");
        assertThat(late.get(3).path("event").path("message").asText()).startsWith("7 events were lost");
        happen(hub, "GET", "", "event 10", new Outcome.Ok());
        assertThat(read(slow))
                .singleElement()
                .satisfies(event -> assertThat(event.toString()).contains("event 10"));
    }

    @Test
    void whatWaitsForASlowReaderHasALimitInBytesToo() throws Exception {
        TailHub hub = hub("skerry.tail.memory=10KB");
        Tail tail = hub.open(SHOP, filter("[]")).orElseThrow();

        for (int i = 0; i < 5; i++) {
            happen(hub, "GET", "", "x".repeat(4000), new Outcome.Ok());
        }

        List<JsonNode> messages = read(tail);
        assertThat(messages).hasSize(3);
        assertThat(messages.getLast().toString()).contains("3 events were lost");
        happen(hub, "GET", "", "x".repeat(4000), new Outcome.Ok());
        assertThat(read(tail)).as("what was read has made room").hasSize(1);
    }

    @Test
    void aClosedWatcherMakesRoomForAnother() throws Exception {
        TailHub hub = hub("skerry.tail.watchers=1");
        Tail tail = hub.open(SHOP, filter("[]")).orElseThrow();
        assertThat(hub.open(SHOP, filter("[]"))).isEmpty();
        assertThat(hub.open(EnvironmentRef.of("shop", "staging"), filter("[]"))).isPresent();

        tail.close();
        happen(hub, "GET", "", "", new Outcome.Ok());

        assertThat(read(tail)).isEmpty();
        assertThat(hub.open(SHOP, filter("[]"))).isPresent();
    }
}
