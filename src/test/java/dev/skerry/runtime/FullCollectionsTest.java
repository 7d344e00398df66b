package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FullCollectionsTest {
    private long now;
    private long pause = Duration.ofMillis(100).toNanos();
    private int collected;

    private final FullCollections collections = new FullCollections(
            () -> {
                collected++;
                now += pause;
            },
            () -> now);

    /** How many an impatient worker gets in a time. */
    private int within(Duration time, FullCollections.Charge... workers) {
        int before = collected;
        for (long end = now + time.toNanos();
                now < end;
                now += Duration.ofMillis(200).toNanos()) {
            for (FullCollections.Charge worker : workers) {
                collections.collectFor(worker);
            }
        }
        return collected - before;
    }

    @Test
    void thereIsOneInTenSecondsForAllTogether() {
        FullCollections.Charge worker = new FullCollections.Charge();
        assertThat(collections.collectFor(worker)).isTrue();
        assertThat(collections.collectFor(new FullCollections.Charge())).isFalse();
        assertThat(collections.collect()).isFalse();

        now += FullCollections.BETWEEN - 1;
        assertThat(collections.collect()).isFalse();
        now++;
        assertThat(collections.collect()).isTrue();
        assertThat(collections.collectFor(worker)).isFalse();
        assertThat(collected).isEqualTo(2);
    }

    @Test
    void whatWorkersGiveCauseToTakesAShareOfTheTimeOnly() {
        pause = Duration.ofSeconds(5).toNanos();
        FullCollections.Charge[] many = new FullCollections.Charge[200];
        for (int i = 0; i < many.length; i++) {
            many[i] = new FullCollections.Charge();
        }

        assertThat(within(Duration.ofMinutes(10), many)).isBetween(5, 6);
        // The server itself need not wait so long.
        now += FullCollections.BETWEEN;
        assertThat(collections.collect()).isTrue();
    }

    @Test
    void aWorkerWaitsTwiceAsLongEachTime() {
        FullCollections.Charge offender = new FullCollections.Charge();

        assertThat(within(Duration.ofHours(1), offender)).isBetween(10, 12);
        assertThat(within(Duration.ofHours(1), offender)).isBetween(5, 7);
        assertThat(collections.collectFor(new FullCollections.Charge())).isTrue();
    }

    @Test
    void aWorkerThatGaveNoCauseForLongWaitsAsAtFirst() {
        FullCollections.Charge worker = new FullCollections.Charge();
        within(Duration.ofHours(1), worker);

        now += Duration.ofHours(1).toNanos();

        assertThat(within(Duration.ofSeconds(35), worker)).isEqualTo(3);
    }

    @Test
    void theServerNeedNotWaitForWhatItHasLetGoOf() {
        assertThat(collections.collect()).isTrue();
        assertThat(collections.collect()).isFalse();
        collections.next();
        assertThat(collections.collect()).isTrue();
    }
}
