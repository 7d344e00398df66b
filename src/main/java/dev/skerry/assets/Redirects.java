package dev.skerry.assets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of a {@code _redirects} file: a line {@code FROM TO [STATUS]} each, the first that matches, but those without splat and placeholder before
 * the others; status 200 serves another file in place. Immutable.
 */
final class Redirects {
    private static final Set<Integer> STATUSES = Set.of(200, 301, 302, 303, 307, 308);
    private static final int MOST_PLAIN = 2000;
    private static final int MOST_DYNAMIC = 100;
    private static final int LONGEST_LINE = 1000;

    private record Rule(PathPattern from, String to, int status) {}

    /** Where a request goes. */
    record Target(String to, int status) {}

    private final Map<String, Rule> plain = new HashMap<>();
    private final List<Rule> dynamic = new ArrayList<>();

    private Redirects() {}

    /** @throws IllegalArgumentException that names the line that is none */
    static Redirects parse(String text) {
        Redirects redirects = new Redirects();
        Set<String> seen = new HashSet<>();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    redirects.add(line, seen);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("Line " + (i + 1) + " of _redirects: " + e.getMessage(), e);
                }
            }
        }
        return redirects;
    }

    private void add(String line, Set<String> seen) {
        // A comment may follow.
        String[] words = line.replaceFirst("\\s+#.*", "").split("\\s+");
        if (words.length < 2 || words.length > 3 || line.length() > LONGEST_LINE) {
            throw new IllegalArgumentException(
                    "a redirect is FROM TO [STATUS], in at most " + LONGEST_LINE + " characters");
        }
        String from = words[0];
        String to = words[1];
        int status = words.length == 3 ? status(words[2]) : 302;
        if (!from.startsWith("/")) {
            throw new IllegalArgumentException("'" + from + "' is not a path; it begins with /");
        }
        if (!to.startsWith("/") && !to.matches("https?://.+")) {
            throw new IllegalArgumentException(
                    "'" + to + "' is neither a path nor an address; it begins with / or https://");
        }
        if (status == 200 && !to.startsWith("/")) {
            throw new IllegalArgumentException(
                    "status 200 serves another file of this version, so '" + to + "' is a path");
        }
        if (from.endsWith("/*") && to.matches("/index(\\.html)?")) {
            throw new IllegalArgumentException("'" + from
                    + "' would redirect for ever; set not_found_handling to single-page-application instead");
        }
        if (!seen.add(from)) {
            throw new IllegalArgumentException("'" + from + "' is redirected twice");
        }
        Rule rule = new Rule(PathPattern.of(from), to, status);
        if (rule.from().plain()) {
            plain.put(from, rule);
        } else {
            dynamic.add(rule);
        }
        if (plain.size() > MOST_PLAIN || dynamic.size() > MOST_DYNAMIC) {
            throw new IllegalArgumentException(
                    "there are more than " + MOST_PLAIN + " plain redirects, or " + MOST_DYNAMIC + " with * or :name");
        }
    }

    private static int status(String word) {
        int status = word.matches("\\d{3}") ? Integer.parseInt(word) : 0;
        if (!STATUSES.contains(status)) {
            throw new IllegalArgumentException("'" + word + "' is none of the statuses 200, 301, 302, 303, 307, 308");
        }
        return status;
    }

    Optional<Target> find(String host, String path) {
        Rule exact = plain.get(path);
        if (exact != null) {
            return Optional.of(new Target(exact.to(), exact.status()));
        }
        for (Rule rule : dynamic) {
            Optional<PathPattern.Match> match = rule.from().match(host, path);
            if (match.isPresent()) {
                return Optional.of(new Target(match.get().fill(rule.to()), rule.status()));
            }
        }
        return Optional.empty();
    }
}
