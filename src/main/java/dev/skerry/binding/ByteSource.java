package dev.skerry.binding;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Bytes that arrive over time, for one reader, which asks for each chunk: what it does not ask for is not sent. Thread-safe. */
public interface ByteSource {
    /**
     * The next chunk, a heap buffer that is the reader's own; empty at the end. It fails when the sender did, or went away. The reader asks again only after the
     * stage has completed, which it may on any thread.
     */
    CompletionStage<Optional<ByteBuffer>> read();

    /** Tells the sender that no more is wanted. Without effect after the end. */
    void cancel(String reason);

    /** How many bytes there will be in all, where that is known. */
    OptionalLong length();
}
