package dev.skerry.cache;

import java.util.Optional;

/** Reads and edits lists of headers ({@link dev.skerry.binding.HeaderLines}); names in lower case. Functions alone. */
final class Headers {
    private Headers() {}

    /** The values of a header, a comma between them. */
    static Optional<String> value(String lines, String name) {
        String key = "\n" + name + ":";
        int at = lines.indexOf(key);
        if (at < 0) {
            return Optional.empty();
        }
        StringBuilder all = new StringBuilder();
        while (at >= 0) {
            int start = at + key.length();
            int end = lines.indexOf('\n', start);
            if (!all.isEmpty()) {
                all.append(", ");
            }
            all.append(lines, start, end < 0 ? lines.length() : end);
            at = end < 0 ? -1 : lines.indexOf(key, end);
        }
        return Optional.of(all.toString());
    }

    static boolean has(String lines, String name) {
        return lines.contains("\n" + name + ":");
    }

    static String without(String lines, String name) {
        String key = "\n" + name + ":";
        String left = lines;
        for (int at = left.indexOf(key); at >= 0; at = left.indexOf(key)) {
            int end = left.indexOf('\n', at + 1);
            left = left.substring(0, at) + (end < 0 ? "" : left.substring(end));
        }
        return left;
    }

    static String with(String lines, String name, String value) {
        return without(lines, name) + "\n" + name + ":" + value;
    }
}
