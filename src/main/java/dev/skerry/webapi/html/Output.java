package dev.skerry.webapi.html;

import dev.skerry.model.Bytes;
import dev.skerry.webapi.html.Edits.Piece;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What leaves a rewriter: bytes, and between them the streams that handlers inserted. Confined to one thread at a time. */
final class Output {
    /** Result of {@link #drain}: all has left. */
    static final int EMPTY = -1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Piece> leaving = new ArrayDeque<>();
    /** How many open elements lost their content. */
    private int dropping;

    private long kept;

    /** What was written since the last time; null when nothing was. */
    @Nullable
    ByteBuffer take() {
        if (out.size() == 0) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
        out.reset();
        return bytes;
    }

    /** How many bytes wait to be taken. */
    int size() {
        return out.size();
    }

    /** What is reckoned for what leaves just now. */
    long kept() {
        return kept;
    }

    /** Whether nothing is to leave before what comes next. */
    boolean isClear() {
        return leaving.isEmpty();
    }

    /** Writes what leaves, up to the next stream: its number, or {@link #EMPTY}. */
    int drain() {
        for (Piece piece = leaving.poll(); piece != null; piece = leaving.poll()) {
            kept -= piece.cost();
            switch (piece) {
                case Piece.Content content -> out.writeBytes(content.bytes().array());
                case Piece.Stream stream -> {
                    return stream.id();
                }
            }
        }
        return EMPTY;
    }

    /** Bytes of a stream. */
    void write(byte[] bytes) {
        out.writeBytes(bytes);
    }

    /** A token as it came, with nothing leaving before it. */
    void copy(Tokenizer tokenizer) {
        if (dropping == 0) {
            out.write(tokenizer.buffer(), tokenizer.start(), tokenizer.length());
        }
    }

    void emit(List<Piece> pieces) {
        if (dropping == 0) {
            pieces.forEach(this::leave);
        }
    }

    void emit(byte[] bytes) {
        if (dropping == 0) {
            leave(new Piece.Content(Bytes.wrap(bytes)));
        }
    }

    private void leave(Piece piece) {
        kept += piece.cost();
        leaving.add(piece);
    }

    /** Whether what comes is the content of an element that lost it. */
    boolean drops() {
        return dropping > 0;
    }

    /** An element without its content begins. */
    void beginDropping() {
        dropping++;
    }

    void endDropping() {
        dropping--;
    }
}
