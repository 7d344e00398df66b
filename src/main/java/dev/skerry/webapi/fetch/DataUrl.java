package dev.skerry.webapi.fetch;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.HeaderLines;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** data: URLs, https://fetch.spec.whatwg.org/#data-urls. Functions alone. */
final class DataUrl {
    private static final Pattern BASE64 = Pattern.compile("; *base64 *$", Pattern.CASE_INSENSITIVE);
    private static final Pattern MEDIA_TYPE = Pattern.compile("[!#$%&'*+.^_`|~\\w-]+/[!#$%&'*+.^_`|~\\w-]+\\s*(;.*)?");
    private static final String DEFAULT_TYPE = "text/plain;charset=US-ASCII";

    private DataUrl() {}

    /**
     * The response that a URL holds.
     *
     * @param url what is behind {@code data:}, without the fragment
     */
    static Fetched fetch(String url) {
        int comma = url.indexOf(',');
        if (comma < 0) {
            throw GuestError.type("fetch() failed: a data: URL has no comma.");
        }
        String type = url.substring(0, comma).strip();
        byte[] bytes = percentDecode(url.substring(comma + 1));
        Matcher base64 = BASE64.matcher(type);
        if (base64.find()) {
            type = type.substring(0, base64.start()).stripTrailing();
            bytes = decode(bytes);
        }
        if (type.startsWith(";")) {
            type = "text/plain" + type;
        }
        if (!MEDIA_TYPE.matcher(type).matches()) {
            type = DEFAULT_TYPE;
        }
        return new Fetched(
                200,
                "OK",
                HeaderLines.of(List.of(Map.entry("content-type", type))),
                new Body.Bytes(ByteBuffer.wrap(bytes)));
    }

    private static byte[] percentDecode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                decoded.write(bytes[i]);
            } else {
                decoded.write(high << 4 | low);
                i += 2;
            }
        }
        return decoded.toByteArray();
    }

    /** https://infra.spec.whatwg.org/#forgiving-base64-decode */
    private static byte[] decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[\\t\\n\\f\\r ]", "");
        if (text.length() % 4 == 0) {
            text = text.replaceFirst("={1,2}$", "");
        }
        try {
            if (text.indexOf('=') < 0 && text.length() % 4 != 1) {
                return Base64.getDecoder().decode(text);
            }
        } catch (IllegalArgumentException e) {
            // Told below, as the other ways of being wrong.
        }
        throw GuestError.type("fetch() failed: the data: URL is not base64, as it says.");
    }
}
