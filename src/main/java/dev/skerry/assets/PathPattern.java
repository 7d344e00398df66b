package dev.skerry.assets;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of {@code _redirects} and {@code _headers}: a path, or a whole address, in which {@code *} is anything (the splat) and {@code :name} one part of
 * the path or of the host's name. Immutable.
 */
final class PathPattern {
    private static final Pattern SPECIAL = Pattern.compile("\\*|:[A-Za-z]\\w*");
    private static final Pattern ADDRESS = Pattern.compile("https?://([^/]*)(.*)");

    private final Pattern pattern;
    private final boolean address;
    private final boolean plain;

    private PathPattern(Pattern pattern, boolean address, boolean plain) {
        this.pattern = pattern;
        this.address = address;
        this.plain = plain;
    }

    /** @throws IllegalArgumentException when it begins with neither a slash nor a scheme, or has two splats or two placeholders of one name */
    static PathPattern of(String text) {
        Matcher whole = ADDRESS.matcher(text);
        boolean address = whole.matches();
        if (!address && !text.startsWith("/")) {
            throw new IllegalArgumentException("'" + text + "' begins with neither / nor https://");
        }
        Map<String, String> seen = new LinkedHashMap<>();
        String regex = address
                ? regex(whole.group(1), "[^/.]+", seen)
                        + regex(whole.group(2).isEmpty() ? "/" : whole.group(2), "[^/]+", seen)
                : regex(text, "[^/]+", seen);
        return new PathPattern(Pattern.compile(regex), address, seen.isEmpty());
    }

    private static String regex(String text, String part, Map<String, String> seen) {
        StringBuilder regex = new StringBuilder();
        Matcher special = SPECIAL.matcher(text);
        int position = 0;
        while (special.find()) {
            String name =
                    special.group().equals("*") ? "splat" : special.group().substring(1);
            if (seen.put(name, "") != null) {
                throw new IllegalArgumentException("'" + text + "' has " + special.group() + " twice");
            }
            regex.append(Pattern.quote(text.substring(position, special.start())))
                    .append("(?<")
                    .append(group(name))
                    .append('>')
                    .append(name.equals("splat") ? ".*" : part)
                    .append(')');
            position = special.end();
        }
        return regex.append(Pattern.quote(text.substring(position))).toString();
    }

    /** Names of groups have letters and digits alone, and begin with a letter. */
    private static String group(String name) {
        return "n" + java.util.HexFormat.of().formatHex(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Whether it has neither a splat nor a placeholder. */
    boolean plain() {
        return plain;
    }

    /** What the placeholders stand for, where the pattern matches; {@code :name} in another text is replaced by {@link Match#fill}. */
    Optional<Match> match(String host, String path) {
        Matcher matcher = pattern.matcher(address ? host + path : path);
        return matcher.matches() ? Optional.of(new Match(matcher)) : Optional.empty();
    }

    /** A match. Confined to one thread. */
    record Match(Matcher matcher) {
        /** The text with each {@code :name} of the pattern replaced. */
        String fill(String text) {
            return SPECIAL.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group())));
        }

        private String value(String placeholder) {
            if (placeholder.equals("*")) {
                return placeholder;
            }
            try {
                return matcher.group(group(placeholder.substring(1)));
            } catch (IllegalArgumentException e) {
                // Not one of the pattern's: it is text, as a port is.
                return placeholder;
            }
        }
    }
}
