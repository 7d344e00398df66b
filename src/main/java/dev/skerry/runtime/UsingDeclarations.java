package dev.skerry.runtime;

import dev.skerry.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
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
 * <p>What a module imports and exports stands in no block, so the resources at its top are disposed of by its last line or, where it throws before, by
 * {@code js/using.js}, which sees that the line was not reached: when the module is no longer being evaluated or, where it awaits something, when an import of
 * itself has failed.
 *
 * <p>In place of {@code $using} stands such a name with a number that the source does not have. Lines stay what they are. The source is read by {@link JsTokens}
 * and not parsed: what is taken for a declaration is two names in one line, which nothing else can be; braces say where its block ends. Where a token was read
 * wrongly, the engine will not parse the result, as it would not have parsed the source. A declaration in the head of a {@code for(;;)} stays. Confined to one
 * call.
 */
final class UsingDeclarations implements JsTokens.Reader {
    /** What a source is, which says what may stand at its top. */
    sealed interface Kind {
        /** A module that can be imported under that name. */
        record Module(String name) implements Kind {}

        record Function() implements Kind {}

        record Script() implements Kind {}
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
    private static final Set<String> OPERATORS = Set.of("in", "instanceof", "of");

    /** What there is to dispose of in a block, or of the head of a loop. */
    static final class Uses {
        /** The block's resources. */
        @Nullable
        String scope;

        boolean waits;
        /** How the declaration that is being read adds what it declares. */
        @Nullable
        String adds;

        boolean closesCall;
    }

    /** In place of so many characters at a place stands another text. */
    private record Edit(int at, int length, String text) {}

    private final String source;
    private final Kind kind;
    private final String name;
    private final JsTokens tokens;
    private final List<Edit> edits = new ArrayList<>();
    private int scopes;
    /** Whether something may be awaited at the top. */
    private boolean awaits;

    private UsingDeclarations(String source, Kind kind) {
        this.source = source;
        this.kind = kind;
        this.name = freeName(source);
        this.tokens = new JsTokens(source, this);
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
        if (!tokens.read() || edits.isEmpty()) {
            return source;
        }
        edits.add(new Edit(0, 0, "const " + name + "=globalThis[Symbol.for('skerry.module')]('using');"));
        close(tokens.top(), source.length());
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

    @Override
    public boolean goesOn(int open) {
        return open <= MOST_OPEN && edits.size() <= MOST_EDITS;
    }

    @Override
    public void word(String word, int start) {
        if (word.equals("using")) {
            declaration(tokens.frame(), start);
        } else if (word.equals("await") && !tokens.inFunction()) {
            awaits = true;
        }
    }

    @Override
    public void comma() {
        Uses uses = tokens.frame().uses;
        if (uses == null || uses.adds == null) {
            return;
        }
        Matcher declarator = DECLARATOR.matcher(source);
        if (declarator.find(tokens.at() + 1)) {
            edits.add(new Edit(declarator.end(), 0, uses.adds));
        }
    }

    @Override
    public void statementEnds() {
        Uses uses = tokens.frame().uses;
        if (uses != null) {
            uses.adds = null;
        }
    }

    @Override
    public void closes(JsTokens.Frame frame, int end) {
        Uses uses = frame.uses;
        if (uses != null && uses.closesCall) {
            edits.add(new Edit(end, 0, ")"));
        }
        close(frame, end);
    }

    private void declaration(JsTokens.Frame frame, int start) {
        Matcher declared = DECLARATION.matcher(source);
        int at = tokens.at();
        if (!declared.find(at) || OPERATORS.contains(declared.group(1))) {
            return;
        }
        boolean waits = tokens.lastWord().equals("await");
        int from = waits ? tokens.lastWordStart() : start;
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
            uses(frame).closesCall = true;
            if (waits && !frame.forAwait) {
                edits.add(new Edit(frame.afterFor, 0, " await"));
            }
            return;
        }
        if (frame.open != '{' || frame == tokens.top() && kind instanceof Kind.Script) {
            return;
        }
        Uses uses = uses(frame);
        if (uses.scope == null) {
            uses.scope = name + ++scopes;
        }
        uses.waits |= waits;
        uses.adds = " " + uses.scope + (waits ? ".async=" : ".sync=");
        edits.add(new Edit(from, at - from, "const"));
        edits.add(new Edit(declared.end(), 0, uses.adds));
    }

    private static Uses uses(JsTokens.Frame frame) {
        Uses uses = frame.uses;
        if (uses == null) {
            uses = frame.uses = new Uses();
        }
        return uses;
    }

    private boolean isBlank(int from, int to) {
        int i = from;
        while (i < to && Character.isWhitespace(source.charAt(i))) {
            i++;
        }
        return i == to;
    }

    /** The end of a block that may have resources. */
    private void close(JsTokens.Frame frame, int end) {
        Uses uses = frame.uses;
        if (uses == null || uses.scope == null) {
            return;
        }
        String scope = uses.scope;
        String ends = (uses.waits ? "await " : "") + scope + (uses.waits ? ".endAsync()" : ".end()");
        String begins = "const " + scope + "=" + name;
        if (frame == tokens.top() && kind instanceof Kind.Module(String imported)) {
            String itself = awaits ? "import(" + PlainBindings.quote(imported) + ")" : "";
            edits.add(new Edit(0, 0, begins + ".moduleScope(" + itself + ");"));
            edits.add(new Edit(end, 0, "\n;" + ends + ";"));
        } else {
            edits.add(new Edit(frame.start, 0, begins + ".scope();try{"));
            edits.add(new Edit(
                    end,
                    0,
                    (frame == tokens.top() ? "\n" : "") + "}catch(e){" + scope + ".failed(e)}finally{" + ends + "}"));
        }
    }
}
