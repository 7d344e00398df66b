package dev.skerry.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
    private record Timer(int id, long due, long every) {}

    /** As an ordered set of objects has them; due times are as if the clock had just passed from the largest number to the smallest. */
    private final TreeSet<Timer> expected =
            new TreeSet<>(Comparator.comparingLong((Timer timer) -> timer.due - Long.MAX_VALUE)
                    .thenComparingInt(Timer::id));

    private final TimerQueue queue = new TimerQueue();

    private void add(Timer timer) {
        expected.add(timer);
        queue.add(timer.id, timer.due, timer.every);
    }

    private void checkFirst() {
        assertThat(queue.isEmpty()).isEqualTo(expected.isEmpty());
        if (!expected.isEmpty()) {
            assertThat(new Timer(queue.first(), queue.firstDue(), queue.firstEvery()))
                    .isEqualTo(expected.first());
        }
    }

    @Test
    void theFirstIsTheOneDueFirstWhateverWasAddedAndRemoved() {
        Random random = new Random(7);
        for (int id = 1; id <= 20_000; id++) {
            add(new Timer(id, Long.MAX_VALUE + random.nextInt(-50, 50), random.nextInt(3)));
            if (random.nextInt(3) == 0) {
                expected.pollFirst();
                queue.removeFirst();
            }
            if (random.nextInt(3) == 0) {
                int some = random.nextInt(id) + 1;
                expected.removeIf(timer -> timer.id == some);
                queue.remove(some);
            }
            checkFirst();
        }
        assertThat(expected).hasSizeGreaterThan(5_000);
        while (!expected.isEmpty()) {
            expected.pollFirst();
            queue.removeFirst();
            checkFirst();
        }
    }

    @Test
    void allCanBeTakenInAnyOrder() {
        List<Integer> taken = new ArrayList<>();
        for (int id = 1; id <= 100; id++) {
            queue.add(id, 100 - id, 0);
        }
        while (!queue.isEmpty()) {
            taken.add(queue.removeAny());
        }
        assertThat(taken).doesNotHaveDuplicates().hasSize(100);
    }
}
