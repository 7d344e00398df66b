package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner on files in the form of the suite: {@code src/test/resources/wpt}. */
class WebPlatformTestsTest {
    private static WptBoard board;

    @BeforeAll
    static void run() throws IOException {
        try (WebPlatformTests tests = new WebPlatformTests(Path.of("src/test/resources/wpt"), Duration.ofSeconds(10))) {
            tests.run("url", line -> {});
            tests.run("streams", line -> {});
            board = tests.board();
        }
    }

    private static WptBoard.Line line(String name) {
        return board.lines().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + board.lines()));
    }

    private static WptBoard.Line line(String folder, String name, int passed, int failed) {
        return new WptBoard.Line(folder, name, passed, failed, "", false);
    }

    @Test
    void filesThatPassAreCleanWithTheScriptsThatTheyName() {
        assertThat(line("url/scripts.any.js")).isEqualTo(line("url", "url/scripts.any.js", 4, 0));
    }

    @Test
    void eachVariantIsARun() {
        assertThat(line("url/variants.any.js?one")).isEqualTo(line("url", "url/variants.any.js?one", 1, 0));
        assertThat(line("url/variants.any.js?two")).isEqualTo(line("url", "url/variants.any.js?two", 2, 0));
    }

    @Test
    void filesOfTheCheckoutAreFetched() {
        assertThat(line("url/fetches.any.js")).isEqualTo(line("url", "url/fetches.any.js", 2, 0));
    }

    @Test
    void failuresAreCountedAndTold() {
        assertThat(line("streams/failing.any.js")).isEqualTo(line("streams", "streams/failing.any.js", 2, 7));
        assertThat(board.failures())
                .filteredOn(failure -> failure.startsWith("streams/failing.any.js: "))
                .hasSize(7)
                .anySatisfy(
                        failure -> assertThat(failure).contains("an assertion").contains("expected 2, got 1"))
                .anySatisfy(
                        failure -> assertThat(failure).contains("never done").contains("timed out"))
                .anySatisfy(failure -> assertThat(failure).contains("no promise"));
    }

    @Test
    void aFileThatBreaksOffSaysWhy() {
        WptBoard.Line line = line("streams/broken.any.js");
        assertThat(line.passed()).isEqualTo(1);
        assertThat(line.note()).contains("TypeError");
        assertThat(line("streams/syntax.any.js").note()).contains("SyntaxError").doesNotContain("\n");
        assertThat(line("streams/empty.any.js").note()).isEqualTo("no test in it");
    }

    @Test
    void aFileThatHangsEndsWithWhatItHad() {
        assertThat(line("streams/hanging.any.js"))
                .isEqualTo(new WptBoard.Line("streams", "streams/hanging.any.js", 1, 0, "timed out", false));
    }

    @Test
    void aLoopIsStopped() {
        assertThat(line("streams/looping.any.js").note()).startsWith("exceeded");
    }

    @Test
    void whatCannotBeRunIsSkippedWithTheReason() {
        assertThat(line("url/server.any.js").note())
                .isEqualTo("skipped: its script /common/get-host-info.sub.js is for the suite's own server to fill in");
        assertThat(line("url/window.any.js").note()).isEqualTo("skipped: it is for other globals: window");
        assertThat(line("url/lost.any.js").note())
                .isEqualTo("skipped: its script resources/lost.js is not in the checkout");
        assertThat(line("url/lost.any.js").skipped()).isTrue();
    }

    @Test
    void theBoardHasTotalsByFolder(@TempDir Path folder) throws IOException {
        board.write(folder);
        List<String> lines = Files.readAllLines(folder.resolve("board.txt"));
        assertThat(lines.get(0)).matches("folder +files +clean +skipped +passed +failed");
        assertThat(lines.get(1)).matches("url +7 +4 +3 +9 +0");
        assertThat(lines.get(2)).matches("streams +6 +0 +0 +4 +7");
        assertThat(lines.get(3)).matches("all +13 +4 +3 +13 +7");
        assertThat(lines).anyMatch(line -> line.matches(" +4 +0  url/scripts.any.js"));
        assertThat(Files.readAllLines(folder.resolve("failures.txt"))).hasSize(7);
    }
}
