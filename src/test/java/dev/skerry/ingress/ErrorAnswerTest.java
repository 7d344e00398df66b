package dev.skerry.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorAnswerTest {
    private static final Outcome THREW =
            new Outcome.Threw("TypeError", "<b> is not a function", "    at fetch (index.js:3:7)");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            none                                    | text/plain; charset=utf-8
            */*                                     | text/plain; charset=utf-8
            text/html,application/xhtml+xml,*/*;q=8 | text/html; charset=utf-8
            application/json                        | application/json
            application/json, text/html             | application/json
            """)
    void takesTheFormThatIsAskedForFirst(String accept, String expected) {
        assertThat(ErrorAnswer.of(404, "No worker").contentType(accept)).isEqualTo(expected);
    }

    @Test
    void keepsWhatTheWorkerThrewFromStrangers() {
        ErrorAnswer answer = ErrorAnswer.of(THREW, false);

        assertThat(answer.status()).isEqualTo(500);
        for (String type : new String[] {"text/plain; charset=utf-8", "text/html; charset=utf-8", "application/json"}) {
            assertThat(answer.body(type)).contains("Error 1101").doesNotContain("TypeError", "index.js");
        }
    }

    @Test
    void tellsADeveloperWhatTheWorkerThrewAndWhere() {
        ErrorAnswer answer = ErrorAnswer.of(THREW, true);

        assertThat(answer.body("text/plain; charset=utf-8")).isEqualTo("""
                        Error 1101: the worker threw an exception
                        TypeError: <b> is not a function
                            at fetch (index.js:3:7)
                        """);
        assertThat(answer.body("application/json")).contains("\"detail\":\"TypeError: <b> is not a function\\n");
        assertThat(answer.body("text/html; charset=utf-8"))
                .contains("TypeError: &lt;b&gt; is not a function")
                .doesNotContain("<b>");
    }

    @Test
    void aBrokenLimitIsNotTheClientsFault() {
        assertThat(ErrorAnswer.of(new Outcome.Exceeded(Outcome.Limit.CPU, "much"), false)
                        .status())
                .isEqualTo(503);
        assertThat(ErrorAnswer.of(new Outcome.Exceeded(Outcome.Limit.WALL_TIME, "long"), false)
                        .status())
                .isEqualTo(504);
    }
}
