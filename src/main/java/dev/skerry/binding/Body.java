package dev.skerry.binding;

import java.nio.ByteBuffer;

/** The body of a request or a response on the Java side. It is read at most once; the guest holds it as an opaque object and passes it on by reference. */
public sealed interface Body extends Weighty {
    Body EMPTY = new Empty();

    /** Bytes that it takes, about; what a streamed one takes is its source's affair. */
    @Override
    long weight();

    /** No body. */
    record Empty() implements Body {
        @Override
        public long weight() {
            return 0;
        }
    }

    /** A string that the guest gave; UTF-8 on the wire. */
    record Text(String text) implements Body {
        @Override
        public long weight() {
            return text.length();
        }
    }

    /** Bytes that are all there. The buffer is on the heap and nobody else changes it. */
    record Bytes(ByteBuffer bytes) implements Body {
        @Override
        public long weight() {
            return bytes.remaining();
        }

        /** A copy in an array; the buffer stays as it is. */
        public byte[] toArray() {
            byte[] array = new byte[bytes.remaining()];
            bytes.duplicate().get(array);
            return array;
        }
    }

    /** Bytes that arrive over time. */
    record Streamed(ByteSource source) implements Body {
        @Override
        public long weight() {
            return 0;
        }
    }
}
