package dev.skerry.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Outcome;
import org.junit.jupiter.api.Test;

class ErrorPageTest {
    private static final Outcome.Threw THREW =
            new Outcome.Threw("TypeError", "<b> & </b>", "TypeError: <b> & </b>\n    at f (src/index.ts:7:3)");

    @Test
    void aBrowserGetsHtmlAndOthersText() {
        assertThat(ErrorPage.wanted("text/html,application/xhtml+xml")).isTrue();
        assertThat(ErrorPage.wanted("*/*")).isFalse();
        assertThat(ErrorPage.wanted(null)).isFalse();
    }

    @Test
    void theErrorStandsAboveItsFramesOnce() {
        assertThat(ErrorPage.text(THREW))
                .isEqualTo(
                        "Error 1101: the worker threw an exception\n\nTypeError: <b> & </b>\n    at f (src/index.ts:7:3)\n");
    }

    @Test
    void whatTheWorkerThrewIsNoMarkup() {
        assertThat(ErrorPage.html(THREW))
                .contains("<h1><pre>TypeError: &lt;b&gt; &amp; &lt;/b&gt;</pre></h1>")
                .contains("at f (src/index.ts:7:3)")
                .doesNotContain("<b>");
    }
}
