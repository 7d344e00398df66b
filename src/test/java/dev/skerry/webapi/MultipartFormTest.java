package dev.skerry.webapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.binding.GuestError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormTest {
    private static List<MultipartForm.Part> parse(String body) {
        return MultipartForm.parse(body.replace("\n", "\r\n").getBytes(UTF_8), "b");
    }

    private static String text(MultipartForm.Part part) {
        return UTF_8.decode(part.content()).toString();
    }

    @Test
    void partsAreFoundInTheirOrder() {
        List<MultipartForm.Part> parts = parse("""
                preamble
                --b
                Content-Disposition: form-data; name="a"

                one
                two
                --b  \s
                content-disposition: form-data; name=f; filename="x%22y.txt"
                Content-Type: image/png
                X-Other: 1

                -bx
                --b
                Content-Disposition: form-data; name=""; filename=""

                --b--
                epilogue""");

        assertThat(parts).extracting(MultipartForm.Part::name).containsExactly("a", "f", "");
        assertThat(parts).extracting(part -> part.filename().orElse("-")).containsExactly("-", "x\"y.txt", "");
        assertThat(parts).extracting(MultipartForm.Part::type).containsExactly("text/plain", "image/png", "text/plain");
        assertThat(parts).extracting(MultipartFormTest::text).containsExactly("one\r\ntwo", "-bx", "");
    }

    @Test
    void aFormMayBeEmpty() {
        assertThat(parse("--b--")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--b",
                "--b\n",
                "--c\n",
                "--b\nContent-Disposition: form-data; name=a\n\nx",
                "--b\nContent-Disposition: form-data; name=a\n--b--",
                "--b\nContent-Disposition: form-data\n\nx\n--b--",
                "--b\nContent-Disposition: attachment; name=a\n\nx\n--b--",
                "--b\n\nx\n--b--",
                "--b\nwhat\n\nx\n--b--",
                "--bx\n\n--b--x"
            })
    void whatHasNotTheFormIsRefused(String body) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(GuestError.class)
                .hasMessageContaining("multipart/form-data");
    }
}
