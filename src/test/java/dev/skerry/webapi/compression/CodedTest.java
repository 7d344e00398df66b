package dev.skerry.webapi.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in a content coding: what they stand for, and what they are. */
class CodedTest {
    /** "compressed " ten thousand times. */
    private static final byte[] BR = Base64.getDecoder().decode("W6+tgV9yrO2tOjmsAoiH2/lVGgA=");

    private static final String TEXT = "A line of some length.\n".repeat(5000);

    /** Bytes that are there, in pieces, and then an end or none. */
    private static final class Pieces implements ByteSource {
        private final Queue<byte[]> pieces = new ArrayDeque<>();
        private final boolean ends;
        private int reads;
        private @Nullable String cancelled;

        Pieces(boolean ends, byte[]... pieces) {
            this.ends = ends;
            this.pieces.addAll(Arrays.asList(pieces));
        }

        @Override
        public CompletionStage<Optional<ByteBuffer>> read() {
            reads++;
            byte[] piece = pieces.poll();
            return piece == null && !ends
                    ? new CompletableFuture<>()
                    : CompletableFuture.completedStage(
                            Optional.ofNullable(piece).map(ByteBuffer::wrap));
        }

        @Override
        public void cancel(String reason) {
            cancelled = reason;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(
                    pieces.stream().mapToLong(piece -> piece.length).sum());
        }
    }

    private static Coded coded(String coding, ByteSource wire) {
        return Coded.of(wire, coding, Coded.Clients.ALL, 100_000, "some.key");
    }

    private static Pieces whole(byte[] bytes) {
        return new Pieces(true, bytes);
    }

    private static Pieces single(byte[] bytes) {
        byte[][] pieces = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            pieces[i] = new byte[] {bytes[i]};
        }
        return new Pieces(true, pieces);
    }

    private static byte[] gzip(String text) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String read(ByteSource source) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            Optional<ByteBuffer> piece = source.read().toCompletableFuture().get();
            if (piece.isEmpty()) {
                return all.toString(StandardCharsets.UTF_8);
            }
            assertThat(piece.get().remaining()).isBetween(1, 32 * 1024);
            byte[] bytes = new byte[piece.get().remaining()];
            piece.get().get(bytes);
            all.writeBytes(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "GZIP, gzip", "' x-gzip ', gzip", "br, br", "Zstd, zstd"})
    void aHeaderNamesACoding(String header, String coding) {
        assertThat(Coded.named(header)).contains(coding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "deflate", "gzip, br", "gzip gzip", "snappy"})
    void whatWeDoNotReadIsNone(String header) {
        assertThat(Coded.named(header)).isEmpty();
    }

    @Test
    void whoReadsGetsWhatTheBytesStandForAndTheNetworkTheBytes() throws Exception {
        byte[] bytes = gzip(TEXT);

        assertThat(read(coded("gzip", whole(bytes)))).isEqualTo(TEXT);
        assertThat(read(coded("br", whole(BR)))).isEqualTo("compressed ".repeat(10_000));
        Coded unread = coded("gzip", whole(bytes));
        assertThat(unread.length()).isEmpty();
        assertThat(unread.wire().length()).hasValue(bytes.length);
        assertThat(unread.wire().read().toCompletableFuture().get()).contains(ByteBuffer.wrap(bytes));
        assertThat(read(unread.over(whole(gzip("other"))))).isEqualTo("other");
    }

    @Test
    void manySmallPiecesDoNotPileUp() throws Exception {
        byte[] plain = gzip(TEXT);
        byte[] name = "n".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        byte[] named = join(
                new byte[] {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 0},
                name,
                new byte[1],
                Arrays.copyOfRange(plain, 10, plain.length));

        assertThat(read(coded("gzip", single(named)))).isEqualTo(TEXT);
        assertThat(read(coded("br", single(BR)))).hasSize(110_000);
    }

    @Test
    void allMembersAreReadAndWhatFollowsIsNot() throws Exception {
        assertThat(read(coded("gzip", whole(join(gzip("one "), gzip("two")))))).isEqualTo("one two");

        Pieces wire = new Pieces(false, gzip("one"), "and more".getBytes(StandardCharsets.US_ASCII));
        assertThat(read(coded("gzip", wire))).isEqualTo("one");
        assertThat(wire.cancelled).isEqualTo("The compressed body has ended.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd"})
    void aBodyWithoutAByteStandsForNone(String coding) throws Exception {
        assertThat(read(coded(coding, new Pieces(true)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd"})
    void whatIsNotInItsCodingFails(String coding) {
        Pieces wire = new Pieces(false, "plain text".getBytes(StandardCharsets.US_ASCII));
        if (!coding.equals("gzip")) {
            wire = whole("plain text".getBytes(StandardCharsets.US_ASCII));
        }
        Coded coded = coded(coding, wire);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> read(coded))
                    .cause()
                    .isInstanceOf(GuestError.class)
                    .hasMessage("The body of the response is not " + coding
                            + ", as its content-encoding says, or was cut off.");
        }
    }

    @Test
    void whatIsCutOffOrDamagedFailsWhereItIs() throws Exception {
        byte[] bytes = gzip(TEXT);
        byte[] wrongSum = bytes.clone();
        wrongSum[bytes.length - 8] ^= 1;
        byte[] wrongMiddle = bytes.clone();
        Arrays.fill(wrongMiddle, 40, 60, (byte) 0xFF);

        for (byte[] wrong : new byte[][] {
            Arrays.copyOf(bytes, 5),
            Arrays.copyOf(bytes, 60),
            Arrays.copyOf(bytes, bytes.length - 4),
            wrongSum,
            wrongMiddle
        }) {
            assertThatThrownBy(() -> read(coded("gzip", whole(wrong)))).cause().hasMessageContaining("or was cut off");
        }
    }

    @Test
    void whatExpandsIsReadNoFurtherThanItsReaderGoes() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 100; i++) {
                gzip.write(new byte[1_000_000]);
            }
        }
        Pieces wire = new Pieces(false, bomb.toByteArray());
        Coded coded = coded("gzip", wire);

        for (int i = 0; i < 10; i++) {
            assertThat(coded.read().toCompletableFuture().get().orElseThrow().remaining())
                    .isLessThanOrEqualTo(32 * 1024);
        }

        assertThat(wire.reads).isEqualTo(1);
        coded.cancel("enough");
        assertThat(wire.cancelled).isEqualTo("enough");
    }

    @Test
    void whatIsCollectedHasABound() {
        Pieces wire = new Pieces(false, new byte[60_000], new byte[60_000]);

        assertThatThrownBy(() -> read(coded("br", wire)))
                .cause()
                .hasMessage("A response in br has more than 100000 compressed bytes (some.key).");
        assertThat(wire.cancelled).contains("some.key");
    }
}
