package dev.skerry.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JavaScript token by token and once, without parsing it: enough to know which brackets are open, whether a slash begins a regular expression, and where
 * a line ends a statement. A source that it cannot read it gives up. Confined to one call.
 */
final class JsTokens {
    /** Who is told of what was read; {@link #frame} is what it stands in. */
    interface Reader {
        /** A name or a keyword that is no property's; what has been read ends behind it. */
        void word(String word, int start);

        /** A comma, which has not been read yet. */
        void comma();

        /** A statement ends in this frame: by a semicolon, or by the end of its line. */
        void statementEnds();

        /** A bracket that is about to be closed. */
        void closes(Frame frame, int end);

        /** Whether what is left is of interest. */
        boolean goesOn(int open);
    }

    private static final Pattern GOES_ON = Pattern.compile("in(?:stanceof)?\\b");
    private static final Set<String> HEADS = Set.of("if", "while", "for", "with");
    /** After these stands an operand, so that a slash begins a regular expression, and a brace an object. */
    private static final Set<String> BEFORE_OPERAND = Set.of(
            "return",
            "typeof",
            "instanceof",
            "in",
            "of",
            "new",
            "delete",
            "void",
            "throw",
            "case",
            "yield",
            "await",
            "extends",
            "default");
    /** After these stands a block. */
    private static final Set<String> BEFORE_BLOCK = Set.of("else", "do", "try", "finally");

    /** What is open: a bracket, the braces of a block or an object, or those within a template ({@code $}). */
    static final class Frame {
        final char open;
        final int start;
        /** Whether these are the braces of a block, and of a function's body. */
        boolean block;

        boolean body;
        /** The parentheses of if, while, for and with: after them begins a statement. */
        boolean head;
        /** The parentheses before the braces of no function. */
        boolean control;
        /** Where the word {@code for} ended, for its parentheses. */
        int afterFor = -1;

        boolean forAwait;
        /** What the reader keeps of it. */
        UsingDeclarations.@Nullable Uses uses;

        private Frame(char open, int start) {
            this.open = open;
            this.start = start;
        }
    }

    private final String source;
    private final Reader reader;
    private final Deque<Frame> open = new ArrayDeque<>();
    private final Frame top = new Frame('{', 0);
    private int bodies;
    private int at;
    private boolean newline;
    /** Whether what was read last ends an operand. */
    private boolean operand;

    private boolean afterControl;
    private char last = ';';
    private String word = "";
    private String wordBefore = "";
    private int wordStart;

    JsTokens(String source, Reader reader) {
        this.source = source;
        this.reader = reader;
        open.push(top);
    }

    /** Reads all of it; whether it makes sense, and the reader took it. */
    boolean read() {
        while (at < source.length()) {
            if (!token() || !reader.goesOn(open.size())) {
                return false;
            }
        }
        return open.size() == 1;
    }

    /** What is outside of all brackets. */
    Frame top() {
        return top;
    }

    /** The innermost that is open. */
    Frame frame() {
        return open.element();
    }

    /** Whether the body of a function is open, as far as that can be seen: one that begins in a line of its own cannot. */
    boolean inFunction() {
        return bodies > 0;
    }

    /** How far it has read. */
    int at() {
        return at;
    }

    /** The name or keyword that stood last, if nothing else did since; and where. */
    String lastWord() {
        return word;
    }

    int lastWordStart() {
        return wordStart;
    }

    /** Reads one token, or what stands between two; whether the source makes sense. */
    private boolean token() {
        char c = source.charAt(at);
        char next = at + 1 < source.length() ? source.charAt(at + 1) : 0;
        if (c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029') {
            newline = true;
            at++;
        } else if (Character.isWhitespace(c) || c == '\u00a0' || c == '\ufeff') {
            at++;
        } else if (c == '/' && next == '/' || c == '#' && next == '!' && at == 0) {
            while (at < source.length() && source.charAt(at) != '\n') {
                at++;
            }
        } else if (c == '/' && next == '*') {
            int end = source.indexOf("*/", at + 2);
            newline |= source.substring(at, Math.max(at, end)).indexOf('\n') >= 0;
            at = end < 0 ? source.length() : end + 2;
        } else {
            boolean known = significant(c, next);
            newline = false;
            return known;
        }
        return true;
    }

    private boolean significant(char c, char next) {
        boolean begins = Character.isUnicodeIdentifierStart(c) || c == '$' || c == '_' || c == '\\';
        // A line that cannot go on with the one before.
        if (newline
                && operand
                && (begins || isDigit(c) || c == '"' || c == '\'' || c == '{')
                && !(c == 'i'
                        && GOES_ON.matcher(source).region(at, source.length()).lookingAt())) {
            reader.statementEnds();
        }
        if (begins) {
            word();
            return true;
        }
        if (isDigit(c) || c == '.' && isDigit(next)) {
            while (at < source.length()
                    && (Character.isLetterOrDigit(source.charAt(at))
                            || source.charAt(at) == '.'
                            || source.charAt(at) == '_')) {
                at++;
            }
            return seen('0', true);
        }
        switch (c) {
            case '"', '\'' -> {
                at++;
                while (at < source.length() && source.charAt(at) != c) {
                    at += source.charAt(at) == '\\' ? 2 : 1;
                }
                at++;
                return seen(c, true);
            }
            case '`' -> {
                template(at + 1);
                return true;
            }
            case '/' -> {
                if (operand) {
                    at++;
                    return seen(c, false);
                }
                at = expressionEnd(at + 1);
                return at >= 0 && seen(c, true);
            }
            case '(' -> open.push(parentheses());
            case '[' -> open.push(new Frame(c, at + 1));
            case '{' -> open.push(braces());
            case ')', ']', '}' -> {
                return closes(c);
            }
            case ';' -> reader.statementEnds();
            case ',' -> reader.comma();
            case '+', '-' -> {
                if (next == c) {
                    at += 2;
                    return seen(c, operand);
                }
            }
            case '.' -> {
                if (source.startsWith("...", at)) {
                    at += 3;
                    return seen(',', false);
                }
            }
            case '=' -> {
                if (next == '>') {
                    at += 2;
                    return seen('>', false);
                }
            }
            case '>' -> {
                at++;
                return seen('<', false);
            }
            default -> {}
        }
        at++;
        return seen(c, false);
    }

    private Frame parentheses() {
        Frame made = new Frame('(', at + 1);
        boolean property = last == '.' && word.isEmpty();
        boolean await = word.equals("await") && wordBefore.equals("for");
        made.head = !property && (HEADS.contains(word) || await);
        made.control = made.head || word.equals("switch") || word.equals("catch");
        if (word.equals("for") || await) {
            made.afterFor = await ? wordStart : wordStart + 3;
            made.forAwait = await;
        }
        return made;
    }

    private Frame braces() {
        Frame made = new Frame('{', at + 1);
        made.block = !word.isEmpty()
                ? operand || BEFORE_BLOCK.contains(word)
                : last == ')' || last == '>' || last == ';' || last == '{' || last == '}' && !operand;
        made.body = word.isEmpty() && !newline && (last == '>' || last == ')' && !afterControl);
        if (made.body) {
            bodies++;
        }
        return made;
    }

    private boolean closes(char c) {
        if (open.size() == 1) {
            return false;
        }
        Frame closed = open.pop();
        if (closed.open == '$') {
            template(at + 1);
            return true;
        }
        if (closed.body) {
            bodies--;
        }
        afterControl = closed.control;
        reader.closes(closed, at);
        at++;
        return seen(c, c == ')' ? !closed.head : c == ']' || !closed.block);
    }

    private boolean seen(char token, boolean endsOperand) {
        last = token;
        operand = endsOperand;
        wordBefore = word;
        word = "";
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void word() {
        int start = at;
        while (at < source.length()
                && (Character.isUnicodeIdentifierPart(source.charAt(at))
                        || source.charAt(at) == '$'
                        || source.charAt(at) == '\\')) {
            at++;
        }
        String found = source.substring(start, at);
        boolean property = last == '.' && word.isEmpty();
        if (!property) {
            reader.word(found, start);
        }
        String before = word;
        seen('a', property || !BEFORE_OPERAND.contains(found) && !BEFORE_BLOCK.contains(found));
        word = property ? "" : found;
        wordBefore = before;
        wordStart = start;
    }

    /** Reads a template from within, up to its end or to what is put into it. */
    private void template(int from) {
        at = from;
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '`') {
                at++;
                seen(c, true);
                return;
            }
            if (c == '$' && source.startsWith("{", at + 1)) {
                at += 2;
                open.push(new Frame('$', at));
                seen('{', false);
                return;
            }
            at += c == '\\' ? 2 : 1;
        }
    }

    /** Where a regular expression ends, with its flags; -1 where it does not end in its line. */
    private int expressionEnd(int from) {
        boolean set = false;
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\n') {
                return -1;
            }
            if (c == '\\') {
                i++;
            } else if (c == '[') {
                set = true;
            } else if (c == ']') {
                set = false;
            } else if (c == '/' && !set) {
                int end = i + 1;
                while (end < source.length() && Character.isLetter(source.charAt(end))) {
                    end++;
                }
                return end;
            }
        }
        return -1;
    }
}
