package dev.skerry.webapi.html;

/**
 * Finds the tokens of HTML in bytes that arrive over time, as far as a rewriter must tell them apart:
 * https://html.spec.whatwg.org/multipage/parsing.html#tokenization. Every byte belongs to one token, so that what nobody changes can be copied. The
 * encoding is one in which the markup is ASCII. Confined to one thread at a time.
 *
 * <p>A tag, comment or doctype comes when it is whole. Text comes as far as it is there. The consumer says by {@link #enter} how the content of a
 * start tag is read.
 */
final class Tokenizer extends DocumentBytes {
    enum Kind {
        /** More input is needed; after the last, the end. */
        NONE,
        TEXT,
        START_TAG,
        END_TAG,
        COMMENT,
        DOCTYPE,
        /** What is none of these and changes nothing: {@code </>}, the marks of a CDATA section, a tag that the document breaks off in. */
        OTHER
    }

    /** How text is read. */
    enum Mode {
        DATA,
        /** Until the end tag of the same name: RCDATA and RAWTEXT, whose difference (entities) a rewriter does not see. */
        RAW_TEXT,
        SCRIPT,
        CDATA,
        PLAIN_TEXT
    }

    private static final byte[] DOCTYPE_NAME = ascii("<!doctype");
    static final byte[] COMMENT_START = ascii("<!--");
    private static final byte[] CDATA_START = ascii("<![cdata[");
    private static final byte[] CDATA_END = ascii("]]>");

    private Mode mode = Mode.DATA;
    private byte[] rawTextEnd = {};
    private final ScriptText script = new ScriptText(this);
    private boolean foreign;

    /** How far a token that is not whole has been looked at, from its start. */
    private int scan;

    private int contentStart;
    private int contentEnd;
    private final TagReader tag = new TagReader();

    /** Whether CDATA sections are read as such. */
    void foreign(boolean content) {
        foreign = content;
    }

    /** How what follows the start tag is read. */
    void enter(Mode next, String name) {
        mode = next;
        script.begin();
        rawTextEnd = ascii("</" + name);
    }

    /** The next token; the one before is done with. */
    Kind next() {
        start = tokenEnd;
        if (start == end) {
            return Kind.NONE;
        }
        return switch (mode) {
            case DATA -> data();
            case RAW_TEXT -> rawText();
            case SCRIPT -> {
                int at = script.end();
                yield at == end ? token(Kind.TEXT, end) : before(at, script.stoppedBy());
            }
            case CDATA -> cdata();
            case PLAIN_TEXT -> token(Kind.TEXT, end);
        };
    }

    private Kind token(Kind kind, int to) {
        tokenEnd = to;
        scan = 0;
        return kind;
    }

    /** More is needed, of which so much of the token has been looked at. */
    private Kind more(int looked) {
        scan = looked;
        tokenEnd = start;
        return Kind.NONE;
    }

    private Kind data() {
        int i = start;
        if (opensMarkup(i)) {
            return markup();
        }
        do {
            i++;
        } while (i < end && !(buffer[i] == '<' && opensMarkup(i)));
        return token(Kind.TEXT, i);
    }

    /** Whether what begins here is markup, or may be when more is known. */
    private boolean opensMarkup(int at) {
        if (buffer[at] != '<') {
            return false;
        }
        if (at + 1 >= end) {
            return !last;
        }
        int next = buffer[at + 1];
        return isLetter(next) || next == '!' || next == '?' || (next == '/' && (at + 2 < end || !last));
    }

    private Kind markup() {
        if (start + 1 >= end) {
            return more(0);
        }
        int next = buffer[start + 1];
        if (isLetter(next)) {
            return tag(Kind.START_TAG, 1);
        }
        return switch (next) {
            case '/' -> endTag();
            case '!' -> declaration();
            default -> bogusComment(1);
        };
    }

    private Kind endTag() {
        if (start + 2 >= end) {
            return more(0);
        }
        int next = buffer[start + 2];
        if (isLetter(next)) {
            return tag(Kind.END_TAG, 2);
        }
        return next == '>' ? token(Kind.OTHER, start + 3) : bogusComment(2);
    }

    private Kind declaration() {
        Match comment = match(start, COMMENT_START, false);
        Match doctype = match(start, DOCTYPE_NAME, false);
        Match cdata = foreign ? match(start, CDATA_START, false) : Match.NO;
        if (comment == Match.YES) {
            return comment();
        }
        if (cdata == Match.YES) {
            mode = Mode.CDATA;
            return token(Kind.OTHER, start + CDATA_START.length);
        }
        if (comment == Match.MAYBE || doctype == Match.MAYBE || cdata == Match.MAYBE) {
            return more(0);
        }
        if (doctype == Match.YES) {
            contentStart = DOCTYPE_NAME.length;
            return untilGreater(Kind.DOCTYPE);
        }
        return bogusComment(2);
    }

    private Kind bogusComment(int content) {
        contentStart = content;
        return untilGreater(Kind.COMMENT);
    }

    private Kind untilGreater(Kind kind) {
        for (int i = start + Math.max(scan, contentStart); i < end; i++) {
            if (buffer[i] == '>') {
                contentEnd = i - start;
                return token(kind, i + 1);
            }
        }
        if (!last) {
            return more(end - start);
        }
        contentEnd = end - start;
        return token(kind, end);
    }

    private Kind comment() {
        contentStart = COMMENT_START.length;
        int from = start + contentStart;
        if (from < end && buffer[from] == '>') {
            contentEnd = contentStart;
            return token(Kind.COMMENT, from + 1);
        }
        if (from + 1 < end && buffer[from] == '-' && buffer[from + 1] == '>') {
            contentEnd = contentStart;
            return token(Kind.COMMENT, from + 2);
        }
        for (int i = start + Math.max(scan, contentStart); i + 2 < end; i++) {
            if (buffer[i] == '-' && buffer[i + 1] == '-') {
                boolean bang = buffer[i + 2] == '!' && i + 3 < end && buffer[i + 3] == '>';
                if (bang || buffer[i + 2] == '>') {
                    contentEnd = i - start;
                    return token(Kind.COMMENT, i + (bang ? 4 : 3));
                }
            }
        }
        if (!last) {
            return more(Math.max(0, end - start - 3));
        }
        contentEnd = end - start;
        return token(Kind.COMMENT, end);
    }

    private Kind rawText() {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '<') {
                Match match = match(i, rawTextEnd, true);
                if (match != Match.NO) {
                    return before(i, match);
                }
            }
        }
        return token(Kind.TEXT, end);
    }

    /** The text before what ends it, or may; if there is none, the end tag. */
    private Kind before(int at, Match match) {
        if (at > start) {
            return token(Kind.TEXT, at);
        }
        if (match == Match.MAYBE) {
            return more(0);
        }
        if (mode != Mode.DATA) {
            mode = Mode.DATA;
        }
        return tag(Kind.END_TAG, 2);
    }

    private Kind cdata() {
        for (int i = start; i < end; i++) {
            if (buffer[i] == ']') {
                Match match = match(i, CDATA_END, false);
                if (match != Match.NO && i > start) {
                    return token(Kind.TEXT, i);
                }
                if (match == Match.MAYBE) {
                    return more(0);
                }
                if (match == Match.YES) {
                    mode = Mode.DATA;
                    return token(Kind.OTHER, i + CDATA_END.length);
                }
            }
        }
        return token(Kind.TEXT, end);
    }

    private Kind tag(Kind kind, int name) {
        if (scan == 0) {
            scan = name;
            tag.begin(name);
        }
        for (; start + scan < end; scan++) {
            if (tag.step(buffer[start + scan], scan)) {
                return token(kind, start + scan + 1);
            }
        }
        return last ? token(Kind.OTHER, end) : more(scan);
    }

    /** The tag's name and attributes, as offsets from {@link #start}. */
    TagReader tag() {
        return tag;
    }

    int contentStart() {
        return start + contentStart;
    }

    int contentEnd() {
        return start + contentEnd;
    }
}
