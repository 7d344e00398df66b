package dev.skerry.cache;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Cache-Control header: RFC 9111, 5.2. Names in lower case; a directive without a value has the empty one. Immutable. */
record Directives(Map<String, String> values) {
    private static final Pattern DIRECTIVE =
            Pattern.compile("([^\\s,=;\"]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|([^\\s,;\"]*)))?");

    Directives {
        values = Map.copyOf(values);
    }

    static Directives parse(String header) {
        Map<String, String> values = new HashMap<>();
        Matcher matcher = DIRECTIVE.matcher(header);
        while (matcher.find()) {
            String quoted = matcher.group(2);
            String plain = matcher.group(3);
            values.putIfAbsent(
                    matcher.group(1).toLowerCase(Locale.ROOT), quoted != null ? quoted : plain != null ? plain : "");
        }
        return new Directives(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Whether the whole response is for one user alone. */
    boolean isPrivate() {
        String headers = values.get("private");
        return headers != null && headers.isBlank();
    }

    /** Whether just this header is for one user alone. */
    boolean keepsPrivate(String header) {
        for (String name : values.getOrDefault("private", "").split(",")) {
            if (name.strip().equalsIgnoreCase(header)) {
                return true;
            }
        }
        return false;
    }

    /** A number of seconds; one that cannot be read is 0, so that the response is stale at once. */
    OptionalLong seconds(String name) {
        String value = values.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Math.max(0, Long.parseLong(value)));
        } catch (NumberFormatException e) {
            return OptionalLong.of(0);
        }
    }
}
