package dev.skerry.model;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Limits that a version sets for itself, as tests write them. */
public final class OwnLimits {
    private static final Set<LimitKey> OWN = Set.of(
            LimitKey.CPU,
            LimitKey.WALL,
            LimitKey.STARTUP,
            LimitKey.MEMORY,
            LimitKey.SCRIPT,
            LimitKey.LOG,
            LimitKey.SUBREQUESTS,
            LimitKey.CONCURRENCY,
            LimitKey.BODY,
            LimitKey.WEB_SOCKET_MESSAGE);

    private OwnLimits() {}

    /** One limit, as the configuration would have it. */
    public static LimitOverrides of(LimitKey limit, String value) {
        return of(limit.shortName() + "=" + value);
    }

    /** Each as {@code cpu=1s}. */
    public static LimitOverrides of(String... settings) {
        Map<String, String> values = Arrays.stream(settings)
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        for (String name : values.keySet()) {
            if (OWN.stream().noneMatch(limit -> limit.shortName().equals(name))) {
                throw new IllegalArgumentException("A version has no limit of its own named " + name);
            }
        }
        return new LimitOverrides(
                time(values, LimitKey.CPU),
                time(values, LimitKey.WALL),
                time(values, LimitKey.STARTUP),
                size(values, LimitKey.MEMORY),
                size(values, LimitKey.SCRIPT),
                size(values, LimitKey.LOG),
                number(values, LimitKey.SUBREQUESTS),
                number(values, LimitKey.CONCURRENCY),
                size(values, LimitKey.BODY),
                size(values, LimitKey.WEB_SOCKET_MESSAGE));
    }

    private static Optional<Duration> time(Map<String, String> values, LimitKey limit) {
        return value(values, limit, DurationConverter::parseDuration);
    }

    private static Optional<ByteSize> size(Map<String, String> values, LimitKey limit) {
        return value(values, limit, ByteSize::parse);
    }

    private static OptionalInt number(Map<String, String> values, LimitKey limit) {
        return value(values, limit, Integer::valueOf).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static <T> Optional<T> value(Map<String, String> values, LimitKey limit, Function<String, T> parse) {
        return Optional.ofNullable(values.get(limit.shortName())).map(parse);
    }
}
