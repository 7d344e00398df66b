package dev.skerry.webapi;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.binding.WebApi;
import dev.skerry.webapi.compression.Coded;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of requests and responses for {@code js/body/content.js}: read whole or piece by piece, split in two, or written through a {@link Pipe}.
 * Where the bytes are there already the result comes at once, else the number of an operation that gives it. Thread-safe.
 */
@Singleton
public final class BodyApi implements WebApi {
    /** Most characters of the name and of the message of what broke a stream. */
    private static final int LONGEST_REASON = 16 * 1024;

    private final int whole;
    private final int ahead;

    @Inject
    public BodyApi(BodyConfig config) {
        this(
                Math.toIntExact(config.whole().bytes()),
                Math.toIntExact(config.ahead().bytes()));
    }

    BodyApi(int whole, int ahead) {
        this.whole = whole;
        this.ahead = ahead;
    }

    @Override
    public String name() {
        return "body/content";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(isolate);
    }

    /** The host functions of one isolate; for the thread that is in it. */
    public final class Host {
        private final IsolateServices isolate;

        private Host(IsolateServices isolate) {
            this.isolate = isolate;
        }

        /** UTF-8 bytes of a text. */
        @GuestCallable
        public ByteBuffer encode(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The text of UTF-8 bytes, as {@link Utf8#decode}. */
        @GuestCallable
        public String decode(byte[] bytes) {
            return Utf8.decode(ByteBuffer.wrap(bytes));
        }

        /** A body of these bytes. */
        @GuestCallable
        public Object copy(byte[] bytes) {
            return given(new Body.Bytes(ByteBuffer.wrap(bytes)));
        }

        /** A body, or a text, whose bytes are in the coding already that a header names; as it is, where we do not know that coding. */
        @GuestCallable
        public Object coded(Object body, String header) {
            Optional<String> coding = Coded.named(header);
            if (coding.isEmpty()
                    || body instanceof Body.Streamed(Coded coded)
                            && coding.get().equals(coded.coding())) {
                return body;
            }
            Object open = body instanceof String text ? open(given(new Body.Bytes(encode(text)))) : open(body);
            return new Body.Streamed(
                    Coded.of(sourceOf(open), coding.get(), Coded.Clients.ALL, whole, "skerry.body.whole"));
        }

        private Body given(Body body) {
            isolate.given(body, body.weight());
            return body;
        }

        /** The whole body as text: a String, or the operation that gives it. */
        @GuestCallable
        public Object text(Object body) {
            return body instanceof Body.Text(String text) ? text : whole(body, Utf8::decode);
        }

        /** The whole body: a ByteBuffer, or the operation that gives it. */
        @GuestCallable
        public Object bytes(Object body) {
            return whole(body, bytes -> bytes);
        }

        /** A body that {@link #read} can read. */
        @GuestCallable
        public Object open(Object body) {
            return switch (body) {
                case Body.Text(String text) -> new Body.Streamed(new Once(encode(text)));
                case Body.Bytes(ByteBuffer bytes) -> new Body.Streamed(new Once(fromZero(bytes)));
                default -> body;
            };
        }

        /** How many bytes {@link #read} will give, -1 where that is not known. */
        @GuestCallable
        public double length(Object body) {
            return sourceOf(body).length().orElse(-1);
        }

        /** The next piece: a ByteBuffer, null at the end, or the operation that gives either. */
        @GuestCallable
        public @Nullable Object read(Object body) {
            return settled(
                    sourceOf(body).read(), piece -> piece.map(BodyApi::fromZero).orElse(null));
        }

        @GuestCallable
        public void cancel(Object body, String reason) {
            sourceOf(body).cancel(reason);
        }

        /** The body whose bytes can be read twice: from the result, and from the {@link #twin} of the result. */
        @GuestCallable
        public Object tee(Object body) {
            return switch (body) {
                case Body.Text text -> text;
                case Body.Bytes bytes -> bytes;
                case Body.Streamed(Coded coded) ->
                    new Body.Streamed(coded.over(new Tee(coded.wire(), whole, isolate.memory()).branch()));
                case Body.Streamed(ByteSource source) ->
                    new Body.Streamed(new Tee(source, whole, isolate.memory()).branch());
                default -> throw GuestError.type("This is not a body.");
            };
        }

        /** The other one of {@link #tee}'s. */
        @GuestCallable
        public Object twin(Object body) {
            return switch (body) {
                case Body.Text text -> text;
                case Body.Bytes(ByteBuffer bytes) -> given(new Body.Bytes(copyOf(bytes)));
                case Body.Streamed(Tee.Branch branch) -> new Body.Streamed(branch.other());
                case Body.Streamed(Coded coded)
                when coded.wire() instanceof Tee.Branch branch -> new Body.Streamed(coded.over(branch.other()));
                default -> throw GuestError.type("This is not a body that was split.");
            };
        }

        /** The reading end of a new pipe; of as many bytes as told, or of unknown length if that is negative. */
        @GuestCallable
        public Object pipe(double length) {
            Invocation invocation = isolate.invocation();
            Pipe pipe = new Pipe(ahead, (long) length, isolate.memory());
            invocation.whenEnded(() -> pipe.abort(GuestError.error("The worker's event ended before its stream did.")));
            return new Body.Streamed(pipe);
        }

        /** The operation that ends when nothing more can be written: with a reason if the reader wants no more, else with null. */
        @GuestCallable
        public int gone(Object pipe) {
            return pipeOf(pipe).gone(isolate::begin);
        }

        /** Writes a piece: 0 when there is room for more, else the operation that ends when there is; -1 when the reader wants no more. */
        @GuestCallable
        public int write(Object pipe, byte[] piece) {
            return pipeOf(pipe).write(ByteBuffer.wrap(piece), isolate::begin);
        }

        @GuestCallable
        public void end(Object pipe) {
            pipeOf(pipe).end();
        }

        /** Ends a pipe with an error that its reader will see. */
        @GuestCallable
        public void abort(Object pipe, String name, String message) {
            pipeOf(pipe).abort(new GuestError(cut(name), cut(message)));
        }

        private static String cut(String text) {
            return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
        }

        private Object whole(Object body, Function<ByteBuffer, Object> form) {
            return switch (body) {
                case Body.Text(String text) -> form.apply(encode(text));
                case Body.Bytes(ByteBuffer bytes) -> form.apply(fromZero(bytes));
                case Body.Streamed(ByteSource source) -> Objects.requireNonNull(settled(readWhole(source), form));
                default -> throw GuestError.type("This is not a body.");
            };
        }

        private CompletionStage<ByteBuffer> readWhole(ByteSource source) {
            return Whole.read(source, whole, "The body is too large to be read whole.", isolate.memory())
                    .thenApply(
                            bytes -> bytes.orElseThrow(
                                    () -> GuestError.type(
                                            "The body is larger than " + whole
                                                    + " bytes, the limit (skerry.body.whole) of a body that is read whole; read it as a stream.")));
        }

        /** The stage's result if it is there, else an operation. */
        private <T> @Nullable Object settled(CompletionStage<T> stage, Function<T, @Nullable Object> form) {
            CompletableFuture<T> future = stage.toCompletableFuture();
            if (future.isDone()) {
                if (future.isCompletedExceptionally()) {
                    throw guestError(future.exceptionNow());
                }
                return form.apply(future.resultNow());
            }
            Operation operation = isolate.begin();
            future.whenComplete((result, failure) -> {
                if (failure != null) {
                    operation.reject(guestError(failure));
                } else {
                    operation.resolve(form.apply(result));
                }
            });
            return operation.id();
        }
    }

    private static ByteSource sourceOf(Object body) {
        if (body instanceof Body.Streamed(ByteSource source)) {
            return source;
        }
        throw GuestError.type("This is not a streamed body.");
    }

    private static Pipe pipeOf(Object body) {
        if (body instanceof Body.Streamed(Pipe pipe)) {
            return pipe;
        }
        throw GuestError.type("This is not a pipe.");
    }

    /** The guest makes an ArrayBuffer of all that is before the limit. */
    private static ByteBuffer fromZero(ByteBuffer bytes) {
        return bytes.position() == 0 ? bytes : bytes.slice();
    }

    private static ByteBuffer copyOf(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return ByteBuffer.wrap(copy);
    }

    /** What a worker sees of a failure: its own words if it has any, else no more than that the connection broke. */
    static GuestError guestError(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof GuestError error ? error : GuestError.error("Network connection lost.");
    }
}
