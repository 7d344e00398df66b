package dev.skerry.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Bytes;
import dev.skerry.store.KvTable;
import dev.skerry.telemetry.KvTelemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KvCacheTest {
    private final KvCache cache = new KvCache(1 << 20);
    private final Keyspace space = new Keyspace("space", new KvTelemetry(new SimpleMeterRegistry()).namespace("space"));

    @Test
    void whatWasReadIsKeptWhenNothingMoved() {
        long stamp = cache.stamp(space, "key");
        cache.fill(space, "key", stamp, entry("v"));
        assertThat(cache.get(space, "key")).isEqualTo(entry("v"));
        assertThat(cache.get(space, "other")).isNull();
    }

    @Test
    void aWriteHidesTheOldValueBeforeItIsCommittedAndShowsTheNewOneAfter() {
        cache.fill(space, "key", cache.stamp(space, "key"), entry("old"));
        cache.begin(space, "key");
        assertThat(cache.get(space, "key")).isNull();
        cache.end(space, "key", entry("new"));
        assertThat(cache.get(space, "key")).isEqualTo(entry("new"));
    }

    @Test
    void aLateFindDoesNotUndoAWrite() {
        long stamp = cache.stamp(space, "key");
        cache.begin(space, "key");
        cache.end(space, "key", entry("new"));
        cache.fill(space, "key", stamp, entry("old"));
        assertThat(cache.get(space, "key")).isEqualTo(entry("new"));
    }

    @Test
    void aFindDuringAWriteIsNotKept() {
        cache.begin(space, "key");
        cache.fill(space, "key", cache.stamp(space, "key"), entry("old"));
        assertThat(cache.get(space, "key")).isNull();
        long during = cache.stamp(space, "key");
        cache.abandon(space, "key");
        cache.fill(space, "key", during, entry("old"));
        assertThat(cache.get(space, "key")).isNull();
    }

    @Test
    void onlyTheLastOfSeveralWritesPublishes() {
        cache.begin(space, "key");
        cache.begin(space, "key");
        cache.end(space, "key", entry("first"));
        assertThat(cache.get(space, "key")).isNull();
        cache.end(space, "key", Optional.empty());
        assertThat(cache.get(space, "key")).isEqualTo(Optional.empty());
    }

    @Test
    void aForgottenNamespaceIsNotFilledWithWhatWasFoundBefore() {
        cache.fill(space, "a", cache.stamp(space, "a"), entry("v"));
        long stamp = cache.stamp(space, "b");
        cache.forget(space);
        cache.fill(space, "b", stamp, entry("v"));
        assertThat(cache.get(space, "a")).isNull();
        assertThat(cache.get(space, "b")).isNull();
    }

    @Test
    void aValueAboveItsShareIsNotKept() {
        cache.fill(space, "key", cache.stamp(space, "key"), entry("v".repeat((1 << 20) / 64 + 1)));
        assertThat(cache.get(space, "key")).isNull();
        cache.fill(space, "key", cache.stamp(space, "key"), entry("v".repeat((1 << 20) / 64)));
        assertThat(cache.get(space, "key")).isPresent();
    }

    private static Optional<Entry> entry(String value) {
        return Optional.of(new Entry(Bytes.utf8(value), Optional.empty(), KvTable.NEVER));
    }
}
