package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunnersTest {
    private final Runners runners = new Runners(2, 2, 0, () -> false);
    private final Vertx vertx = Vertx.vertx();

    @BeforeEach
    void untilAllSleep() {
        while (runners.all().stream().anyMatch(each -> each.getState() != Thread.State.WAITING)) {
            pause();
        }
    }

    @AfterEach
    void end() {
        runners.close(Duration.ofSeconds(5));
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatAnEventLoopSchedulesWakesRunnersWhenItsRoundIsOver() throws Exception {
        CountDownLatch drained = new CountDownLatch(3);

        long left = onEventLoop(() -> {
            schedule(3, drained);
            pause();
            return drained.getCount();
        });

        assertThat(left).isEqualTo(3);
        assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void manyMailboxesOfAnEventLoopWakeRunnersBeforeItsRoundIsOver() throws Exception {
        CountDownLatch drained = new CountDownLatch(Runners.MOST_GATHERED);

        boolean all = onEventLoop(() -> {
            schedule(Runners.MOST_GATHERED, drained);
            return drained.await(10, TimeUnit.SECONDS);
        });

        assertThat(all).isTrue();
    }

    @Test
    void theNextRoundOfAnEventLoopWakesRunnersToo() throws Exception {
        for (int round = 0; round < 3; round++) {
            CountDownLatch drained = new CountDownLatch(1);
            onEventLoop(() -> {
                schedule(1, drained);
                return null;
            });
            assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
            untilAllSleep();
        }
    }

    private void schedule(int mailboxes, CountDownLatch drained) {
        for (int i = 0; i < mailboxes; i++) {
            runners.schedule(new Mailbox((mailbox, runner) -> drained.countDown(), runners));
        }
    }

    private <T> T onEventLoop(Callable<T> action) throws Exception {
        Promise<T> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(on -> {
            try {
                done.complete(action.call());
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future().toCompletionStage().toCompletableFuture().get();
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
}
