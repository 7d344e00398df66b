package dev.skerry.webapi.html;

import dev.skerry.binding.GuestError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads selectors: https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/#selectors. They are types, {@code *}, classes, ids, attributes,
 * {@code :nth-child()}, {@code :first-child}, {@code :nth-of-type()}, {@code :first-of-type}, {@code :not()}, descendants and children, and lists of them.
 * Confined to one thread.
 */
final class Selectors {
    private static final int LONGEST = 4096;
    private static final int DEEPEST = 8;
    private static final Pattern FORMULA =
            Pattern.compile("([+-]?\\d{0,8})n(?:\\s*([+-])\\s*(\\d{1,8}))?|([+-]?\\d{1,8})");

    /** Whose values are compared in any case: https://html.spec.whatwg.org/multipage/semantics-other.html#case-sensitivity-of-selectors */
    private static final Set<String> IN_ANY_CASE = Set.of(
            ("accept accept-charset align alink axis bgcolor charset checked clear codetype color compact declare defer dir direction disabled"
                            + " enctype face frame hreflang http-equiv lang language link media method multiple nohref noresize noshade nowrap"
                            + " readonly rel rev rules scope scrolling selected shape target text type valign valuetype vlink")
                    .split(" ", -1));

    private final String text;
    private int at;
    private int depth;

    private Selectors(String text) {
        this.text = text;
    }

    /**
     * A selector as the list of its alternatives, each a chain of compounds from the outermost element in.
     *
     * @throws GuestError a TypeError that names what is not understood
     */
    static List<List<Compound>> parse(String text) {
        if (text.length() > LONGEST) {
            throw GuestError.type("Parser error: The selector has more than " + LONGEST + " characters.");
        }
        return new Selectors(text).list();
    }

    private List<List<Compound>> list() {
        List<List<Compound>> alternatives = new ArrayList<>();
        do {
            alternatives.add(chain());
        } while (accept(','));
        if (at < text.length()) {
            throw unexpected();
        }
        return alternatives;
    }

    private List<Compound> chain() {
        List<Compound> chain = new ArrayList<>();
        boolean child = false;
        while (true) {
            space();
            chain.add(compound(child));
            boolean spaced = space();
            if (at == text.length() || text.charAt(at) == ',') {
                return chain;
            }
            child = accept('>');
            if (!child && !spaced) {
                throw unexpected();
            }
            if (!child && (text.charAt(at) == '+' || text.charAt(at) == '~')) {
                throw GuestError.type("Parser error: Unsupported combinator `" + text.charAt(at) + "` in selector.");
            }
        }
    }

    private Compound compound(boolean child) {
        int start = at;
        String type = null;
        if (!accept('*') && isName(peek())) {
            type = name().toLowerCase(Locale.ROOT);
        }
        if (peek() == '|') {
            throw GuestError.type("Parser error: Selectors with explicit namespaces are not supported.");
        }
        List<Condition> conditions = new ArrayList<>();
        while (true) {
            switch (peek()) {
                case '#' -> {
                    at++;
                    conditions.add(new Condition.Attribute("id", '=', name(), false));
                }
                case '.' -> {
                    at++;
                    conditions.add(new Condition.Attribute("class", '~', name(), false));
                }
                case '[' -> conditions.add(attribute());
                case ':' -> conditions.add(pseudoClass());
                default -> {
                    if (at == start) {
                        throw unexpected();
                    }
                    return new Compound(child, type, List.copyOf(conditions));
                }
            }
        }
    }

    private Condition attribute() {
        at++;
        space();
        String name = name().toLowerCase(Locale.ROOT);
        space();
        if (accept(']')) {
            return new Condition.Attribute(name, ' ', "", false);
        }
        char operator = peek();
        if (operator != '=') {
            if ("~|^$*".indexOf(operator) < 0) {
                throw unexpected();
            }
            at++;
        }
        expect('=');
        space();
        String value = peek() == '"' || peek() == '\'' ? quoted() : name();
        space();
        int flag = Tokenizer.lower(peek());
        boolean anyCase = flag == 'i' || flag != 's' && IN_ANY_CASE.contains(name);
        if (flag == 'i' || flag == 's') {
            at++;
            space();
        }
        expect(']');
        return new Condition.Attribute(name, operator, anyCase ? value.toLowerCase(Locale.ROOT) : value, anyCase);
    }

    private Condition pseudoClass() {
        at++;
        if (peek() == ':') {
            throw unsupported();
        }
        String name = name().toLowerCase(Locale.ROOT);
        switch (name) {
            case "first-child" -> {
                return new Condition.Nth(0, 1, false);
            }
            case "first-of-type" -> {
                return new Condition.Nth(0, 1, true);
            }
            case "nth-child", "nth-of-type" -> {
                expect('(');
                int close = text.indexOf(')', at);
                if (close < 0) {
                    throw unexpected();
                }
                Condition nth = nth(text.substring(at, close), name.equals("nth-of-type"));
                at = close + 1;
                return nth;
            }
            case "not" -> {
                expect('(');
                if (++depth > DEEPEST) {
                    throw unsupported();
                }
                List<Compound> none = new ArrayList<>();
                do {
                    space();
                    none.add(compound(false));
                    space();
                } while (accept(','));
                expect(')');
                depth--;
                return new Condition.Not(none);
            }
            default -> throw unsupported();
        }
    }

    /** {@code odd}, {@code even}, {@code 3}, {@code 2n+1}: https://drafts.csswg.org/css-syntax-3/#anb-microsyntax */
    private static Condition nth(String formula, boolean ofType) {
        String plain = formula.strip().toLowerCase(Locale.ROOT);
        if (plain.equals("odd")) {
            return new Condition.Nth(2, 1, ofType);
        }
        if (plain.equals("even")) {
            return new Condition.Nth(2, 0, ofType);
        }
        Matcher matcher = FORMULA.matcher(plain);
        if (!matcher.matches()) {
            throw GuestError.type("Parser error: `" + formula.strip() + "` is not of the form an+b.");
        }
        if (matcher.group(4) != null) {
            return new Condition.Nth(0, Integer.parseInt(matcher.group(4)), ofType);
        }
        String factor = matcher.group(1);
        int step = switch (factor) {
            case "", "+" -> 1;
            case "-" -> -1;
            default -> Integer.parseInt(factor);
        };
        int offset = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(2) + matcher.group(3));
        return new Condition.Nth(step, offset, ofType);
    }

    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            character(value);
        }
        expect(quote);
        return value.toString();
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        if (Character.isDigit(peek())) {
            throw unexpected();
        }
        while (isName(peek())) {
            character(name);
        }
        if (name.isEmpty()) {
            throw unexpected();
        }
        return name.toString();
    }

    /** A character, or an escaped one: https://drafts.csswg.org/css-syntax-3/#consume-escaped-code-point */
    private void character(StringBuilder to) {
        char c = text.charAt(at++);
        if (c != '\\' || at == text.length()) {
            to.append(c);
            return;
        }
        int start = at;
        while (at < text.length() && at - start < 6 && Character.digit(text.charAt(at), 16) >= 0) {
            at++;
        }
        if (at == start) {
            to.append(text.charAt(at++));
            return;
        }
        int code = Integer.parseInt(text.substring(start, at), 16);
        to.appendCodePoint(code == 0 || code > Character.MAX_CODE_POINT ? 0xFFFD : code);
        if (at < text.length() && Tokenizer.isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isName(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '\\' || c >= 0x80;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean accept(char c) {
        if (peek() == c && at < text.length()) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw unexpected();
        }
    }

    private boolean space() {
        int start = at;
        while (at < text.length() && Tokenizer.isSpace(text.charAt(at))) {
            at++;
        }
        return at > start;
    }

    private GuestError unexpected() {
        return GuestError.type(
                at >= text.length()
                        ? text.isBlank()
                                ? "Parser error: The selector is empty."
                                : "Parser error: Unexpected end of selector."
                        : "Parser error: Unexpected `" + text.charAt(at) + "` at character " + (at + 1)
                                + " of the selector.");
    }

    private static GuestError unsupported() {
        return GuestError.type("Parser error: Unsupported pseudo-class or pseudo-element in selector.");
    }

    /** What one element must be. {@code child}: of the element that the compound before stands for; else any descendant of it. */
    record Compound(boolean child, @Nullable String type, List<Condition> conditions) {
        boolean matches(String name, Tag tag, int child, int ofType) {
            if (type != null && !type.equals(name)) {
                return false;
            }
            for (Condition condition : conditions) {
                if (!condition.matches(name, tag, child, ofType)) {
                    return false;
                }
            }
            return true;
        }

        boolean countsTypes() {
            return conditions.stream().anyMatch(condition -> switch (condition) {
                case Condition.Nth nth -> nth.ofType();
                case Condition.Not not -> not.none().stream().anyMatch(Compound::countsTypes);
                case Condition.Attribute attribute -> false;
            });
        }
    }

    /** A part of a compound. */
    sealed interface Condition {
        /**
         * Whether an element fulfils it.
         *
         * @param child its number among its siblings, from 1
         * @param ofType its number among its siblings of the same name
         */
        boolean matches(String name, Tag tag, int child, int ofType);

        /** {@code operator} is {@code =}, the character before it, or a space when it only has to be there. */
        record Attribute(String name, char operator, String value, boolean anyCase) implements Condition {
            @Override
            public boolean matches(String element, Tag tag, int child, int ofType) {
                String written = tag.attribute(name);
                if (written == null) {
                    return false;
                }
                String actual = anyCase ? written.toLowerCase(Locale.ROOT) : written;
                return switch (operator) {
                    case ' ' -> true;
                    case '=' -> actual.equals(value);
                    case '~' -> hasWord(actual);
                    case '|' -> actual.equals(value) || actual.startsWith(value + "-");
                    case '^' -> !value.isEmpty() && actual.startsWith(value);
                    case '$' -> !value.isEmpty() && actual.endsWith(value);
                    default -> !value.isEmpty() && actual.contains(value);
                };
            }

            private boolean hasWord(String actual) {
                for (int i = actual.indexOf(value); i >= 0 && !value.isEmpty(); i = actual.indexOf(value, i + 1)) {
                    int end = i + value.length();
                    if ((i == 0 || Tokenizer.isSpace(actual.charAt(i - 1)))
                            && (end == actual.length() || Tokenizer.isSpace(actual.charAt(end)))) {
                        return true;
                    }
                }
                return false;
            }
        }

        record Nth(int step, int offset, boolean ofType) implements Condition {
            @Override
            public boolean matches(String name, Tag tag, int child, int ofSameType) {
                int distance = (ofType ? ofSameType : child) - offset;
                return step == 0 ? distance == 0 : distance % step == 0 && distance / step >= 0;
            }
        }

        record Not(List<Compound> none) implements Condition {
            public Not {
                none = List.copyOf(none);
            }

            @Override
            public boolean matches(String name, Tag tag, int child, int ofType) {
                return none.stream().noneMatch(compound -> compound.matches(name, tag, child, ofType));
            }
        }
    }
}
