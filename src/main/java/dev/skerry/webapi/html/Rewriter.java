package dev.skerry.webapi.html;

import dev.skerry.binding.GuestError;
import dev.skerry.webapi.html.OpenElements.Element;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One document on its way through a rewriter. Confined to one thread at a time.
 *
 * <p>{@link #next} goes on until a handler is to be called, and gives its number: {@link #token} is for that handler. When it is called
 * again the handler has done its work.
 */
final class Rewriter {
    /** Results of {@link #next} that are no handler. */
    static final int NEEDS_INPUT = -1;

    static final int DONE = -2;
    /** There is output to be taken. */
    static final int HAS_OUTPUT = -3;
    /** Less: the stream of this number below it is to be written. */
    static final int STREAM = -10;

    private static final int ENOUGH_OUTPUT = 64 * 1024;
    /** What an open element is reckoned as. */
    private static final int ELEMENT = 128;

    /** The text of these is no markup; of {@code script} and {@code plaintext} neither. */
    private static final Map<String, Tokenizer.Mode> MODES = Map.of(
            "script", Tokenizer.Mode.SCRIPT,
            "plaintext", Tokenizer.Mode.PLAIN_TEXT,
            "style", Tokenizer.Mode.RAW_TEXT,
            "textarea", Tokenizer.Mode.RAW_TEXT,
            "title", Tokenizer.Mode.RAW_TEXT,
            "xmp", Tokenizer.Mode.RAW_TEXT,
            "iframe", Tokenizer.Mode.RAW_TEXT,
            "noembed", Tokenizer.Mode.RAW_TEXT,
            "noframes", Tokenizer.Mode.RAW_TEXT,
            // As where scripts run.
            "noscript", Tokenizer.Mode.RAW_TEXT);

    private final Charset charset;
    private final CharsetDecoder decoder;
    private final Memory memory;
    private final Tokenizer tokenizer = new Tokenizer();
    private final OpenElements elements = new OpenElements();
    private final Rules rules = new Rules();
    private final Output output = new Output();
    /** What content is reckoned as that waits for an end tag. */
    private long kept;

    private final Deque<Integer> handlers = new ArrayDeque<>();
    private final Token.Maker tokens;
    private @Nullable Token token;

    private Tokenizer.@Nullable Kind stashed;
    private boolean inTextNode;
    private boolean finished;
    private boolean ended;

    /** Counts what is kept. */
    interface Memory {
        /** @throws GuestError when it is too much */
        void keeps(long bytes);
    }

    Rewriter(Charset charset, Memory memory) {
        this.charset = charset;
        this.memory = memory;
        this.tokens = new Token.Maker(charset, this::account);
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    /** Adds the handlers of elements that match, their comments and their text. Before the first input. */
    void on(String selector, int onElement, int onComments, int onText) {
        elements.add(Selectors.parse(selector), rules.size());
        rules.addElements(onElement, onComments, onText);
    }

    /** Adds handlers of the whole document. Before the first input. */
    void onDocument(int onDoctype, int onComments, int onText, int onEnd) {
        rules.addDocument(onDoctype, onComments, onText, onEnd);
    }

    void push(byte[] bytes) {
        tokenizer.push(bytes);
        account();
    }

    void finish() {
        tokenizer.finish();
        finished = true;
    }

    private void account() {
        long inserted = token == null ? 0 : token.inserted();
        memory.keeps(tokenizer.waiting() + (long) elements.size() * ELEMENT + output.kept() + kept + inserted);
    }

    /** What was written since the last time; null when nothing was. */
    @Nullable
    ByteBuffer takeOutput() {
        return output.take();
    }

    /** A piece of the stream that {@link #next} asked for. */
    void write(byte[] bytes) {
        output.write(bytes);
    }

    int next() {
        while (true) {
            Integer handler = handlers.poll();
            if (handler != null) {
                return handler;
            }
            Token left = token;
            if (left != null) {
                token = null;
                leave(left);
            }
            int stream = output.drain();
            if (stream != Output.EMPTY) {
                return STREAM - stream;
            }
            if (ended) {
                return output.size() > 0 ? HAS_OUTPUT : DONE;
            }
            if (output.size() >= ENOUGH_OUTPUT) {
                return HAS_OUTPUT;
            }
            if (!advance()) {
                return NEEDS_INPUT;
            }
        }
    }

    /** Takes the next token; false when there is none yet. */
    private boolean advance() {
        Tokenizer.Kind kind = stashed;
        stashed = null;
        if (kind == null) {
            tokenizer.foreign(elements.inForeignContent());
            kind = tokenizer.next();
            if (kind == Tokenizer.Kind.NONE && !finished) {
                return false;
            }
            if (inTextNode && kind != Tokenizer.Kind.TEXT && kind != Tokenizer.Kind.OTHER) {
                inTextNode = false;
                stashed = kind;
                token = tokens.text("", true);
                rules.text(handlers);
                return true;
            }
        }
        switch (kind) {
            case NONE -> end();
            case TEXT -> {
                return text();
            }
            case START_TAG -> startTag();
            case END_TAG -> endTag();
            case COMMENT -> comment();
            case DOCTYPE -> doctype();
            case OTHER -> output.copy(tokenizer);
        }
        return true;
    }

    private boolean text() {
        if (!rules.anyText()) {
            output.copy(tokenizer);
            return true;
        }
        rules.text(handlers);
        if (handlers.isEmpty()) {
            output.copy(tokenizer);
            return true;
        }
        ByteBuffer bytes = ByteBuffer.wrap(tokenizer.buffer(), tokenizer.start(), tokenizer.length());
        boolean whole = !tokenizer.isAtEndOfInput() || tokenizer.isLast();
        CharBuffer characters =
                CharBuffer.allocate((int) (tokenizer.length() * (double) decoder.maxCharsPerByte()) + 2);
        decoder.reset().decode(bytes, characters, whole);
        if (bytes.remaining() == tokenizer.length()) {
            handlers.clear();
            tokenizer.shorten(bytes.remaining());
            return false;
        }
        tokenizer.shorten(bytes.remaining());
        token = tokens.text(characters.flip().toString(), false);
        inTextNode = true;
        return true;
    }

    private void comment() {
        rules.comments(handlers);
        if (handlers.isEmpty()) {
            output.copy(tokenizer);
            return;
        }
        token = tokens.comment(decoded(tokenizer.contentStart(), tokenizer.contentEnd()));
    }

    private void doctype() {
        rules.doctype(handlers);
        if (handlers.isEmpty()) {
            output.copy(tokenizer);
            return;
        }
        token = tokens.doctype(Doctype.of(decoded(tokenizer.contentStart(), tokenizer.contentEnd())));
    }

    private String decoded(int start, int end) {
        return new String(tokenizer.buffer(), start, end - start, charset);
    }

    private String tagName() {
        TagReader read = tokenizer.tag();
        return decoded(tokenizer.start() + read.nameStart(), tokenizer.start() + read.nameEnd())
                .toLowerCase(Locale.ROOT);
    }

    private void startTag() {
        Tag started = new Tag(tokenizer, charset, tagName());
        Element matched = elements.match(started);
        boolean content = OpenElements.hasContent(matched, tokenizer.tag().selfClosing());
        if (content && matched.namespace == OpenElements.Namespace.HTML) {
            Tokenizer.Mode mode = MODES.get(matched.name);
            if (mode != null) {
                tokenizer.enter(mode, matched.name);
            }
        }
        rules.elements(matched, handlers);
        if (handlers.isEmpty()) {
            output.copy(tokenizer);
            if (content) {
                open(matched);
            }
            return;
        }
        token = tokens.startTag(started, matched, content);
    }

    private void open(Element opened) {
        elements.open(opened);
        rules.opened(opened);
        account();
    }

    private Element close() {
        Element closed = elements.close();
        rules.closed(closed);
        if (closed.edits != null) {
            kept -= closed.edits.costAtEnd();
            if (closed.edits.emptied) {
                output.endDropping();
            }
        }
        return closed;
    }

    /** Closes an element that has no end tag: what was put at its end, and after it, comes here. */
    private Element closeWithoutTag() {
        Element closed = close();
        if (closed.edits != null) {
            output.emit(closed.edits.appended);
            output.emit(closed.edits.after);
        }
        return closed;
    }

    private void endTag() {
        int closed = elements.closedBy(tagName());
        if (closed == 0) {
            output.copy(tokenizer);
            return;
        }
        for (int i = 1; i < closed; i++) {
            handlers.addAll(closeWithoutTag().endTagHandlers);
        }
        Element ending = close();
        handlers.addAll(ending.endTagHandlers);
        boolean plain = ending.edits == null && ending.newName == null && handlers.isEmpty();
        if (plain && output.isClear()) {
            output.copy(tokenizer);
            return;
        }
        token = tokens.endTag(ending);
    }

    private void end() {
        while (elements.size() > 0) {
            closeWithoutTag();
        }
        token = tokens.end();
        rules.end(handlers);
    }

    /** Writes the token, with what its handlers did. */
    private void leave(Token left) {
        left.write(output, tokenizer);
        if (left.kind == Token.Kind.START_TAG && left.hasContent()) {
            Element opened = left.element();
            opened.edits = left.edits;
            kept += left.edits.costAtEnd();
            if (left.tag().renamed()) {
                opened.newName = left.tag().name();
            }
            open(opened);
            if (left.edits.emptied) {
                output.beginDropping();
            }
        }
        ended |= left.kind == Token.Kind.END;
        account();
    }

    /** The token whose handler {@link #next} named. */
    Token token() {
        return Objects.requireNonNull(token);
    }
}
