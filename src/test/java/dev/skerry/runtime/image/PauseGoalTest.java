package dev.skerry.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PauseGoalTest {
    private static final long MEGABYTE = 1 << 20;
    private static final long MILLISECOND = 1_000_000;
    private static final long MOST = 24 * MEGABYTE;
    private static final long HEAP = 4096 * MEGABYTE;

    /** The pause of a collection in which so many bytes are copied, as on a machine that was measured. */
    private static long pause(long copied) {
        return PauseGoal.FIXED + copied * MILLISECOND / (2 * MEGABYTE);
    }

    @Test
    void whoeverKeepsAllThatIsMadeIsCopiedInPortionsOfAGoal() {
        long eden = MOST;
        for (int i = 0; i < 20; i++) {
            eden = PauseGoal.eden(eden, MOST, MILLISECOND, pause(eden), eden, 0);
        }
        assertThat(pause(eden)).isBetween(PauseGoal.GOAL - MILLISECOND / 10, PauseGoal.GOAL);
    }

    @Test
    void oneLongPauseIsEnoughToMakeTheNextShort() {
        long eden = PauseGoal.eden(MOST, MOST, MILLISECOND, pause(MOST), MOST, 0);
        assertThat(pause(eden)).isLessThanOrEqualTo(PauseGoal.GOAL);
    }

    @Test
    void whenLittleIsAliveAsMuchAsKeepsThemApartMayBeAllocated() {
        long rate = 100;
        for (long start : new long[] {PauseGoal.LEAST, MOST}) {
            long eden = start;
            for (int i = 0; i < 20; i++) {
                eden = PauseGoal.eden(eden, MOST, eden * 1000 / (rate * MEGABYTE) * MILLISECOND, pause(0), 0, 0);
            }
            assertThat(eden).isBetween(9 * MEGABYTE, 11 * MEGABYTE);
        }
        assertThat(PauseGoal.eden(MOST, MOST, MILLISECOND, pause(0), 0, 0)).isEqualTo(MOST);
        assertThat(PauseGoal.eden(MOST / 2, MOST, 60_000 * MILLISECOND, pause(0), 0, 0))
                .isEqualTo(MOST / 4);
    }

    @Test
    void whileMuchIsKeptAllOfTheNextMayBe() {
        assertThat(PauseGoal.eden(MOST, MOST, MILLISECOND, pause(MOST / 2), MOST / 2, 0.5))
                .isEqualTo(PauseGoal.FILLING);
        assertThat(PauseGoal.eden(PauseGoal.LEAST, PauseGoal.LEAST, MILLISECOND, pause(0), 0, 0.5))
                .as("and no more than there may be")
                .isEqualTo(PauseGoal.LEAST);
    }

    @Test
    void aLongPauseOfOtherCausesChangesNothing() {
        assertThat(PauseGoal.eden(MOST, MOST, MILLISECOND, 50 * MILLISECOND, MEGABYTE, 0))
                .isEqualTo(MOST);
    }

    @Test
    void thereIsALeast() {
        assertThat(PauseGoal.eden(MOST, MOST, MILLISECOND, 1000 * MILLISECOND, MOST, 0))
                .isEqualTo(PauseGoal.LEAST);
        assertThat(PauseGoal.eden(PauseGoal.LEAST, MOST, 60_000 * MILLISECOND, pause(0), 0, 0))
                .isEqualTo(PauseGoal.LEAST);
        assertThat(PauseGoal.survivors(PauseGoal.LEAST, 0))
                .isLessThan(PauseGoal.LEAST)
                .isPositive();
    }

    @Test
    void whatIsKeptIsCopiedOnceWhileMuchIs() {
        assertThat(PauseGoal.survivors(MOST, 0.5)).isZero();
        assertThat(PauseGoal.survivors(MOST, 0.25))
                .as("that may be events under way")
                .isEqualTo(MOST / 6);
    }

    @Test
    void itsCauseRestsLongerThanTheOthersStoodStillAndNotForLong() {
        assertThat(PauseGoal.rest(4 * MILLISECOND)).isEqualTo(8 * MILLISECOND);
        assertThat(PauseGoal.rest(100 * MILLISECOND)).isEqualTo(20 * MILLISECOND);
    }

    @Test
    void theOldGenerationMayGrowByAShareOfTheHeapAndOfWhatIsInIt() {
        assertThat(PauseGoal.old(20 * MEGABYTE, MOST, HEAP)).isEqualTo(404 * MEGABYTE);
        assertThat(PauseGoal.old(20 * MEGABYTE, MOST, 512 * MEGABYTE)).isEqualTo(148 * MEGABYTE);
        assertThat(PauseGoal.old(1000 * MEGABYTE, MOST, HEAP)).isEqualTo(1500 * MEGABYTE);
    }

    @Test
    void aFullCollectionWaitsUntilWhatIsMadeIsNoLongerKept() {
        long bound = 400 * MEGABYTE;
        double growing = 0;
        for (int i = 0; i < 5; i++) {
            growing = PauseGoal.growth(growing, MILLISECOND, MOST / 2, MOST);
        }
        assertThat(PauseGoal.fullIsDue(bound + 1, bound, growing, HEAP)).isFalse();
        double once = PauseGoal.growth(growing, MILLISECOND, 0, MOST);
        assertThat(PauseGoal.fullIsDue(bound + 1, bound, once, HEAP))
                .as("it may go on")
                .isFalse();
        double ended = PauseGoal.growth(once, MILLISECOND, 0, MOST);
        assertThat(PauseGoal.fullIsDue(bound + 1, bound, ended, HEAP)).isTrue();
        assertThat(PauseGoal.fullIsDue(bound, bound, ended, HEAP)).isFalse();
        double later = PauseGoal.growth(growing, PauseGoal.APART, 0, MOST);
        assertThat(PauseGoal.fullIsDue(bound + 1, bound, later, HEAP))
                .as("it has ended if nothing was for long")
                .isTrue();
    }

    @Test
    void andNoLongerThanTwiceTheSizeOrHalfTheHeap() {
        long bound = 400 * MEGABYTE;
        assertThat(PauseGoal.fullIsDue(2 * bound, bound, 1, HEAP)).isFalse();
        assertThat(PauseGoal.fullIsDue(2 * bound + 1, bound, 1, HEAP)).isTrue();
        assertThat(PauseGoal.fullIsDue(bound + 1, bound, 1, 2 * bound)).isTrue();
    }
}
