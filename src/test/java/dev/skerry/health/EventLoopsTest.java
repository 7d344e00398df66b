package dev.skerry.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server whose event loops have died says so and ends. */
class EventLoopsTest {
    private final EventLoopGroup group = new NioEventLoopGroup(2);
    private final EventLoopGroup acceptors = new NioEventLoopGroup(1);
    private final AtomicInteger ends = new AtomicInteger();
    private boolean watched = true;
    private final EventLoops loops = new EventLoops(List.of(group, acceptors), () -> watched, ends::incrementAndGet);

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        acceptors.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void loopsThatLiveAreWell() throws Exception {
        group.submit(() -> {}).get();

        assertThat(loops.look()).isFalse();
        assertThat(loops.call().getStatus()).isEqualTo(Status.UP);
        assertThat(ends).hasValue(0);
    }

    @Test
    void withoutItsWatchdogTheProcessEndsToo() {
        watched = false;

        assertThat(loops.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(loops.look()).isTrue();
        assertThat(ends).hasValue(1);
    }

    @Test
    void oneThatDiedEndsTheProcess() throws Exception {
        acceptors.next().shutdownGracefully(0, 0, TimeUnit.SECONDS).get();

        assertThat(loops.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(loops.call().getData().orElseThrow()).containsEntry("dead", 1L);
        assertThat(loops.look()).isTrue();
        assertThat(ends).hasValue(1);
    }
}
