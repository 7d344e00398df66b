package dev.skerry.webapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodyApiTest {
    private final FakeIsolate isolate = new FakeIsolate();
    private final FakeSource source = new FakeSource();
    private final BodyApi.Host host = (BodyApi.Host) new BodyApi(8, 4).attach(isolate);

    @Test
    void bytesThatAreThereAreReadWithoutAnOperation() {
        ByteBuffer bytes = ByteBuffer.wrap("äb".getBytes(UTF_8));

        assertThat(host.text(new Body.Bytes(bytes))).isEqualTo("äb");
        assertThat(host.bytes(new Body.Bytes(bytes))).isSameAs(bytes);
        source.send("a", "b").end();
        assertThat(host.text(new Body.Streamed(source))).isEqualTo("ab");
        assertThat(isolate.operations).isEmpty();
    }

    @Test
    void aTextIsReadAsItIsOrAsUtf8() {
        assertThat(host.text(new Body.Text("ä"))).isEqualTo("ä");
        assertThat(text(host.bytes(new Body.Text("ä")))).isEqualTo("ä");
        assertThat(text(host.read(host.open(new Body.Text("ä"))))).isEqualTo("ä");
        assertThat(host.text(host.twin(host.tee(new Body.Text("ä"))))).isEqualTo("ä");
    }

    @Test
    void aStreamIsReadWholeWhenItHasEnded() {
        Object id = host.text(new Body.Streamed(source));
        source.send("a").send("bc");
        assertThat(isolate.operation(id)).isNotDone();

        source.end();

        assertThat(isolate.operation(id)).isCompletedWithValue("abc");
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedAndItsSourceCancelled() {
        Object id = host.bytes(new Body.Streamed(source));

        source.send("12345", "6789");

        assertThat(isolate.operation(id))
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .havingCause()
                .withMessageContaining("larger than 8 bytes")
                .withMessageContaining("skerry.body.whole");
        assertThat(source.cancelled).isNotNull();
    }

    @Test
    void aBrokenConnectionSaysNoMoreThanThat() {
        source.fail(new IOException("/secret/path"));

        assertThatThrownBy(() -> host.text(new Body.Streamed(source)))
                .isInstanceOf(GuestError.class)
                .hasMessage("Network connection lost.");
    }

    @Test
    void piecesComeOneByOneAndThenNull() {
        Object body = new Body.Streamed(source);
        source.send("a");
        assertThat(text(host.read(body))).isEqualTo("a");

        Object id = host.read(body);
        assertThat(id).isInstanceOf(Integer.class);
        source.end();

        assertThat(isolate.operation(Objects.requireNonNull(id))).isCompletedWithValue(null);
    }

    @Test
    void bytesCanBeOpenedAsAStream() {
        Object body = host.open(host.copy("abc".getBytes(UTF_8)));

        assertThat(((Body.Streamed) body).source().length()).hasValue(3);
        assertThat(text(host.read(body))).isEqualTo("abc");
        assertThat(host.read(body)).isNull();
    }

    @Test
    void bothSidesOfATeeGetAllBytesAtTheirOwnPace() {
        source.send("ab", "cd").end();
        Object one = host.tee(new Body.Streamed(source));
        Object two = host.twin(one);

        assertThat(host.text(one)).isEqualTo("abcd");
        assertThat(host.text(two)).isEqualTo("abcd");
        assertThat(source.reads).isEqualTo(3);
    }

    @Test
    void theSidesOfATeeDoNotShareMemory() {
        source.send("ab").end();
        Object one = host.tee(new Body.Streamed(source));
        ((ByteBuffer) Objects.requireNonNull(host.read(one))).put(0, (byte) 'x');

        assertThat(host.text(host.twin(one))).isEqualTo("ab");

        Object bytes = host.tee(host.copy("ab".getBytes(UTF_8)));
        Object twin = host.twin(bytes);
        ((ByteBuffer) host.bytes(bytes)).put(0, (byte) 'x');
        assertThat(host.text(twin)).isEqualTo("ab");
    }

    @Test
    void aTeesSourceIsCancelledWhenBothSidesAre() {
        Object one = host.tee(new Body.Streamed(source));
        Object two = host.twin(one);
        Object pending = Objects.requireNonNull(host.read(two));

        host.cancel(one, "enough");
        assertThat(source.cancelled).isNull();
        source.send("a");
        assertThat(isolate.operation(pending)).isCompleted();

        host.cancel(two, "enough too");
        assertThat(source.cancelled).isEqualTo("enough too");
    }

    @Test
    void aSideOfATeeThatStaysBehindTheLimitFails() {
        Object one = host.tee(new Body.Streamed(source));
        source.send("12345", "6789");
        host.read(one);

        assertThatThrownBy(() -> host.read(one)).isInstanceOf(GuestError.class).hasMessageContaining("behind");
    }

    @Test
    void aWriterWaitsWhileThePipeIsFull() {
        Object pipe = host.pipe(-1);
        assertThat(host.write(pipe, "abc".getBytes(UTF_8))).isZero();

        int id = host.write(pipe, "def".getBytes(UTF_8));
        assertThat(isolate.operation(id)).isNotDone();
        assertThat(text(host.read(pipe))).isEqualTo("abc");

        assertThat(isolate.operation(id)).isCompletedWithValue(null);
        host.end(pipe);
        assertThat(text(host.read(pipe))).isEqualTo("def");
        assertThat(host.read(pipe)).isNull();
    }

    @Test
    void aReaderThatIsWaitingGetsThePieceAtOnce() {
        Object pipe = host.pipe(3);
        Object id = Objects.requireNonNull(host.read(pipe));

        assertThat(host.write(pipe, "123456".getBytes(UTF_8))).isZero();

        assertThat(text(isolate.operation(id).join())).isEqualTo("123456");
        assertThat(((Body.Streamed) pipe).source().length()).hasValue(3);
    }

    @Test
    void aWriterLearnsThatItsReaderIsGone() {
        Object pipe = host.pipe(-1);
        int gone = host.gone(pipe);
        int waiting = host.write(pipe, "12345".getBytes(UTF_8));
        assertThat(isolate.operation(gone)).isNotDone();

        host.cancel(pipe, "The client left.");

        assertThat(isolate.operation(gone)).isCompletedWithValue("The client left.");
        assertThat(isolate.operation(waiting)).isCompletedWithValue(null);
        assertThat(host.write(pipe, new byte[1])).isNegative();
        assertThat(host.read(pipe)).isNull();
        assertThat(isolate.operation(host.gone(pipe))).isCompletedWithValue("The client left.");
    }

    @Test
    void aWriterThatHasWrittenAllWaitsForNothing() {
        Object pipe = host.pipe(-1);
        int gone = host.gone(pipe);

        host.end(pipe);

        assertThat(isolate.operation(gone)).isCompletedWithValue(null);
    }

    @Test
    void aReaderLearnsThatTheEventOfItsWriterEnded() {
        ByteSource end = ((Body.Streamed) host.pipe(-1)).source();
        CompletableFuture<Optional<ByteBuffer>> pending = end.read().toCompletableFuture();

        isolate.ending.forEach(Runnable::run);

        assertThat(pending).isCompletedExceptionally();
    }

    @Test
    void aReaderLearnsThatItsWriterFailed() {
        Body.Streamed pipe = (Body.Streamed) host.pipe(-1);
        ByteSource end = pipe.source();
        CompletableFuture<Optional<ByteBuffer>> pending = end.read().toCompletableFuture();

        host.abort(pipe, "RangeError", "boom");

        assertThat(pending).isCompletedExceptionally();
        assertThat(end.read().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void whatIsNoBodyIsRefused() {
        assertThatThrownBy(() -> host.text("text")).isInstanceOf(GuestError.class);
        assertThatThrownBy(() -> host.read(new Object())).isInstanceOf(GuestError.class);
        assertThatThrownBy(() -> host.write(new Body.Streamed(source), new byte[0]))
                .isInstanceOf(GuestError.class);
    }

    private static String text(@Nullable Object bytes) {
        return Utf8.decode((ByteBuffer) Objects.requireNonNull(bytes));
    }
}
