package dev.skerry.webapi.compression;

import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a body in a content coding stands for, a bounded piece at each read, however far the input expands. A body without a byte stands for none. For one
 * reader at a time, as its source is.
 */
abstract sealed class Decoded implements ByteSource permits Gunzip, Unpacked {
    private static final Optional<ByteBuffer> END = Optional.empty();

    private final ByteSource source;
    private final String coding;
    private boolean begun;
    private boolean ended;
    private boolean over;
    private @Nullable GuestError failure;

    Decoded(ByteSource source, String coding) {
        this.source = source;
        this.coding = coding;
    }

    /**
     * The next input, when the one before is used up. What is wrong with it {@link #next} finds out.
     *
     * @throws GuestError when it is too much
     */
    abstract void accept(ByteBuffer input);

    /** There is no more input. */
    abstract void finish() throws IOException;

    /** The next piece; null when more input is needed, or all is done. */
    abstract @Nullable ByteBuffer next() throws IOException;

    /** Whether no input can change anything any more. */
    abstract boolean complete();

    /** Releases native memory. */
    abstract void end();

    /** Loops over the input that is there, so that many small pieces do not pile up on the stack, and comes back for the others. */
    @Override
    public final CompletionStage<Optional<ByteBuffer>> read() {
        while (!over) {
            ByteBuffer piece = null;
            try {
                piece = next();
            } catch (IOException | RuntimeException e) {
                fail(damaged());
            }
            if (piece != null) {
                return CompletableFuture.completedStage(Optional.of(piece));
            }
            if (!over && (ended || complete())) {
                stop();
            }
            if (over) {
                break;
            }
            CompletableFuture<Optional<ByteBuffer>> input = source.read().toCompletableFuture();
            if (!input.isDone()) {
                return input.thenCompose(come -> {
                    take(come);
                    return read();
                });
            }
            if (input.isCompletedExceptionally()) {
                return input;
            }
            take(input.resultNow());
        }
        return failure == null ? CompletableFuture.completedStage(END) : CompletableFuture.failedStage(failure);
    }

    private void take(Optional<ByteBuffer> input) {
        try {
            if (input.isPresent()) {
                begun = true;
                accept(input.get());
                return;
            }
            ended = true;
            if (begun) {
                finish();
            }
        } catch (GuestError e) {
            fail(e);
        } catch (IOException | RuntimeException e) {
            fail(damaged());
        }
        if (!begun) {
            stop();
        }
    }

    private void stop() {
        over = true;
        end();
        if (!ended) {
            source.cancel("The compressed body has ended.");
        }
    }

    private void fail(GuestError error) {
        failure = error;
        over = true;
        end();
        if (!ended) {
            source.cancel(error.message());
        }
    }

    private GuestError damaged() {
        return GuestError.type(
                "The body of the response is not " + coding + ", as its content-encoding says, or was cut off.");
    }

    @Override
    public final void cancel(String reason) {
        source.cancel(reason);
    }

    @Override
    public final OptionalLong length() {
        return OptionalLong.empty();
    }
}
