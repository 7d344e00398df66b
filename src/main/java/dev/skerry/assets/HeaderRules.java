package dev.skerry.assets;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The rules of a {@code _headers} file: a line with a pattern, then lines {@code Name: value} that set a header, and {@code ! Name} that take one away.
 * All rules that match apply, in their order; a header that two of them set has both values. Immutable.
 */
final class HeaderRules {
    private static final int MOST = 100;
    private static final int LONGEST_LINE = 2000;

    private record Rule(PathPattern pattern, List<String> unset, List<Map.Entry<String, String>> set) {}

    private final List<Rule> rules = new ArrayList<>();

    private HeaderRules() {}

    /** @throws IllegalArgumentException that names the line that is none */
    static HeaderRules parse(String text) {
        HeaderRules parsed = new HeaderRules();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    parsed.add(line);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("Line " + (i + 1) + " of _headers: " + e.getMessage(), e);
                }
            }
        }
        return parsed;
    }

    private void add(String line) {
        if (line.length() > LONGEST_LINE) {
            throw new IllegalArgumentException("it has more than " + LONGEST_LINE + " characters");
        }
        if (line.matches("(/|https?://).*")) {
            if (rules.size() == MOST) {
                throw new IllegalArgumentException("there are more than " + MOST + " patterns");
            }
            rules.add(new Rule(PathPattern.of(line), new ArrayList<>(), new ArrayList<>()));
            return;
        }
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("a pattern such as /images/* comes before the headers");
        }
        Rule rule = rules.getLast();
        if (line.startsWith("!")) {
            rule.unset().add(name(line.substring(1).strip()));
            return;
        }
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "'" + line + "' is neither a pattern, which begins with /, nor 'Name: value'");
        }
        rule.set()
                .add(Map.entry(
                        name(line.substring(0, colon).strip()),
                        line.substring(colon + 1).strip()));
    }

    private static String name(String name) {
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw new IllegalArgumentException("'" + name + "' cannot be a header's name");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /** Applies the rules for an address to a list of headers. */
    void apply(String host, String path, List<Map.Entry<String, String>> headers) {
        Set<String> mine = new HashSet<>();
        for (Rule rule : rules) {
            rule.pattern().match(host, path).ifPresent(match -> {
                headers.removeIf(header -> rule.unset().contains(header.getKey()));
                for (Map.Entry<String, String> header : rule.set()) {
                    if (mine.add(header.getKey())) {
                        headers.removeIf(old -> old.getKey().equals(header.getKey()));
                    }
                    headers.add(Map.entry(header.getKey(), match.fill(header.getValue())));
                }
            });
        }
    }
}
