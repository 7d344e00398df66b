package dev.skerry.webapi.html;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a doctype says: https://html.spec.whatwg.org/multipage/parsing.html#doctype-state. Null for what it does not. Immutable. */
record Doctype(
        @Nullable String name,
        @Nullable String publicId,
        @Nullable String systemId) {
    /** What comes later in a doctype is not looked at. */
    private static final int LONGEST = 512;

    private static final Pattern FORM = Pattern.compile(
            "\\s*([^\\s>]+)?(?:\\s+(?:(?i:public)\\s*(\"[^\"]*\"?|'[^']*'?)\\s*(\"[^\"]*\"?|'[^']*'?)?|(?i:system)\\s*(\"[^\"]*\"?|'[^']*'?)))?.*",
            Pattern.DOTALL);

    /** @param content what stands between {@code <!DOCTYPE} and {@code >} */
    static Doctype of(String content) {
        Matcher matcher = FORM.matcher(content.length() > LONGEST ? content.substring(0, LONGEST) : content);
        if (!matcher.matches()) {
            return new Doctype(null, null, null);
        }
        String name = matcher.group(1);
        String system = matcher.group(3) == null ? matcher.group(4) : matcher.group(3);
        return new Doctype(
                name == null ? null : name.toLowerCase(Locale.ROOT), unquoted(matcher.group(2)), unquoted(system));
    }

    private static @Nullable String unquoted(@Nullable String quoted) {
        if (quoted == null) {
            return null;
        }
        boolean closed = quoted.length() > 1 && quoted.charAt(quoted.length() - 1) == quoted.charAt(0);
        return quoted.substring(1, quoted.length() - (closed ? 1 : 0));
    }
}
