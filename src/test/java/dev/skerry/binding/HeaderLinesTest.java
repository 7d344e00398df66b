package dev.skerry.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderLinesTest {
    @Test
    void namesBecomeLowerCaseAndTheOrderStays() {
        assertThat(HeaderLines.of(List.of(Map.entry("Host", "a:1"), Map.entry("X-B", ""), Map.entry("host", "b"))))
                .isEqualTo("\nhost:a:1\nx-b:\nhost:b");
        assertThat(HeaderLines.of(List.of())).isEmpty();
    }

    @Test
    void whatWasWrittenIsReadBack() {
        List<Map.Entry<String, String>> headers =
                List.of(Map.entry("a", "x:y"), Map.entry("b", ""), Map.entry("a", "ÿ"));

        assertThat(HeaderLines.toList(HeaderLines.of(headers))).isEqualTo(headers);
        assertThat(HeaderLines.toList("")).isEmpty();
    }

    @Test
    void aForgedListIsRefused() {
        for (String forged : List.of("\na:b\r", "\na:b\0", "\na", "\n:b", "\na\nb:c", "\na:b\n\nc:d")) {
            assertThatThrownBy(() -> HeaderLines.toList(forged))
                    .as(forged)
                    .isInstanceOfSatisfying(
                            GuestError.class, e -> assertThat(e.name()).isEqualTo("TypeError"));
        }
    }
}
