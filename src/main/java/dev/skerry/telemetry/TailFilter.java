package dev.skerry.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skerry.telemetry.TailEvent.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Which events a watcher wants: those that pass all filters. Immutable. */
public final class TailFilter {
    private static final String CLIENT_ADDRESS = "cf-connecting-ip";

    private final List<Predicate<TailEvent>> filters = new ArrayList<>();

    /**
     * Reads what {@code wrangler tail} sends: {@code [{"sampling_rate":0.5},{"outcome":["ok"]},{"method":["GET"]},{"header":{"key":..,"query":..}},
     * {"client_ip":[..]},{"query":..}]}.
     *
     * @param self the watcher's own address, which {@code client_ip} may call {@code self}
     * @throws IllegalArgumentException for a filter of another kind
     */
    public static TailFilter read(JsonNode filters, String self, RandomGenerator random) {
        TailFilter read = new TailFilter();
        for (JsonNode filter : filters) {
            filter.properties().forEach(entry -> read.filters.add(of(entry.getKey(), entry.getValue(), self, random)));
        }
        return read;
    }

    boolean wants(TailEvent event) {
        return filters.stream().allMatch(filter -> filter.test(event));
    }

    private static Predicate<TailEvent> of(String kind, JsonNode value, String self, RandomGenerator random) {
        return switch (kind) {
            case "sampling_rate" -> event -> random.nextDouble() < value.asDouble();
            case "outcome" -> {
                Set<String> outcomes = texts(value);
                yield event -> outcomes.contains(event.outcome());
            }
            case "method" -> {
                Set<String> methods = texts(value);
                yield event -> event.trigger() instanceof Trigger.Request request
                        && methods.stream().anyMatch(request.method()::equalsIgnoreCase);
            }
            case "client_ip" -> {
                Set<String> addresses = texts(value);
                if (addresses.contains("self")) {
                    addresses.add(self);
                }
                yield event -> event.trigger() instanceof Trigger.Request request
                        && request.header(CLIENT_ADDRESS)
                                .filter(addresses::contains)
                                .isPresent();
            }
            case "header" -> {
                String key = value.path("key").asText();
                String query = value.path("query").asText("").toLowerCase(Locale.ROOT);
                yield event -> event.trigger() instanceof Trigger.Request request
                        && request.header(key)
                                .filter(found -> found.toLowerCase(Locale.ROOT).contains(query))
                                .isPresent();
            }
            case "query" -> event -> event.logged(value.asText());
            default ->
                throw new IllegalArgumentException("There is no filter '" + kind
                        + "'; there are: sampling_rate, outcome, method, header, client_ip, query");
        };
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
