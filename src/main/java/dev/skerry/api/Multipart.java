package dev.skerry.api;

import dev.skerry.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@code multipart/form-data} body (RFC 7578) that is in memory as a whole. Stateless. */
public final class Multipart {
    private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};

    /** One part, as its headers name it. Immutable. */
    public record Part(String name, Optional<String> filename, Optional<String> contentType, Bytes content) {}

    private Multipart() {}

    /** Whether a content type announces such a body. */
    public static boolean announced(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** @throws ApiException when it is none */
    public static List<Part> parse(byte[] body, @Nullable String contentType) {
        if (contentType == null || !announced(contentType)) {
            throw malformed("its content type is '" + contentType + "'");
        }
        String boundary = parameter(contentType, "boundary")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> malformed("its content type has no boundary"));
        byte[] first = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        byte[] delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        int position = find(body, first, 0);
        if (position < 0) {
            throw malformed("the boundary '" + boundary + "' is not in it");
        }
        position += first.length;
        while (!(at(body, position, '-') && at(body, position + 1, '-'))) {
            position = endOfLine(body, position);
            // A part without headers begins with the empty line itself.
            int headersEnd = find(body, END_OF_HEADERS, position - 2);
            int end = headersEnd < 0 ? -1 : find(body, delimiter, headersEnd + 2);
            if (end < 0) {
                throw malformed("it ends in the middle of a part");
            }
            String headers = headersEnd < position
                    ? ""
                    : new String(body, position, headersEnd - position, StandardCharsets.UTF_8);
            int start = headersEnd + END_OF_HEADERS.length;
            parts.add(part(headers, Bytes.wrap(Arrays.copyOfRange(body, Math.min(start, end), end))));
            position = end + delimiter.length;
        }
        return parts;
    }

    private static Part part(String headers, Bytes content) {
        String disposition = "";
        Optional<String> type = Optional.empty();
        for (String line : headers.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String value = line.substring(colon + 1).strip();
                switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                    case "content-disposition" -> disposition = value;
                    case "content-type" -> type = Optional.of(value);
                    default -> {}
                }
            }
        }
        String name = parameter(disposition, "name").orElseThrow(() -> malformed("a part has no name"));
        return new Part(name, parameter(disposition, "filename"), type, content);
    }

    /** The value of {@code ; NAME=value} or {@code ; NAME="value"}; browsers and clients write quotes in names as {@code %22}. */
    private static Optional<String> parameter(String header, String name) {
        int position = header.indexOf(';');
        while (position >= 0) {
            int equals = header.indexOf('=', position);
            if (equals < 0) {
                return Optional.empty();
            }
            String key = header.substring(position + 1, equals).strip();
            boolean quoted = at(header, equals + 1, '"');
            int start = equals + (quoted ? 2 : 1);
            int end = header.indexOf(quoted ? '"' : ';', start);
            if (end < 0) {
                end = header.length();
            }
            if (key.equalsIgnoreCase(name)) {
                String value = header.substring(start, end);
                return Optional.of(
                        quoted ? value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n") : value.strip());
            }
            position = header.indexOf(';', end);
        }
        return Optional.empty();
    }

    private static int endOfLine(byte[] body, int position) {
        int here = position;
        while (at(body, here, ' ') || at(body, here, '\t')) {
            here++;
        }
        if (!at(body, here, '\r') || !at(body, here + 1, '\n')) {
            throw malformed("a boundary is followed by something else than the end of the line");
        }
        return here + 2;
    }

    private static boolean at(byte[] bytes, int index, char expected) {
        return index < bytes.length && bytes[index] == expected;
    }

    private static boolean at(String text, int index, char expected) {
        return index < text.length() && text.charAt(index) == expected;
    }

    private static int find(byte[] body, byte[] what, int from) {
        for (int i = Math.max(from, 0); i <= body.length - what.length; i++) {
            if (body[i] == what[0] && Arrays.equals(body, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }

    private static ApiException malformed(String why) {
        return new ApiException(ErrorCode.BODY_UNREADABLE, "The body is not multipart/form-data: " + why);
    }
}
