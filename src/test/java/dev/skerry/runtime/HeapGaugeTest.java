package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapGaugeTest {
    private static final long MEGABYTE = 1 << 20;

    private long collections;
    private long used;
    private long now = Long.MAX_VALUE - 5;

    private final HeapGauge gauge = new HeapGauge(() -> collections, () -> used, () -> now);

    private void collected(long kept) {
        collections++;
        used = kept;
        assertThat(gauge.look()).isTrue();
        assertThat(gauge.look()).isFalse();
    }

    private void collectedInFull(long kept) {
        collections++;
        used = kept;
        gauge.lookAfterFull();
    }

    private boolean leftOverOnceIdleWith(long kept) {
        collected(kept);
        now += 2 * HeapGauge.IDLE;
        return gauge.leftOver();
    }

    @Test
    void whatSmallCollectionsLeftIsLeftOverWhenTheServerIsIdle() {
        collectedInFull(20 * MEGABYTE);
        collected(60 * MEGABYTE);
        now += HeapGauge.IDLE;
        assertThat(gauge.leftOver()).as("too early").isFalse();
        now++;
        assertThat(gauge.leftOver()).isTrue();

        collected(60 * MEGABYTE);
        assertThat(gauge.leftOver()).as("busy again").isFalse();
    }

    @Test
    void whatAFullOneLeftIsInUse() {
        collectedInFull(20 * MEGABYTE);
        collected(60 * MEGABYTE);
        collectedInFull(60 * MEGABYTE);
        assertThat(leftOverOnceIdleWith(60 * MEGABYTE + HeapGauge.WORTH)).isFalse();
        assertThat(leftOverOnceIdleWith(61 * MEGABYTE + HeapGauge.WORTH)).isTrue();
    }

    @Test
    void oneThatTheCollectorMadeByItselfMayHaveLeftMuchForWhatIsAllocatedNext() {
        collectedInFull(20 * MEGABYTE);
        collected(400 * MEGABYTE);
        assertThat(leftOverOnceIdleWith(20 * MEGABYTE)).isTrue();

        collectedInFull(20 * MEGABYTE);
        assertThat(leftOverOnceIdleWith(20 * MEGABYTE)).isFalse();
    }

    @Test
    void afterOneThatSomebodyElseAskedForAnIdleServerHasOneOfItsOwn() {
        collectedInFull(60 * MEGABYTE);
        collected(20 * MEGABYTE);
        assertThat(leftOverOnceIdleWith(20 * MEGABYTE)).isTrue();
    }
}
