package dev.skerry.webapi.encoding;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/encoding.js}. Thread-safe; the decoders it gives out are confined to their isolate. */
@Singleton
public final class EncodingApi implements WebApi {
    @Override
    public String name() {
        return "encoding";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host();
    }

    /** Called on the thread in one isolate. */
    public static final class Host {
        private Host() {}

        /** The UTF-8 bytes of a text without lone surrogates. */
        @GuestCallable
        public ByteBuffer encode(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The name of the encoding that a label, in lower case and trimmed, stands for, or null. */
        @GuestCallable
        public @Nullable String nameOf(String label) {
            return Labels.name(label);
        }

        /** A decoder for {@link #decode}, by the name of its encoding. */
        @GuestCallable
        public Object decoder(String encoding, boolean fatal, boolean ignoreBom) {
            return Decoding.of(encoding, fatal, ignoreBom);
        }

        /** The text of a stream's next piece, which is the last unless {@code more}; a TypeError if the decoder is fatal and it is wrong. */
        @GuestCallable
        public String decode(Object decoder, byte[] bytes, boolean more) {
            return ((Decoding) decoder).decode(bytes, more);
        }

        /** https://html.spec.whatwg.org/multipage/webappapis.html#dom-btoa */
        @GuestCallable
        public String btoa(String data) {
            byte[] bytes = new byte[data.length()];
            for (int i = 0; i < bytes.length; i++) {
                char unit = data.charAt(i);
                if (unit > 0xFF) {
                    throw new GuestError(
                            "InvalidCharacterError",
                            "btoa() can only operate on characters in the Latin1 (ISO/IEC 8859-1) range.");
                }
                bytes[i] = (byte) unit;
            }
            return Base64.getEncoder().encodeToString(bytes);
        }

        /** https://infra.spec.whatwg.org/#forgiving-base64-decode */
        @GuestCallable
        public String atob(String data) {
            byte[] digits = new byte[data.length()];
            int length = 0;
            for (int i = 0; i < digits.length; i++) {
                char unit = data.charAt(i);
                if (unit > 0x7F) {
                    throw invalid();
                }
                if (unit != ' ' && unit != '\t' && unit != '\n' && unit != '\f' && unit != '\r') {
                    digits[length++] = (byte) unit;
                }
            }
            if (length % 4 == 0) {
                for (int padding = 0; padding < 2 && length > 0 && digits[length - 1] == '='; padding++) {
                    length--;
                }
            }
            for (int i = 0; i < length; i++) {
                if (digits[i] == '=') {
                    throw invalid();
                }
            }
            try {
                ByteBuffer bytes = Base64.getDecoder().decode(ByteBuffer.wrap(digits, 0, length));
                return StandardCharsets.ISO_8859_1.decode(bytes).toString();
            } catch (IllegalArgumentException e) {
                throw invalid();
            }
        }

        private static GuestError invalid() {
            return new GuestError(
                    "InvalidCharacterError",
                    "atob() called with invalid base64-encoded data. (Only whitespace, '+', '/', alphanumeric ASCII, and up to two terminal '=' signs"
                            + " when the input data length is divisible by 4 are allowed.)");
        }
    }
}
