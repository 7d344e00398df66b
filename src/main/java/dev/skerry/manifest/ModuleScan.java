package dev.skerry.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a JavaScript text imports, and in which format it is written: found by its tokens (ECMA-262, section 12), not by a parser. Comments,
 * strings, templates and regular expressions are passed over; whether a slash divides or begins a regular expression is told by the token before it, which
 * is right but for a few shapes nobody writes ({@code if (x) /re/.test(y)}); what is mistaken then is a text of odd quotes. Confined to one thread.
 */
final class ModuleScan {
    /** After these words an expression begins, so a slash begins a regular expression. */
    private static final Set<String> BEFORE_EXPRESSION = Set.of(
            "return",
            "typeof",
            "case",
            "in",
            "of",
            "delete",
            "void",
            "throw",
            "new",
            "instanceof",
            "do",
            "else",
            "await",
            "yield");

    private final String text;
    private final List<String> imports = new ArrayList<>();
    private final List<Integer> templates = new ArrayList<>();
    private int position;
    private int depth;
    private String previous = "";
    private boolean module;
    private boolean listens;

    private enum Expected {
        NOTHING,
        /** The next string is what an {@code import} or {@code export ... from} names. */
        SPECIFIER,
        /** Within {@code export {...}}: a {@code from} may follow the brace. */
        EXPORT_LIST,
        /** After the brace of an export list. */
        FROM
    }

    private Expected expected = Expected.NOTHING;

    private ModuleScan(String text) {
        this.text = text;
    }

    /**
     * What was found.
     *
     * @param imports the specifiers, in order, as they are written
     * @param module whether it imports or exports
     * @param listens whether it calls {@code addEventListener}
     */
    record Result(List<String> imports, boolean module, boolean listens) {
        Result {
            imports = List.copyOf(imports);
        }
    }

    static Result of(String text) {
        ModuleScan scan = new ModuleScan(text);
        while (scan.position < text.length()) {
            scan.token();
        }
        return new Result(scan.imports, scan.module, scan.listens);
    }

    private void token() {
        char c = text.charAt(position);
        if (Character.isWhitespace(c)) {
            position++;
        } else if (text.startsWith("//", position)) {
            skipTo("\n", position + 2);
        } else if (text.startsWith("/*", position)) {
            skipTo("*/", position + 2);
        } else if (c == '"' || c == '\'') {
            string(c);
        } else if (c == '`') {
            position++;
            template();
        } else if (c == '/' && expressionMayBegin()) {
            regularExpression();
        } else if (Character.isJavaIdentifierStart(c) || c == '#') {
            word();
        } else {
            punctuator(c);
        }
    }

    private void string(char quote) {
        int start = ++position;
        while (position < text.length() && text.charAt(position) != quote && text.charAt(position) != '\n') {
            position += text.charAt(position) == '\\' ? 2 : 1;
        }
        int end = Math.min(position, text.length());
        position = end + 1;
        if (expected == Expected.SPECIFIER) {
            imports.add(text.substring(start, end));
            expected = Expected.NOTHING;
        }
        previous = "\"";
    }

    /** To the end of the template, or of its text before a substitution, whose closing brace {@link #punctuator} meets. */
    private void template() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '`') {
                position++;
                previous = "\"";
                return;
            }
            if (text.startsWith("${", position)) {
                position += 2;
                templates.add(depth++);
                previous = "{";
                return;
            }
            position += c == '\\' ? 2 : 1;
        }
    }

    private void regularExpression() {
        boolean inClass = false;
        position++;
        while (position < text.length() && text.charAt(position) != '\n') {
            char c = text.charAt(position);
            if (c == '/' && !inClass) {
                break;
            }
            inClass = c == '[' || (inClass && c != ']');
            position += c == '\\' ? 2 : 1;
        }
        position++;
        previous = "\"";
    }

    private void word() {
        int start = position++;
        while (position < text.length() && Character.isJavaIdentifierPart(text.charAt(position))) {
            position++;
        }
        String word = text.substring(start, position);
        boolean property = previous.equals(".");
        previous = word;
        if (property) {
            return;
        }
        char next = peek();
        switch (word) {
            case "import" -> {
                if (next != ':') {
                    importing(next);
                }
            }
            case "export" -> {
                if (next != ':' && next != '(' && depth == 0) {
                    module = true;
                    expected = next == '*' ? Expected.SPECIFIER : next == '{' ? Expected.EXPORT_LIST : Expected.NOTHING;
                }
            }
            case "from" -> {
                if (expected == Expected.FROM) {
                    expected = Expected.SPECIFIER;
                }
            }
            case "addEventListener" -> listens |= next == '(';
            default -> endOfExportList();
        }
    }

    /** A declaration, {@code import.meta}, or a call, which scripts may make too. */
    private void importing(char next) {
        if (next == '(') {
            int open = text.indexOf('(', position);
            int argument = open + 1;
            while (argument < text.length() && Character.isWhitespace(text.charAt(argument))) {
                argument++;
            }
            if (argument < text.length() && "\"'".indexOf(text.charAt(argument)) >= 0) {
                expected = Expected.SPECIFIER;
            }
        } else if (next == '.') {
            module = true;
        } else if (depth == 0) {
            module = true;
            expected = Expected.SPECIFIER;
        }
    }

    private void punctuator(char c) {
        position++;
        previous = String.valueOf(c);
        if (c == '{') {
            depth++;
        } else if (c == '}') {
            depth--;
            if (!templates.isEmpty() && templates.getLast() == depth) {
                templates.removeLast();
                template();
            } else if (expected == Expected.EXPORT_LIST) {
                expected = Expected.FROM;
            }
        } else {
            endOfExportList();
        }
    }

    private void endOfExportList() {
        if (expected == Expected.FROM) {
            expected = Expected.NOTHING;
        }
    }

    private boolean expressionMayBegin() {
        if (previous.isEmpty() || BEFORE_EXPRESSION.contains(previous)) {
            return true;
        }
        char last = previous.charAt(previous.length() - 1);
        return !Character.isJavaIdentifierPart(last) && ")]}\"".indexOf(last) < 0;
    }

    /** The next character that is neither white space nor within a comment; a blank at the end. */
    private char peek() {
        int at = position;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                at = after("\n", at);
            } else if (text.startsWith("/*", at)) {
                at = after("*/", at + 2);
            } else {
                return text.charAt(at);
            }
        }
        return ' ';
    }

    private void skipTo(String end, int from) {
        position = after(end, from);
    }

    private int after(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
