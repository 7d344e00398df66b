package dev.skerry.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A list of headers as one string, the form in which they cross between Java and an isolate and between isolates: each header is
 * {@code "\nname:value"}, the name in lower case; neither part holds a line feed. The guest half ({@code js/headers.js}) searches in the string
 * and never parses it as a whole. The empty string is the empty list. Thread-safe: functions alone.
 */
public final class HeaderLines {
    private HeaderLines() {}

    /** The list of these headers, in their order; values as HTTP decodes them, one character a byte. */
    public static String of(Iterable<? extends Map.Entry<String, String>> headers) {
        StringBuilder lines = new StringBuilder(512);
        for (Map.Entry<String, String> header : headers) {
            append(lines, header.getKey(), header.getValue());
        }
        return lines.toString();
    }

    /** Adds one header to a list that is being built; the name in any case. */
    public static void append(StringBuilder lines, String name, String value) {
        lines.append('\n');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            lines.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        lines.append(':').append(value);
    }

    /**
     * Gives name and value of each header to {@code each}, in their order.
     *
     * @throws GuestError TypeError when a worker made the string otherwise than {@code js/headers.js} does: a header without a name, or with
     *     a carriage return or NUL, which would forge others on the wire
     */
    public static void forEach(String lines, BiConsumer<String, String> each) {
        if (lines.indexOf('\r') >= 0 || lines.indexOf('\0') >= 0) {
            throw GuestError.type("A header holds a carriage return or a NUL character; remove it from the value.");
        }
        int start = 1;
        while (start < lines.length()) {
            int end = lines.indexOf('\n', start);
            if (end < 0) {
                end = lines.length();
            }
            int colon = lines.indexOf(':', start);
            if (colon <= start || colon > end) {
                throw GuestError.type("A header has no name.");
            }
            each.accept(lines.substring(start, colon), lines.substring(colon + 1, end));
            start = end + 1;
        }
    }

    /** The headers in their order. As {@link #forEach}. */
    public static List<Map.Entry<String, String>> toList(String lines) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        forEach(lines, (name, value) -> headers.add(Map.entry(name, value)));
        return headers;
    }
}
