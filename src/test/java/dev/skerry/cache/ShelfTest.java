package dev.skerry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.binding.GuestError;
import dev.skerry.model.Bytes;
import dev.skerry.model.EnvironmentRef;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept, for how long, and what goes. */
class ShelfTest {
    private static final Shelf.Key KEY = new Shelf.Key(EnvironmentRef.of("shop", "production"), "", "http://x/");

    private final TestClock clock = new TestClock();
    private final Shelf shelf = new Shelf(100_000, clock);

    private static final class TestClock extends Clock {
        private long now = 1_000_000;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    }

    private Entry entry(int size, long seconds, List<Map.Entry<String, String>> vary) {
        return new Entry(
                200, "", "", Bytes.wrap(new byte[size]), Optional.empty(), vary, clock.now, clock.now + seconds * 1000);
    }

    @Test
    void anEntryIsFoundUntilItIsStale() {
        shelf.put(KEY, entry(1, 10, List.of()));

        clock.now += 9_999;
        assertThat(shelf.find(KEY, "")).isPresent();
        clock.now += 1;
        assertThat(shelf.find(KEY, "")).isEmpty();
        assertThat(shelf.delete(KEY)).isFalse();
    }

    @Test
    void theNewestOfManyVariantsStay() {
        for (int i = 0; i < 40; i++) {
            shelf.put(KEY, entry(1, 10, List.of(Map.entry("accept", "type" + i))));
        }

        assertThat(shelf.find(KEY, "\naccept:type39")).isPresent();
        assertThat(shelf.find(KEY, "\naccept:type24")).isPresent();
        assertThat(shelf.find(KEY, "\naccept:type23")).isEmpty();
    }

    @Test
    void theBytesStayBelowTheBound() {
        for (int i = 0; i < 50; i++) {
            shelf.put(
                    new Shelf.Key(EnvironmentRef.of("shop", "production"), "", "http://x/" + i),
                    entry(9_000, 10, List.of()));
        }

        assertThat(shelf.weight()).isBetween(1L, 100_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 'max-age=60', 60",
        "200, 's-maxage=5, max-age=60', 5",
        "200, 'max-age=99999999999', 31536000",
        "200, '', 7200",
        "404, '', 180",
        "500, 'max-age=7', 7",
        "500, '', 0",
        "200, 'private', 0",
        "200, 'private=\"x-a\", max-age=3', 3",
        "200, 'no-cache', 0"
    })
    void theLifetimeIsWhatTheHeadersSay(int status, String control, long seconds) {
        String headers = control.isEmpty() ? "" : "\ncache-control:" + control;

        assertThat(Storable.of(status, headers, "", clock.now)
                        .map(Storable::lifetime)
                        .orElse(0L))
                .isEqualTo(seconds);
    }

    @Test
    void aPartOfAResponseIsRefused() {
        assertThatThrownBy(() -> Storable.of(206, "", "", 0)).isInstanceOf(GuestError.class);
    }

    @Test
    void headersAreReadAndEditedAsLines() {
        String lines = "\na:1\nab:2\na:3";

        assertThat(Headers.value(lines, "a")).isEqualTo(Optional.of("1, 3"));
        assertThat(Headers.value(lines, "b")).isEmpty();
        assertThat(Headers.without(lines, "a")).isEqualTo("\nab:2");
        assertThat(Headers.with(lines, "a", "4")).isEqualTo("\nab:2\na:4");
    }
}
