package dev.skerry.webapi;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/url/encode.js}: what of URLs needs tables of Unicode, or bytes. Thread-safe. */
@Singleton
public final class UrlApi implements WebApi {
    @Override
    public String name() {
        return "url/encode";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host();
    }

    /** Functions alone. */
    public static final class Host {
        private Host() {}

        /** https://url.spec.whatwg.org/#concept-domain-to-ascii; null when the domain is not one. */
        @GuestCallable
        public @Nullable String toAscii(String domain) {
            return Idna.toAscii(domain).orElse(null);
        }

        /** https://url.spec.whatwg.org/#string-percent-decode, and the bytes as UTF-8; what is not becomes U+FFFD. */
        @GuestCallable
        public String percentDecode(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
            for (int i = 0; i < bytes.length; i++) {
                int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
                if (low < 0) {
                    decoded.put(bytes[i]);
                } else {
                    decoded.put((byte) (high << 4 | low));
                    i += 2;
                }
            }
            return new String(decoded.array(), 0, decoded.position(), StandardCharsets.UTF_8);
        }
    }
}
