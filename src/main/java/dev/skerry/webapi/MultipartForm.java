package dev.skerry.webapi;

import dev.skerry.binding.GuestError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes multipart/form-data apart (RFC 7578, and what https://fetch.spec.whatwg.org/#dom-body-formdata asks of it). Confined to the thread that parses.
 */
final class MultipartForm {
    private static final Pattern NAME =
            Pattern.compile(";\\s*name=(?:\"([^\"]*)\"|([^;\\s]*))", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILENAME =
            Pattern.compile(";\\s*filename=(?:\"([^\"]*)\"|([^;\\s]*))", Pattern.CASE_INSENSITIVE);

    private final byte[] body;
    private final byte[] delimiter;
    private int at;

    private MultipartForm(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * One part.
     *
     * @param type its media type; text/plain where it says none
     * @param content a heap buffer, a view of the body
     */
    record Part(String name, Optional<String> filename, String type, ByteBuffer content) {}

    /** @throws GuestError TypeError when the body has not the form */
    static List<Part> parse(byte[] body, String boundary) {
        return new MultipartForm(body, boundary).parts();
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        // The first delimiter may stand at the very beginning, without a line break before it.
        at = matches(0, 2) ? delimiter.length - 2 : next() + delimiter.length;
        while (!startsWith("--")) {
            skipPadding();
            parts.add(part());
        }
        return parts;
    }

    private Part part() {
        String disposition = "";
        String type = "text/plain";
        while (!startsWith("\r\n")) {
            String line = line();
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw malformed("a header of a part has no name");
            }
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                case "content-disposition" -> disposition = value;
                case "content-type" -> type = value;
                default -> {}
            }
        }
        // The line break that ends the headers is also the one before a delimiter, when there is no content.
        int start = at + 2;
        if (!matches(at, 0)) {
            at = start;
        }
        int end = next();
        at = end + delimiter.length;
        if (!disposition.regionMatches(true, 0, "form-data", 0, 9)) {
            throw malformed("a part has no Content-Disposition of form-data");
        }
        String name = parameter(NAME, disposition)
                .orElseThrow(() -> malformed("the Content-Disposition of a part has no name"));
        return new Part(
                name, parameter(FILENAME, disposition), type, ByteBuffer.wrap(body, start, Math.max(end - start, 0)));
    }

    private static Optional<String> parameter(Pattern pattern, String disposition) {
        Matcher matcher = pattern.matcher(disposition);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String value = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Optional.of(value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"));
    }

    /** A header, which ends with a line break. */
    private String line() {
        for (int end = at; end + 1 < body.length; end++) {
            if (body[end] == '\r' && body[end + 1] == '\n') {
                String line = new String(body, at, end - at, StandardCharsets.UTF_8);
                at = end + 2;
                return line;
            }
        }
        throw malformed("it ends in the headers of a part");
    }

    /** What may follow a delimiter: blanks, and the line break. */
    private void skipPadding() {
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        if (!startsWith("\r\n")) {
            throw malformed("a delimiter is not at the end of its line");
        }
        at += 2;
    }

    /** Where the next delimiter begins. */
    private int next() {
        for (int i = at; i <= body.length - delimiter.length; i++) {
            if (body[i] == '\r' && matches(i, 0)) {
                return i;
            }
        }
        throw malformed("the last delimiter is missing");
    }

    /** Whether the delimiter, without its first {@code skipped} bytes, stands at a place. */
    private boolean matches(int place, int skipped) {
        if (place + delimiter.length - skipped > body.length) {
            return false;
        }
        for (int i = skipped; i < delimiter.length; i++) {
            if (body[place + i - skipped] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean startsWith(String text) {
        if (at + text.length() > body.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (body[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static GuestError malformed(String why) {
        return GuestError.type("The body is not multipart/form-data as it should be: " + why + ".");
    }
}
