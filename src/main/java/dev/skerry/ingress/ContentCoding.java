package dev.skerry.ingress;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.webapi.Once;
import dev.skerry.webapi.compression.Coded;
import dev.skerry.webapi.compression.Gzipped;
import dev.skerry.webapi.websocket.Share;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Brings bodies into the content coding that the worker's headers name, as in Workers, where {@code encodeBody} is not {@code manual}. One that is in it already,
 * as one that was fetched and never read, stays as it is. What cannot be brought into it, or is for a client that does not take it, goes out as what it stands
 * for, without the header. Thread-safe.
 */
final class ContentCoding {
    private static final Body NO_TEXT = new Body.Text("");
    private static final int ZSTD = 0x28B52FFD;

    private final Share streams;

    /** @param streams how many bodies may be compressed at a time ({@code skerry.ingress.gzip}) */
    ContentCoding(Share streams) {
        this.streams = streams;
    }

    /**
     * The body as it is sent.
     *
     * @param coding the header {@code content-encoding}
     * @param accepted the client's {@code accept-encoding}
     * @param answer the response's headers
     */
    Body apply(String coding, @Nullable String accepted, MultiMap answer, Body body) {
        if (body instanceof Body.Empty || body.equals(NO_TEXT)) {
            return Body.EMPTY;
        }
        String named = Coded.named(coding).orElse(null);
        if (named == null || named.equals("zstd") && body instanceof Body.Bytes(ByteBuffer bytes) && isZstd(bytes)) {
            return body;
        }
        if (body instanceof Body.Streamed(Coded coded) && coded.coding().equals(named)) {
            boolean asItIs = switch (coded.clients()) {
                case ALL -> true;
                case NOT_REFUSING -> !refuses(accepted, named);
                case ACCEPTING -> accepted != null && !refuses(accepted, named);
            };
            // A part cannot be read.
            if (asItIs || answer.contains(HttpHeaders.CONTENT_RANGE)) {
                return new Body.Streamed(coded.wire());
            }
        } else if (named.equals("gzip") && !refuses(accepted, named)) {
            Body gzipped = gzip(body);
            if (gzipped != null) {
                answer.remove(HttpHeaders.CONTENT_LENGTH);
                return gzipped;
            }
        }
        answer.remove(HttpHeaders.CONTENT_ENCODING);
        answer.remove(HttpHeaders.CONTENT_LENGTH);
        return body;
    }

    /** Whether bytes begin as RFC 8878 says. */
    private static boolean isZstd(ByteBuffer bytes) {
        return bytes.remaining() >= 4 && bytes.getInt(bytes.position()) == ZSTD;
    }

    private @Nullable Body gzip(Body body) {
        ByteBuffer bytes = switch (body) {
            case Body.Text(String text)
            when text.length() <= Gzipped.SLICE -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            case Body.Bytes(ByteBuffer whole) when whole.remaining() <= Gzipped.SLICE -> whole;
            default -> null;
        };
        if (bytes != null) {
            byte[] small = new byte[bytes.remaining()];
            bytes.duplicate().get(small);
            return new Body.Bytes(Gzipped.whole(small));
        }
        if (!streams.take()) {
            return null;
        }
        ByteSource source = switch (body) {
            case Body.Streamed streamed -> streamed.source();
            case Body.Text(String text) -> new Once(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            case Body.Bytes(ByteBuffer whole) -> new Once(whole.duplicate());
            case Body.Empty empty -> new Once(ByteBuffer.allocate(0));
        };
        return new Body.Streamed(new Gzipped(source, streams::giveBack));
    }

    /** Whether the client says what it takes, and the coding is not of it (RFC 9110, section 12.5.3). */
    static boolean refuses(@Nullable String accepted, String coding) {
        if (accepted == null) {
            return false;
        }
        Boolean any = null;
        for (String part : accepted.split(",", -1)) {
            String[] words = part.replace(" ", "").replace("\t", "").split(";", 2);
            boolean none = words.length == 2 && words[1].matches("q=0(\\.0*)?");
            if (Coded.named(words[0]).orElse("").equals(coding)) {
                return none;
            }
            if (words[0].equals("*")) {
                any = none;
            }
        }
        return any == null || any;
    }
}
