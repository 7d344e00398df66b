package dev.skerry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.api.Multipart.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MultipartTest {
    private static final String TYPE = "multipart/form-data; boundary=----formdata-undici-0123";
    private static final String LINE = "------formdata-undici-0123";

    private static List<Part> parse(String body) {
        return Multipart.parse(body.getBytes(StandardCharsets.UTF_8), TYPE);
    }

    @Test
    void readsNamesTypesAndContents() {
        List<Part> parts = parse(LINE + "\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{\"a\":1}\r\n"
                + LINE
                + "\r\nContent-Disposition: form-data; name=\"./lib/a b.js\"; filename=\"./lib/a b.js\"\r\n"
                + "Content-Type: application/javascript+module\r\n\r\nline 1\r\nline 2\r\n\r\n" + LINE + "--\r\n");

        assertThat(parts).extracting(Part::name).containsExactly("metadata", "./lib/a b.js");
        assertThat(parts).extracting(Part::filename).containsExactly(Optional.empty(), Optional.of("./lib/a b.js"));
        assertThat(parts.get(1).contentType()).contains("application/javascript+module");
        assertThat(parts.get(0).content().utf8()).isEqualTo("{\"a\":1}");
        assertThat(parts.get(1).content().utf8()).isEqualTo("line 1\r\nline 2\r\n");
    }

    @Test
    void keepsBytesThatAreNoTextAndEmptyParts() {
        byte[] head = (LINE + "\r\nContent-Disposition: form-data; name=\"b\"; filename=\"b\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n" + LINE + "\r\nContent-Disposition: form-data; name=\"e\"\r\n\r\n\r\n" + LINE + "--")
                .getBytes(StandardCharsets.UTF_8);
        byte[] bytes = {0, -1, '\r', '\n', '-', '-', -128};
        byte[] body = new byte[head.length + bytes.length + tail.length];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(bytes, 0, body, head.length, bytes.length);
        System.arraycopy(tail, 0, body, head.length + bytes.length, tail.length);

        List<Part> parts = Multipart.parse(body, TYPE);

        assertThat(parts.get(0).content().array()).isEqualTo(bytes);
        assertThat(parts.get(1).content().size()).isZero();
    }

    @Test
    void refusesWhatIsNoFormAndSaysWhy() {
        assertThatThrownBy(() -> Multipart.parse(new byte[0], "text/plain")).hasMessageContaining("'text/plain'");
        assertThatThrownBy(() -> Multipart.parse(new byte[0], "multipart/form-data"))
                .hasMessageContaining("no boundary");
        assertThatThrownBy(() -> parse("")).hasMessageContaining("is not in it");
        assertThatThrownBy(() -> parse(LINE)).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> parse(LINE + "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhalf"))
                .hasMessageContaining("middle of a part");
        assertThatThrownBy(() -> parse(LINE + "\r\nContent-Type: text/plain\r\n\r\nx\r\n" + LINE + "--"))
                .hasMessageContaining("has no name");
    }
}
