package dev.skerry.runtime;

import dev.skerry.binding.ByteSource;
import dev.skerry.webapi.compression.Coded;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** A streamed response on its way out: the event learns when it is whole, and when its reader goes away. Thread-safe. */
record ResponseStream(ByteSource source, WorkerInvocation invocation) implements ByteSource {
    /** A source whose reader is heard, of both sides of one that is {@link Coded}. */
    static ByteSource of(ByteSource source, WorkerInvocation invocation) {
        return source instanceof Coded coded
                ? coded.through(side -> new ResponseStream(side, invocation))
                : new ResponseStream(source, invocation);
    }

    @Override
    public CompletionStage<Optional<ByteBuffer>> read() {
        CompletionStage<Optional<ByteBuffer>> piece = source.read();
        piece.whenComplete((bytes, failure) -> {
            if (bytes == null || bytes.isEmpty()) {
                invocation.responseEnded();
            }
        });
        return piece;
    }

    @Override
    public void cancel(String reason) {
        invocation.cutOff(reason, source);
    }

    @Override
    public OptionalLong length() {
        return source.length();
    }
}
