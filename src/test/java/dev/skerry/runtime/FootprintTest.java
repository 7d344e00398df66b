package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When an isolate is looked at, and what counts against its limit. */
class FootprintTest {
    private static final long LIMIT = 1000;
    /** What may be allocated before an isolate is first weighed. */
    private static final long FIRST = 1125;

    private final Footprint footprint = new Footprint(LIMIT);

    @Test
    void anIsolateThatAllocatedLittleMoreThanItsLimitIsNotWeighed() {
        footprint.count(FIRST - 400);
        assertThat(footprint.suspicious(399, false)).isFalse();
        assertThat(footprint.suspicious(400, false)).isTrue();
        // One is at it.
        assertThat(footprint.suspicious(400, false)).isFalse();
    }

    @Test
    void whatJavaKeepsForItWeighsAsMuchAsWhatItKeepsItself() {
        footprint.count(FIRST);
        footprint.hold(500);
        assertThat(footprint.suspicious(0, false)).isTrue();
        assertThat(footprint.weighed(501, 0, 0)).isTrue();
        footprint.letGo(1);
        assertThat(footprint.weighed(501, 0, 0)).isFalse();
        assertThat(footprint.size()).isEqualTo(LIMIT);
    }

    @Test
    void whatJavaCameToKeepCountsAsAllocatedForItThoughItIsLetGo() {
        for (int i = 0; i < 10; i++) {
            assertThat(footprint.suspicious(0, false)).isFalse();
            assertThat(footprint.hold(FIRST / 10 + 1)).isTrue();
            footprint.letGo(FIRST / 10 + 1);
        }
        assertThat(footprint.suspicious(0, false)).isTrue();
        assertThat(footprint.held()).isZero();
    }

    @Test
    void whatJavaKeepsAloneMayNotBeMoreThanTheLimit() {
        assertThat(footprint.hold(LIMIT)).isTrue();
        assertThat(footprint.hold(1)).isFalse();
        footprint.letGo(2);
        assertThat(footprint.hold(1)).isTrue();
    }

    @Test
    void anIsolateThatIsFoundLightIsWeighedLessAndLess() {
        long most = 0;
        for (int n = 0; n < 10; n++) {
            long made = 0;
            while (!footprint.suspicious(0, false)) {
                footprint.count(LIMIT / 2);
                made += LIMIT / 2;
            }
            footprint.weighed(10, 0, 0);
            most = Math.max(most, made);
        }
        assertThat(most).isEqualTo(64 * LIMIT);
    }

    @Test
    void oneThatIsFoundHeavyIsWeighedAgainBeforeItCanPassItsLimitByMuch() {
        footprint.count(FIRST);
        assertThat(footprint.suspicious(0, false)).isTrue();
        footprint.weighed(600, 0, 0);

        footprint.count(399);
        assertThat(footprint.suspicious(0, false)).isFalse();
        footprint.count(1);
        assertThat(footprint.suspicious(0, false)).isTrue();
    }

    @Test
    void theTimeThatWeighingTookIsWaitedFor() {
        footprint.count(FIRST);
        assertThat(footprint.suspicious(0, false)).isTrue();
        footprint.weighed(600, 0, TimeUnit.HOURS.toNanos(1));

        footprint.count(10 * LIMIT);
        assertThat(footprint.suspicious(0, false)).isFalse();
        assertThat(footprint.suspicious(0, true)).as("memory is short").isTrue();
    }

    @Test
    void noMoreCanBeKeptThanWasMadeSinceTheMarkOrThanWasWeighedAndMadeSince() {
        footprint.count(FIRST);
        assertThat(footprint.mostSinceMark(10)).isEqualTo(FIRST + 10);

        assertThat(footprint.suspicious(0, false)).isTrue();
        footprint.weighed(400, 0, 0);
        footprint.count(50);
        assertThat(footprint.mostSinceMark(0)).isEqualTo(450);

        footprint.mark(0);
        footprint.count(20);
        assertThat(footprint.mostSinceMark(5)).isEqualTo(25);
    }

    @Test
    void whatTheWorkerWasGivenCountsUntilACollectionFindsThatItHoldsItNoMore() {
        footprint.count(FIRST);
        assertThat(footprint.suspicious(0, false)).isTrue();
        footprint.weighed(400, 0, 0);
        Object[] holding = {new Object(), new Object()};
        assertThat(footprint.give(holding[0], 600)).isFalse();
        assertThat(footprint.give(holding[1], 1)).isTrue();
        assertThat(footprint.overByGifts()).isTrue();

        holding[0] = null;
        TestWorkers.await(() -> {
            System.gc();
            return !footprint.overByGifts();
        });

        assertThat(footprint.size()).isEqualTo(401);
        assertThat(holding[1]).isNotNull();
    }
}
