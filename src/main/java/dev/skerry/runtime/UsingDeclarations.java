package dev.skerry.runtime;

import dev.skerry.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites {@code using} and {@code await using} (<a href="https://tc39.es/proposal-explicit-resource-management/">explicit resource management</a>), which the
 * engine cannot parse and wrangler leaves as they are, to calls of {@code js/using.js}:
 *
 * <pre>
 * { a(); using x = b(); c(); }
 * {const $using1=$using.scope();try{ a(); const x = $using1.sync=b(); c(); }catch(e){$using1.failed(e)}finally{$using1.end()}}
 *
 * for (using x of xs) a();
 * for (const x of $using.each(xs)) a();
 * </pre>
 *
 * <p>In place of {@code $using} stands such a name with a number that the source does not have. Lines stay what they are. The source is read token by token and not parsed: what is taken for a declaration is two names in one line, which nothing else
 * can be; braces say where its block ends. Where a token was read wrongly, the engine will not parse the result, as it would not have parsed the source. A
 * declaration in the head of a {@code for(;;)} stays. Confined to one call.
 */
final class UsingDeclarations {
    /** What a source is, which says what may stand at its top. */
    enum Kind {
        MODULE,
        FUNCTION,
        SCRIPT
    }

    private static final byte[] WORD = "using".getBytes(StandardCharsets.US_ASCII);
    private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*";
    /** Sources with brackets deeper than this, or with more to replace, stay as they are: nobody writes them but to take memory. */
    private static final int MOST_OPEN = 10_000;

    private static final int MOST_EDITS = 100_000;
    private static final Pattern HINT = Pattern.compile("\\busing\\s+" + NAME + "\\s*(?:=|of\\b)");
    private static final Pattern DECLARATION =
            Pattern.compile("\\G[ \\t]+(" + NAME + ")\\s*(=(?![=>])|of(?![\\p{L}\\p{N}_$]))");
    private static final Pattern DECLARATOR = Pattern.compile("\\G\\s*" + NAME + "\\s*=(?![=>])");
    private static final Pattern NUMBERED = Pattern.compile("\\$using\\d{1,9}\\$");
    private static final Pattern GOES_ON = Pattern.compile("in(?:stanceof)?\\b");
    private static final Set<String> OPERATORS = Set.of("in", "instanceof", "of");
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
    private static final class Frame {
        final char open;
        final int start;
        boolean block;
        /** The parentheses of if, while, for and with: after them begins a statement. */
        boolean head;
        /** Where the word {@code for} ended, for its parentheses. */
        int afterFor = -1;

        boolean forAwait;
        boolean closesCall;
        /** The block's resources. */
        @Nullable
        String scope;

        boolean waits;
        /** How the declaration that is being read adds what it declares. */
        @Nullable
        String adds;

        Frame(char open, int start) {
            this.open = open;
            this.start = start;
        }
    }

    /** In place of so many characters at a place stands another text. */
    private record Edit(int at, int length, String text) {}

    private final String source;
    private final Kind kind;
    private final String name;
    private final List<Edit> edits = new ArrayList<>();
    private final Deque<Frame> open = new ArrayDeque<>();
    private final Frame top = new Frame('{', 0);
    private int scopes;
    private int at;
    private boolean newline;
    /** Whether what was read last ends an operand. */
    private boolean operand;

    private char last = ';';
    private String word = "";
    private String wordBefore = "";
    private int wordStart;

    private UsingDeclarations(String source, Kind kind) {
        this.source = source;
        this.kind = kind;
        this.name = freeName(source);
        open.push(top);
    }

    /** A name that the source does not use. */
    private static String freeName(String source) {
        Set<String> taken =
                NUMBERED.matcher(source).results().map(MatchResult::group).collect(Collectors.toSet());
        return IntStream.rangeClosed(0, taken.size())
                .mapToObj(i -> "$using" + i + "$")
                .filter(candidate -> !taken.contains(candidate))
                .findFirst()
                .orElseThrow();
    }

    /** The source as the engine can parse it; the same bytes where there is nothing to rewrite. */
    static byte[] rewrite(Bytes source, Kind kind) {
        byte[] bytes = source.array();
        if (!mentions(bytes)) {
            return bytes;
        }
        String text = source.utf8();
        String rewritten = rewrite(text, kind);
        return rewritten.equals(text) ? bytes : rewritten.getBytes(StandardCharsets.UTF_8);
    }

    /** As above. */
    static String rewrite(String source, Kind kind) {
        return HINT.matcher(source).find() ? new UsingDeclarations(source, kind).rewritten() : source;
    }

    private static boolean mentions(byte[] bytes) {
        for (int i = 0; i + WORD.length < bytes.length; i++) {
            int found = 0;
            while (found < WORD.length && bytes[i + found] == WORD[found]) {
                found++;
            }
            if (found == WORD.length) {
                return true;
            }
        }
        return false;
    }

    private String rewritten() {
        while (at < source.length()) {
            if (!token() || open.size() > MOST_OPEN || edits.size() > MOST_EDITS) {
                return source;
            }
        }
        if (edits.isEmpty() || open.size() != 1) {
            return source;
        }
        edits.add(new Edit(0, 0, "const " + name + "=globalThis[Symbol.for('skerry.module')]('using');"));
        close(top, source.length());
        // What is put somewhere goes before what is replaced there.
        edits.sort(Comparator.comparingInt(Edit::at).thenComparing(edit -> edit.length > 0));
        StringBuilder result = new StringBuilder(source.length() + 64 * edits.size());
        int done = 0;
        for (Edit edit : edits) {
            result.append(source, done, edit.at).append(edit.text);
            done = edit.at + edit.length;
        }
        return result.append(source, done, source.length()).toString();
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
        Frame frame = open.element();
        boolean begins = Character.isUnicodeIdentifierStart(c) || c == '$' || c == '_' || c == '\\';
        if (frame.adds != null && newline && operand && (begins || isDigit(c) || c == '"' || c == '\'' || c == '{')) {
            // A line that cannot go on with the one before: the declaration has ended.
            if (!GOES_ON.matcher(source).region(at, source.length()).lookingAt()) {
                frame.adds = null;
            }
        }
        if (begins) {
            word(frame);
            return true;
        }
        boolean property = last == '.' && word.isEmpty();
        String before = word;
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
            case '(' -> {
                Frame made = new Frame(c, at + 1);
                boolean await = before.equals("await") && wordBefore.equals("for");
                made.head = !property && (Set.of("if", "while", "for", "with").contains(before) || await);
                if (before.equals("for") || await) {
                    made.afterFor = await ? wordStart : wordStart + 3;
                    made.forAwait = await;
                }
                open.push(made);
            }
            case '[' -> open.push(new Frame(c, at + 1));
            case '{' -> {
                Frame made = new Frame(c, at + 1);
                made.block = !before.isEmpty()
                        ? operand || BEFORE_BLOCK.contains(before)
                        : last == ')' || last == '>' || last == ';' || last == '{' || last == '}' && !operand;
                open.push(made);
            }
            case ')', ']', '}' -> {
                if (open.size() == 1) {
                    return false;
                }
                open.pop();
                if (frame.open == '$') {
                    template(at + 1);
                    return true;
                }
                if (frame.closesCall) {
                    edits.add(new Edit(at, 0, ")"));
                }
                close(frame, at);
                at++;
                return seen(c, c == ')' ? !frame.head : c == ']' || !frame.block);
            }
            case ';' -> frame.adds = null;
            case ',' -> {
                Matcher declarator = DECLARATOR.matcher(source);
                if (frame.adds != null && declarator.find(at + 1)) {
                    edits.add(new Edit(declarator.end(), 0, frame.adds));
                }
            }
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

    private void word(Frame frame) {
        int start = at;
        while (at < source.length()
                && (Character.isUnicodeIdentifierPart(source.charAt(at))
                        || source.charAt(at) == '$'
                        || source.charAt(at) == '\\')) {
            at++;
        }
        String found = source.substring(start, at);
        boolean property = last == '.' && word.isEmpty();
        if (found.equals("using") && !property) {
            declaration(frame, start);
        }
        String before = word;
        seen('a', property || !BEFORE_OPERAND.contains(found) && !BEFORE_BLOCK.contains(found));
        word = property ? "" : found;
        wordBefore = before;
        wordStart = start;
    }

    private void declaration(Frame frame, int start) {
        Matcher declared = DECLARATION.matcher(source);
        if (!declared.find(at) || OPERATORS.contains(declared.group(1))) {
            return;
        }
        boolean waits = word.equals("await");
        int from = waits ? wordStart : start;
        if (declared.group(2).equals("of")) {
            if (frame.afterFor < 0 || !isBlank(frame.start, from)) {
                return;
            }
            boolean async = waits || frame.forAwait;
            // What an asynchronous generator gives is awaited, so it gives it in an array.
            edits.add(new Edit(
                    from,
                    declared.end(1) - from,
                    async ? "const [" + declared.group(1) + "]" : "const " + declared.group(1)));
            edits.add(new Edit(
                    declared.end(),
                    0,
                    async ? " " + name + ".eachAsync(" + frame.forAwait + "," + waits + "," : " " + name + ".each("));
            frame.closesCall = true;
            if (waits && !frame.forAwait) {
                edits.add(new Edit(frame.afterFor, 0, " await"));
            }
            return;
        }
        if (frame.open != '{' || frame == top && kind == Kind.SCRIPT) {
            return;
        }
        if (frame.scope == null) {
            frame.scope = name + ++scopes;
        }
        frame.waits |= waits;
        frame.adds = " " + frame.scope + (waits ? ".async=" : ".sync=");
        edits.add(new Edit(from, at - from, "const"));
        edits.add(new Edit(declared.end(), 0, frame.adds));
    }

    private boolean isBlank(int from, int to) {
        int i = from;
        while (i < to && Character.isWhitespace(source.charAt(i))) {
            i++;
        }
        return i == to;
    }

    /** The end of a block that may have resources. */
    private void close(Frame frame, int end) {
        String scope = frame.scope;
        if (scope == null) {
            return;
        }
        String ends = (frame.waits ? "await " : "") + scope + (frame.waits ? ".endAsync()" : ".end()");
        String begins = "const " + scope + "=" + name + ".scope();";
        if (frame == top && kind == Kind.MODULE) {
            // What a module imports and exports stands in no block.
            edits.add(new Edit(0, 0, begins));
            edits.add(new Edit(end, 0, "\n;" + ends + ";"));
        } else {
            edits.add(new Edit(frame.start, 0, begins + "try{"));
            edits.add(new Edit(
                    end, 0, (frame == top ? "\n" : "") + "}catch(e){" + scope + ".failed(e)}finally{" + ends + "}"));
        }
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
