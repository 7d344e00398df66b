package dev.skerry.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IdnaTest {
    @Test
    void domainsBecomeAscii() {
        Map.of(
                        "Bücher.example", "xn--bcher-kva.example",
                        "faß.de", "xn--fa-hia.de",
                        "FAẞ.de", "xn--fa-hia.de",
                        "βόλος.com", "xn--nxasmm1c.com",
                        "☃.net", "xn--n3h.net",
                        "日本語。ＪＰ", "xn--wgv71a119e.jp",
                        "क्‍ष", "xn--11b2ezcw70k",
                        "نامه‌ای.com", "xn--mgba3gch31f060k.com")
                .forEach((domain, ascii) -> assertThat(Idna.toAscii(domain)).contains(ascii));
    }

    @Test
    void whatIsNoDomainIsRefused() {
        for (String domain : new String[] {
            "xn--a",
            "xn--",
            "xn--abc-",
            "xn--ü",
            "\u0301a",
            "ab\u05D0",
            "a\u200Cb",
            "\u05D01a",
            "\u2488a",
            "\uFFFD",
            "\uFE12",
            "\u0378"
        }) {
            assertThat(Idna.toAscii(domain)).as(domain).isEmpty();
        }
    }

    @Test
    void punycodeIsThatOfTheRfc() {
        assertThat(Punycode.encode("ليهمابتكلموشعربي؟")).isEqualTo("egbpdaj6bu4bxfgehfvwxn");
        assertThat(Punycode.encode("Pročprostěnemluvíčesky")).isEqualTo("Proprostnemluvesky-uyb24dma41a");
        assertThat(Punycode.decode("Proprostnemluvesky-uyb24dma41a")).contains("Pročprostěnemluvíčesky");
        assertThat(Punycode.decode("ihqwcrb4cv8a8dqg056pqjye")).contains("他们为什么不说中文");
        assertThat(Punycode.decode("99999999")).isEmpty();
    }
}
