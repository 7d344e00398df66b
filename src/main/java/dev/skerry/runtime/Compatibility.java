package dev.skerry.runtime;

import dev.skerry.model.VersionSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of <a href="https://developers.cloudflare.com/workers/configuration/compatibility-flags/">Cloudflare's compatibility flags</a> a version has: those
 * that it names, and those that its date brings, but for what it names with {@code no_} or {@code disable_}. Immutable.
 */
final class Compatibility {
    private static final String NODE = "nodejs_compat";

    /** When a flag comes by itself: a date, or {@code never}. */
    private record Rule(String flag, String since, boolean node) {
        static Rule of(String line) {
            String[] words = line.split(" ", -1);
            return new Rule(words[0], words[1], words.length > 2);
        }
    }

    private static final List<Rule> RULES = read();

    private final Set<String> named;
    private final String date;
    private final boolean node;

    Compatibility(VersionSpec spec) {
        this.named = Set.copyOf(spec.compatibilityFlags());
        this.date = spec.compatibilityDate();
        this.node = named.contains(NODE) || named.contains("nodejs_compat_v2") || byRule(NODE);
    }

    private static List<Rule> read() {
        try (InputStream in = Compatibility.class.getResourceAsStream("/js/compatibility-flags.txt")) {
            if (in == null) {
                throw new IllegalStateException("The program has no js/compatibility-flags.txt");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Rule::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it has the modules and globals of Node. */
    boolean node() {
        return node;
    }

    /** Whether a flag of the list is on. */
    boolean has(String flag) {
        return flag.equals(NODE) ? node : byRule(flag);
    }

    private boolean byRule(String flag) {
        return RULES.stream().anyMatch(rule -> rule.flag().equals(flag) && on(rule));
    }

    private boolean on(Rule rule) {
        String flag = rule.flag();
        if (named.contains(flag)) {
            return true;
        }
        return !named.contains("no_" + flag)
                && !named.contains("disable_" + flag)
                && !named.contains(flag.replaceFirst("^enable_", "disable_"))
                && !named.contains(flag.replaceFirst("^allow_", "disallow_"))
                && !named.contains(flag.replaceFirst("^nodejs_compat_populate", "nodejs_compat_do_not_populate"))
                && date.compareTo(rule.since()) >= 0
                && (!rule.node() || node);
    }

    /** All flags of the list, and whether they are on. */
    Map<String, Boolean> flags() {
        Map<String, Boolean> flags = new LinkedHashMap<>();
        RULES.forEach(rule -> flags.put(rule.flag(), has(rule.flag())));
        return flags;
    }
}
