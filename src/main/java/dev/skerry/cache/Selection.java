package dev.skerry.cache;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request gets of a kept response: all of it, a part (Range), or that it has it already (If-None-Match, If-Modified-Since). RFC 9110, 13 and
 * 14. Immutable.
 *
 * @param from the first byte of the body
 * @param to the byte after the last
 */
record Selection(int status, String statusText, String headers, int from, int to) {
    private static final Pattern RANGE = Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})");

    static Selection of(Entry entry, String request, long now) {
        int length = entry.body().size();
        String headers = headers(entry, now);
        if (entry.status() == 200 && notModified(entry.headers(), request)) {
            return new Selection(304, "Not Modified", Headers.without(headers, "content-length"), 0, 0);
        }
        // A part of what is coded cannot be read, and not every client takes the coding.
        if (entry.status() == 200 && entry.coding().isEmpty()) {
            Matcher range =
                    RANGE.matcher(Headers.value(request, "range").orElse("").strip());
            if (range.matches() && stillTheSame(entry.headers(), request)) {
                return part(headers, range.group(1), range.group(2), length)
                        .orElseGet(() -> whole(entry, headers, length));
            }
        }
        return whole(entry, headers, length);
    }

    private static String headers(Entry entry, long now) {
        return Headers.with(
                Headers.with(entry.headers(), "cf-cache-status", "HIT"),
                "age",
                Long.toString(Math.max(0, (now - entry.storedAt()) / 1000)));
    }

    private static Selection whole(Entry entry, String headers, int length) {
        return new Selection(entry.status(), entry.statusText(), headers, 0, length);
    }

    /** Empty when the range says nothing. */
    private static Optional<Selection> part(String headers, String first, String last, int length) {
        if (first.isEmpty() && last.isEmpty()) {
            return Optional.empty();
        }
        long from = first.isEmpty() ? Math.max(0, length - Long.parseLong(last)) : Long.parseLong(first);
        long to = first.isEmpty() || last.isEmpty() ? length : Math.min(length, Long.parseLong(last) + 1);
        if (!first.isEmpty() && !last.isEmpty() && Long.parseLong(last) < from) {
            return Optional.empty();
        }
        if (from >= length || to <= from) {
            String none =
                    Headers.with(Headers.without(headers, "content-length"), "content-range", "bytes */" + length);
            return Optional.of(new Selection(416, "Range Not Satisfiable", none, 0, 0));
        }
        String some = Headers.with(headers, "content-range", "bytes " + from + "-" + (to - 1) + "/" + length);
        some = Headers.with(some, "content-length", Long.toString(to - from));
        return Optional.of(new Selection(206, "Partial Content", some, (int) from, (int) to));
    }

    private static boolean notModified(String headers, String request) {
        Optional<String> match = Headers.value(request, "if-none-match");
        if (match.isPresent()) {
            Optional<String> tag = Headers.value(headers, "etag");
            for (String wanted : match.get().split(",")) {
                String one = wanted.strip();
                if (one.equals("*") || tag.isPresent() && weak(one).equals(weak(tag.get()))) {
                    return true;
                }
            }
            return false;
        }
        Optional<Long> since = Headers.value(request, "if-modified-since").flatMap(HttpDate::parse);
        Optional<Long> modified = Headers.value(headers, "last-modified").flatMap(HttpDate::parse);
        return since.isPresent() && modified.isPresent() && modified.get() <= since.get();
    }

    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** Whether If-Range, where it is there, lets a part be sent. */
    private static boolean stillTheSame(String headers, String request) {
        Optional<String> expected = Headers.value(request, "if-range");
        return expected.isEmpty()
                || expected.equals(Headers.value(headers, "etag"))
                || expected.equals(Headers.value(headers, "last-modified"));
    }
}
