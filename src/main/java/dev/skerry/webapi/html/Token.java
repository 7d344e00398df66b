package dev.skerry.webapi.html;

import dev.skerry.model.Bytes;
import dev.skerry.webapi.html.Edits.Piece;
import dev.skerry.webapi.html.Edits.Place;
import dev.skerry.webapi.html.OpenElements.Element;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A token whose handlers are called: what they see of it, what they do to it, and what it leaves as. Confined to one thread at a time. */
final class Token {
    enum Kind {
        START_TAG,
        END_TAG,
        TEXT,
        COMMENT,
        DOCTYPE,
        END
    }

    final Kind kind;
    final Edits edits = new Edits();
    private final Charset charset;
    private final Runnable grown;
    private final @Nullable Tag tag;
    private final @Nullable Element element;
    private final @Nullable Doctype doctype;
    private final boolean hasContent;
    private final boolean lastInTextNode;
    private String text;
    private boolean textChanged;
    private long inserted;

    private Token(
            Kind kind,
            Charset charset,
            Runnable grown,
            @Nullable Tag tag,
            @Nullable Element element,
            @Nullable Doctype doctype,
            boolean hasContent,
            String text,
            boolean lastInTextNode) {
        this.kind = kind;
        this.charset = charset;
        this.grown = grown;
        this.tag = tag;
        this.element = element;
        this.doctype = doctype;
        this.hasContent = hasContent;
        this.text = text;
        this.lastInTextNode = lastInTextNode;
    }

    /**
     * Makes tokens of a document.
     *
     * @param grown run when a token is given more to keep
     */
    record Maker(Charset charset, Runnable grown) {
        /** @param hasContent whether there may be an end tag */
        Token startTag(Tag tag, Element element, boolean hasContent) {
            return new Token(Kind.START_TAG, charset, grown, tag, element, null, hasContent, "", false);
        }

        Token endTag(Element element) {
            String name = element.newName == null ? "" : element.newName;
            Token token = new Token(Kind.END_TAG, charset, grown, null, element, null, false, name, false);
            token.edits.removed = element.edits != null && element.edits.removed;
            return token;
        }

        Token text(String text, boolean lastInTextNode) {
            return new Token(Kind.TEXT, charset, grown, null, null, null, false, text, lastInTextNode);
        }

        Token comment(String text) {
            return new Token(Kind.COMMENT, charset, grown, null, null, null, false, text, false);
        }

        Token doctype(Doctype doctype) {
            return new Token(Kind.DOCTYPE, charset, grown, null, null, doctype, false, "", false);
        }

        Token end() {
            return new Token(Kind.END, charset, grown, null, null, null, false, "", false);
        }
    }

    /** What content is reckoned as that its handlers have given it. */
    long inserted() {
        return inserted;
    }

    // For its handlers.

    Tag tag() {
        return Objects.requireNonNull(tag);
    }

    Element element() {
        return Objects.requireNonNull(element);
    }

    Doctype doctype() {
        return Objects.requireNonNull(doctype);
    }

    String text() {
        return text;
    }

    /** Changes a comment's text, or an end tag's name. */
    void setText(String changed) {
        text = changed;
        textChanged = true;
    }

    /** An end tag's name. */
    String endTagName() {
        return text.isEmpty() ? element().name : text;
    }

    boolean lastInTextNode() {
        return lastInTextNode;
    }

    boolean removed() {
        return edits.removed;
    }

    boolean hasContent() {
        return hasContent;
    }

    void insert(Place place, String content, boolean html) {
        insert(place, new Piece.Content(Bytes.wrap(Edits.encoded(html ? content : Edits.escaped(content), charset))));
    }

    void insert(Place place, Piece piece) {
        boolean inside = place == Place.PREPEND || place == Place.APPEND || place == Place.INNER;
        if (!inside || kind != Kind.START_TAG || hasContent) {
            grow(piece.cost());
            edits.insert(place, piece);
        }
    }

    void setAttribute(String name, String value) {
        grow(value.length());
        tag().set(name, value);
    }

    private void grow(long cost) {
        inserted += cost;
        grown.run();
    }

    void remove() {
        edits.remove();
    }

    void removeAndKeepContent() {
        edits.removed = true;
    }

    void onEndTag(int handler) {
        element().endTagHandlers.add(handler);
    }

    // When they are done.

    /** Writes it as it is now; of an element, what stands up to its content. */
    void write(Output output, Tokenizer from) {
        switch (kind) {
            case START_TAG -> writeStartTag(output, from);
            case END_TAG -> {
                Edits of = element().edits;
                if (of != null) {
                    output.emit(of.appended);
                }
                output.emit(edits.before);
                if (!edits.removed) {
                    writeSelf(output, from, text.isEmpty() ? null : "</" + text + ">");
                }
                output.emit(edits.after);
                if (of != null) {
                    output.emit(of.after);
                }
            }
            case TEXT ->
                writeContent(output, from, textChanged ? text : null, text.isEmpty() && lastInTextNode && !textChanged);
            case COMMENT -> writeContent(output, from, textChanged ? "<!--" + text + "-->" : null, false);
            case DOCTYPE -> writeContent(output, from, null, false);
            case END -> output.emit(edits.appended);
        }
    }

    private void writeStartTag(Output output, Tokenizer from) {
        output.emit(edits.before);
        output.emit(edits.replacement);
        if (!edits.removed && !output.drops()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(from.length() + 64);
            tag().write(bytes);
            output.emit(bytes.toByteArray());
        }
        output.emit(hasContent ? edits.prepended : edits.after);
    }

    private void writeContent(Output output, Tokenizer from, @Nullable String changed, boolean empty) {
        output.emit(edits.before);
        output.emit(edits.replacement);
        if (!edits.removed && !empty) {
            writeSelf(output, from, changed);
        }
        output.emit(edits.after);
    }

    /** The token's own bytes, or what it was changed to. */
    private void writeSelf(Output output, Tokenizer from, @Nullable String changed) {
        if (!output.drops()) {
            output.emit(
                    changed == null
                            ? Arrays.copyOfRange(from.buffer(), from.start(), from.start() + from.length())
                            : Edits.encoded(changed, charset));
        }
    }
}
