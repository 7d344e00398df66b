package dev.skerry.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static Optional<Redirects.Target> redirect(String rules, String path) {
        return Redirects.parse(rules).find("example.com", path);
    }

    private static List<String> headers(String rules, String path, String... before) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String header : before) {
            headers.add(Map.entry(header.split(": ")[0], header.split(": ")[1]));
        }
        HeaderRules.parse(rules).apply("blue.example.com", path, headers);
        return headers.stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList();
    }

    @Test
    void redirectsByPathSplatAndPlaceholder() {
        String rules = """
                # moved in spring
                /home /  301
                /blog/* https://blog.example.com/:splat
                /u/:name/posts/:id /users/:name?post=:id 308 # with a comment

                /blog/old /blog/new 302
                /app/* /shell 200
                """;

        assertThat(redirect(rules, "/home")).contains(new Redirects.Target("/", 301));
        assertThat(redirect(rules, "/blog/2020/a"))
                .contains(new Redirects.Target("https://blog.example.com/2020/a", 302));
        assertThat(redirect(rules, "/blog/old"))
                .as("one without splat goes first")
                .contains(new Redirects.Target("/blog/new", 302));
        assertThat(redirect(rules, "/u/ann/posts/7")).contains(new Redirects.Target("/users/ann?post=7", 308));
        assertThat(redirect(rules, "/u/ann/b/posts/7")).isEmpty();
        assertThat(redirect(rules, "/app/x")).contains(new Redirects.Target("/shell", 200));
        assertThat(redirect(rules, "/other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/a | Line 1 of _redirects: a redirect is FROM TO [STATUS]",
                "a /b | 'a' is not a path",
                "/a b | 'b' is neither a path nor an address",
                "/a /b 404 | '404' is none of the statuses",
                "/a https://x.example 200 | serves another file",
                "/* /index.html 200 | would redirect for ever",
                "/a/*/b/* /c | '/a/*/b/*' has * twice"
            })
    void tellsWhichRedirectIsNone(String rules, String message) {
        assertThatThrownBy(() -> Redirects.parse(rules))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void setsJoinsAndTakesAwayHeaders() {
        String rules = """
                /*
                  X-Frame-Options: DENY
                  ETag: "mine"
                /images/:name.png
                  X-Name: :name at :80
                  X-Frame-Options: SAMEORIGIN
                  ! Content-Type
                https://:color.example.com/*
                  X-Color: :color
                """;

        assertThat(headers(rules, "/images/cat.png", "etag: \"theirs\"", "content-type: image/png"))
                .containsExactly(
                        "x-frame-options: DENY",
                        "etag: \"mine\"",
                        "x-name: cat at :80",
                        "x-frame-options: SAMEORIGIN",
                        "x-color: blue");
        assertThat(headers(rules, "/other", "content-type: text/html"))
                .containsExactly("content-type: text/html", "x-frame-options: DENY", "etag: \"mine\"", "x-color: blue");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "X-A: b | Line 1 of _headers: a pattern such as",
                "`/a\n  nothing` | Line 2 of _headers: 'nothing' is neither",
                "`/a\n  X Y: z` | 'X Y' cannot be a header's name"
            })
    void tellsWhichHeaderIsNone(String rules, String message) {
        assertThatThrownBy(() -> HeaderRules.parse(rules))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 0, 3",
        "bytes=4-, 4, 9",
        "bytes=-2, 8, 9",
        "bytes=-20, 0, 9",
        "bytes=8-100, 8, 9",
        "bytes=5-2, -1, -1",
        "'bytes=0-1,3-4', -1, -1",
        "lines=1-2, -1, -1",
        "bytes=-, -1, -1"
    })
    void readsASingleRange(String header, long first, long last) {
        assertThat(ByteRange.parse(header, 10))
                .isEqualTo(first < 0 ? Optional.empty() : Optional.of(new ByteRange(first, last)));
        assertThat(ByteRange.parse("bytes=10-", 10).orElseThrow().isEmpty()).isTrue();
    }
}
