package dev.skerry.webapi.html;

import dev.skerry.webapi.html.DocumentBytes.Match;

/**
 * Finds where the text of a script ends: https://html.spec.whatwg.org/multipage/parsing.html#script-data-state and the states after it, in which
 * {@code <!--} and a {@code <script>} behind it hide an end tag. Confined to one thread at a time.
 */
final class ScriptText {
    private enum Escape {
        NONE,
        ESCAPED,
        DOUBLE
    }

    private static final byte[] COMMENT_END = DocumentBytes.ascii("-->");
    private static final byte[] START = DocumentBytes.ascii("<script");
    private static final byte[] END = DocumentBytes.ascii("</script");

    private final DocumentBytes bytes;
    private Escape escape = Escape.NONE;
    private Match stoppedBy = Match.NO;

    ScriptText(DocumentBytes bytes) {
        this.bytes = bytes;
    }

    /** A script begins. */
    void begin() {
        escape = Escape.NONE;
    }

    /** Whether {@link #end} has found what ends the script, or what might or might change how it is read; NO where all is text. */
    Match stoppedBy() {
        return stoppedBy;
    }

    /** How far the text goes from the token's start. */
    int end() {
        stoppedBy = Match.NO;
        int at = bytes.start;
        while (at < bytes.end && stoppedBy == Match.NO) {
            at = step(at);
        }
        return at;
    }

    /** The next place to look at, or the same when it stops there. */
    private int step(int at) {
        return switch (bytes.buffer[at]) {
            case '<' -> less(at);
            case '-' -> escape == Escape.NONE ? at + 1 : dash(at);
            default -> at + 1;
        };
    }

    private int less(int at) {
        if (escape == Escape.NONE) {
            Match open = bytes.match(at, Tokenizer.COMMENT_START, false);
            if (open == Match.YES) {
                escape = Escape.ESCAPED;
                // Its dashes may be those of its end: <!-->
                return at + 2;
            }
            if (open == Match.MAYBE) {
                return stop(at, open);
            }
        } else if (escape == Escape.ESCAPED) {
            Match nested = bytes.match(at, START, true);
            if (nested == Match.YES) {
                escape = Escape.DOUBLE;
            } else if (nested == Match.MAYBE) {
                return stop(at, nested);
            }
        }
        Match close = bytes.match(at, END, true);
        if (close == Match.YES && escape == Escape.DOUBLE) {
            escape = Escape.ESCAPED;
            return at + 1;
        }
        return close == Match.NO ? at + 1 : stop(at, close);
    }

    private int dash(int at) {
        Match close = bytes.match(at, COMMENT_END, false);
        if (close == Match.MAYBE) {
            return stop(at, close);
        }
        if (close == Match.NO) {
            return at + 1;
        }
        escape = Escape.NONE;
        return at + 3;
    }

    private int stop(int at, Match match) {
        stoppedBy = match;
        return at;
    }
}
