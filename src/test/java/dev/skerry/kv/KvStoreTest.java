package dev.skerry.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.model.Bytes;
import dev.skerry.store.KvContentTable;
import dev.skerry.store.KvTable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KvStoreTest {
    @TempDir
    Path temp;

    private TestKv kv;
    private Keyspace cache;

    @BeforeEach
    void open() {
        kv = new TestKv(temp);
        cache = kv.namespace("cache");
    }

    @AfterEach
    void close() {
        kv.close();
    }

    private void reopen() {
        kv.close();
        kv = new TestKv(temp);
        cache = kv.kv.keyspace("cache");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                KvTable.MOST_INLINE,
                KvTable.MOST_INLINE + 1,
                KvContentTable.CHUNK,
                KvContentTable.CHUNK + 1,
                2 * KvContentTable.CHUNK,
                KvRules.MAX_VALUE
            })
    void aValueOfAnySizeComesBackAsItWasPutAlsoAfterARestart(int size) {
        Bytes value = random(size);
        kv.put(cache, "key", value).join();
        assertThat(kv.value(cache, "key")).contains(value);
        reopen();
        assertThat(kv.value(cache, "key")).contains(value);
        assertThat(read(opened("key").body())).isEqualTo(value);
        kv.put(cache, "key", "small").join();
        assertThat(kv.get(cache, "key")).contains("small");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, KvContentTable.CHUNK, 3 * KvContentTable.CHUNK + 17})
    void aStreamIsPutAsItComes(int size) {
        Bytes value = random(size);
        kv.kv.put(cache, "key", new Body.Streamed(new Pieces(value, 10_000, 0)), plain())
                .join();
        assertThat(kv.value(cache, "key")).contains(value);
        reopen();
        assertThat(kv.value(cache, "key")).contains(value);
    }

    @Test
    void aStreamThatFailsOrIsTooLargeLeavesTheOldValueAndNothingOnDisk() {
        kv.put(cache, "key", "old").join();
        var broken = kv.kv.put(
                cache,
                "key",
                new Body.Streamed(new Pieces(random(2 * KvContentTable.CHUNK), 9_999, KvContentTable.CHUNK + 5)),
                plain());
        assertThatThrownBy(broken::join).hasMessageContaining("the line is cut");
        var large = new Pieces(random(KvRules.MAX_VALUE + 1), 1 << 20, 0);
        assertThatThrownBy(kv.kv.put(cache, "key", new Body.Streamed(large), plain())::join)
                .hasCause(new KvException(413, "Value length of 26214401 exceeds limit of 26214400."))
                .hasMessageContaining("Value length of 26214401 exceeds limit of 26214400.");
        assertThat(large.cancelled).isTrue();
        assertThat(kv.get(cache, "key")).contains("old");
        kv.kv.sweep();
        assertThat(kv.rows("kv_content")).isZero();
        assertThat(kv.rows("kv_chunk")).isZero();
    }

    @Test
    void aValueThatIsBeingReadStaysWhileItsKeyChangesAndIsSwept() {
        Bytes value = random(3 * KvContentTable.CHUNK);
        kv.put(cache, "key", value).join();
        Body body = opened("key").body();
        kv.put(cache, "key", "new").join();
        kv.kv.sweep();
        assertThat(kv.rows("kv_chunk")).isEqualTo(3);
        assertThat(read(body)).isEqualTo(value);
        kv.kv.sweep();
        assertThat(kv.rows("kv_chunk")).isZero();
    }

    @Test
    void aReaderThatGivesUpLetsGo() {
        kv.put(cache, "key", random(3 * KvContentTable.CHUNK)).join();
        Body.Streamed body = (Body.Streamed) opened("key").body();
        kv.kv.delete(cache, "key").join();
        body.source().cancel("enough");
        kv.kv.sweep();
        assertThat(kv.rows("kv_content")).isZero();
    }

    @Test
    void whatHasExpiredIsNotFoundNorListedAndIsSwept() {
        kv.putFor(cache, "session", "s", 60);
        kv.putFor(cache, "later", random(1000).sha256().repeat(20), 3600);
        kv.put(cache, "always", "a").join();
        assertThat(kv.get(cache, "session")).contains("s");
        assertThat(keys("", Optional.empty(), 10)).containsExactly("always", "later", "session");
        kv.pass(Duration.ofSeconds(61));
        assertThat(kv.get(cache, "session")).isEmpty();
        assertThat(keys("", Optional.empty(), 10)).containsExactly("always", "later");
        assertThat(kv.rows("kv_entry")).isEqualTo(3);
        kv.kv.sweep();
        assertThat(kv.rows("kv_entry")).isEqualTo(2);
        kv.pass(Duration.ofHours(1));
        kv.kv.sweep();
        assertThat(kv.rows("kv_entry")).isEqualTo(1);
        assertThat(kv.rows("kv_content")).isZero();
    }

    @Test
    void aKeyThatExpiredCanBePutAgain() {
        kv.putFor(cache, "key", "old", 60);
        kv.pass(Duration.ofSeconds(100));
        kv.put(cache, "key", "new").join();
        kv.kv.sweep();
        assertThat(kv.get(cache, "key")).contains("new");
    }

    @Test
    void keysAreListedInTheOrderOfTheirUtf8ByPrefixAndPage() {
        // U+FF5E sorts before U+1F600 in UTF-8, and after it in UTF-16.
        List<String> names = List.of("a", "a/1", "a/10", "a/2", "b", "z", "é", "\uff5e", "\ud83d\ude00");
        List<String> shuffled = new ArrayList<>(names);
        java.util.Collections.shuffle(shuffled, new Random(1));
        shuffled.forEach(name -> kv.put(cache, name, "v").join());
        kv.put(kv.namespace("other"), "a/3", "v").join();
        assertThat(keys("", Optional.empty(), 1000)).isEqualTo(names);
        assertThat(keys("a/", Optional.empty(), 1000)).containsExactly("a/1", "a/10", "a/2");
        assertThat(keys("\ud83d\ude00", Optional.empty(), 1000)).containsExactly("\ud83d\ude00");
        List<String> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Listing page = kv.kv.list(cache, "", cursor, 2).join();
            page.keys().forEach(key -> all.add(key.name()));
            cursor = page.cursor();
        } while (cursor.isPresent());
        assertThat(all).isEqualTo(names);
        assertThat(kv.kv.list(cache, "", Optional.empty(), names.size()).join().cursor())
                .isEmpty();
    }

    @Test
    void aCursorStaysRightWhileKeysComeAndGo() {
        for (int i = 10; i < 30; i++) {
            kv.put(cache, "k" + i, "v").join();
        }
        Listing first = kv.kv.list(cache, "k", Optional.empty(), 10).join();
        kv.kv.delete(cache, "k19").join();
        kv.kv.delete(cache, "k05").join();
        kv.put(cache, "k01", "v").join();
        kv.put(cache, "k195", "v").join();
        kv.kv.delete(cache, "k20").join();
        assertThat(keys("k", first.cursor(), 3)).containsExactly("k195", "k21", "k22");
        assertThatThrownBy(() -> kv.kv.list(cache, "", Optional.of("!"), 10)).hasMessageContaining("Invalid cursor");
    }

    @Test
    void aCloneHasTheEntriesAndGoesItsOwnWay() {
        for (int i = 0; i < 1234; i++) {
            kv.put(cache, "k" + i, "v" + i);
        }
        Bytes large = random(5 * KvContentTable.CHUNK);
        kv.put(cache, "large", large).join();
        Keyspace clone = kv.namespace("clone");
        assertThat(kv.get(clone, "k7")).isEmpty();
        kv.kv.copy(cache, clone).join();
        assertThat(kv.rows("kv_content")).isEqualTo(1);
        assertThat(kv.get(clone, "k7")).contains("v7");
        assertThat(kv.get(clone, "k1233")).contains("v1233");
        assertThat(kv.value(clone, "large")).contains(large);

        kv.put(clone, "k7", "changed").join();
        kv.kv.delete(cache, "large").join();
        kv.kv.sweep();
        assertThat(kv.get(cache, "k7")).contains("v7");
        assertThat(kv.get(clone, "k7")).contains("changed");
        assertThat(kv.get(cache, "large")).isEmpty();
        reopen();
        clone = kv.kv.keyspace("clone");
        assertThat(kv.value(clone, "large")).contains(large);
        kv.kv.delete(clone, "large").join();
        kv.kv.sweep();
        assertThat(kv.rows("kv_chunk")).isZero();
    }

    @Test
    void aDeletedNamespaceIsEmptyRefusesWritesAndIsSwept() {
        for (int i = 0; i < 1100; i++) {
            kv.put(cache, "k" + i, "v");
        }
        kv.put(cache, "large", random(100_000)).join();
        Keyspace other = kv.namespace("other");
        kv.put(other, "k1", "mine").join();
        assertThat(kv.get(cache, "k1")).contains("v");
        kv.delete(cache);
        kv.kv.sweep();
        assertThat(kv.get(cache, "k1")).isEmpty();
        assertThat(kv.rows("kv_entry")).isEqualTo(1);
        assertThat(kv.rows("kv_content")).isZero();
        assertThat(kv.get(other, "k1")).contains("mine");
        assertThatThrownBy(kv.put(cache, "k1", "v")::join)
                .hasCauseInstanceOf(KvException.class)
                .hasMessageContaining("Not Found: there is no namespace cache");
        assertThat(kv.get(kv.namespace("cache"), "k1")).isEmpty();
    }

    @Test
    void aHotKeyIsReadFromMemoryAndALargeValueIsNotKeptThere() {
        kv.close();
        kv = new TestKv(temp, "skerry.kv.cache=1MB");
        cache = kv.kv.keyspace("cache");
        kv.put(cache, "small", "v").join();
        kv.put(cache, "large", random(20_000)).join();
        reopenWith("skerry.kv.cache=1MB");
        assertThat(kv.kv.cached(cache, "small")).isNull();
        assertThat(kv.get(cache, "small")).contains("v");
        assertThat(kv.kv.cached(cache, "small")).isPresent();
        assertThat(kv.get(cache, "nothing")).isEmpty();
        assertThat(kv.kv.cached(cache, "nothing")).isEmpty();
        kv.value(cache, "large");
        assertThat(kv.kv.cached(cache, "large")).isNull();
        assertThat(kv.meters
                        .get("skerry.kv.hits")
                        .tag("namespace", "cache")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(kv.meters
                        .get("skerry.kv.reads")
                        .tag("namespace", "cache")
                        .timer()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void moreReadsThanMayWaitAreRefusedWithTheKeyToTurn() {
        kv.close();
        kv = new TestKv(temp, "skerry.kv.readers=1", "skerry.kv.queue=1");
        cache = kv.kv.keyspace("cache");
        List<CompletableFuture<Optional<Entry>>> reads = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            reads.add(kv.kv.find(cache, "k" + i));
        }
        assertThat(reads).anySatisfy(read -> assertThatThrownBy(read::join).hasMessageContaining("skerry.kv.queue"));
    }

    @Test
    void metadataAndExpirationAreChecked() {
        assertThatThrownBy(() -> kv.kv.attributes(Optional.empty(), Optional.of(59L), Optional.empty()))
                .hasMessage("Invalid expiration_ttl of 59. Expiration TTL must be at least 60.");
        assertThatThrownBy(() -> kv.kv.attributes(Optional.empty(), Optional.of(0L), Optional.empty()))
                .hasMessage("Invalid expiration_ttl of 0. Please specify integer greater than 0.");
        assertThatThrownBy(() -> kv.kv.attributes(Optional.of(1L), Optional.empty(), Optional.empty()))
                .hasMessage("Invalid expiration of 1. Please specify integer greater than the current number of"
                        + " seconds since the UNIX epoch.");
        assertThatThrownBy(
                        () -> kv.kv.attributes(Optional.empty(), Optional.empty(), Optional.of("\"" + "é".repeat(512))))
                .hasMessage("Metadata length of 1025 exceeds limit of 1024.");
    }

    private void reopenWith(String... settings) {
        kv.close();
        kv = new TestKv(temp, settings);
        cache = kv.kv.keyspace("cache");
    }

    private List<String> keys(String prefix, Optional<String> cursor, int limit) {
        return kv.kv.list(cache, prefix, cursor, limit).join().keys().stream()
                .map(Listing.Key::name)
                .toList();
    }

    private KvStore.Opened opened(String key) {
        return kv.kv.open(cache, key).join().orElseThrow();
    }

    private dev.skerry.store.KvTable.Attributes plain() {
        return kv.kv.attributes(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Bytes random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private static Bytes read(Body body) {
        return switch (body) {
            case Body.Bytes bytes -> Bytes.wrap(bytes.toArray());
            case Body.Streamed(ByteSource source) -> {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                for (Optional<ByteBuffer> piece = next(source); piece.isPresent(); piece = next(source)) {
                    all.write(
                            piece.get().array(),
                            piece.get().position(),
                            piece.get().remaining());
                }
                yield Bytes.wrap(all.toByteArray());
            }
            default -> throw new AssertionError(body);
        };
    }

    private static Optional<ByteBuffer> next(ByteSource source) {
        return source.read().toCompletableFuture().join();
    }

    /** A value in pieces, every other one late. Fails at {@code breakAt}, if that is not 0. */
    private static final class Pieces implements ByteSource {
        private final byte[] bytes;
        private final int size;
        private final int breakAt;
        private int at;
        private boolean late;
        private volatile boolean cancelled;

        Pieces(Bytes value, int size, int breakAt) {
            this.bytes = value.array();
            this.size = size;
            this.breakAt = breakAt;
        }

        @Override
        public CompletionStage<Optional<ByteBuffer>> read() {
            late = !late;
            return late
                    ? CompletableFuture.supplyAsync(this::piece)
                    : CompletableFuture.completedStage(Optional.empty()).thenApply(none -> piece());
        }

        private Optional<ByteBuffer> piece() {
            if (breakAt > 0 && at >= breakAt) {
                throw new IllegalStateException("the line is cut");
            }
            if (at == bytes.length) {
                return Optional.empty();
            }
            ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at));
            at += piece.remaining();
            return Optional.of(piece);
        }

        @Override
        public void cancel(String reason) {
            cancelled = true;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }
    }
}
