package dev.skerry.webapi;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/formdata.js}: multipart/form-data taken apart, and boundaries that nobody can guess. Thread-safe. */
@Singleton
public final class FormDataApi implements WebApi {
    private static final int RANDOM_BYTES = 12;
    private final SecureRandom random = new SecureRandom();

    @Override
    public String name() {
        return "formdata";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host();
    }

    /** Stateless but for the randomness. */
    public final class Host {
        private Host() {}

        @GuestCallable
        public String boundary() {
            byte[] bytes = new byte[RANDOM_BYTES];
            random.nextBytes(bytes);
            return "----formdata-" + HexFormat.of().formatHex(bytes);
        }

        /** The parts of a body: a {@link Parts}; a TypeError when it has not the form. */
        @GuestCallable
        public Object parse(byte[] body, String boundary) {
            return new Parts(MultipartForm.parse(body, boundary));
        }
    }

    /** What was found, in its order; for the thread in the isolate. */
    public static final class Parts {
        private final List<MultipartForm.Part> parts;

        private Parts(List<MultipartForm.Part> parts) {
            this.parts = parts;
        }

        @GuestCallable
        public int count() {
            return parts.size();
        }

        @GuestCallable
        public String name(int part) {
            return parts.get(part).name();
        }

        /** Null when it is no file. */
        @GuestCallable
        public @Nullable String filename(int part) {
            return parts.get(part).filename().orElse(null);
        }

        @GuestCallable
        public String type(int part) {
            return parts.get(part).type();
        }

        @GuestCallable
        public String text(int part) {
            return Utf8.decode(parts.get(part).content());
        }

        @GuestCallable
        public ByteBuffer bytes(int part) {
            return parts.get(part).content().slice();
        }
    }
}
