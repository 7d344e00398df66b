package dev.skerry.assets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Bytes;
import dev.skerry.model.StaticFiles;
import dev.skerry.model.StaticFiles.HtmlHandling;
import dev.skerry.model.StaticFiles.NotFoundHandling;
import dev.skerry.model.StaticFiles.Serving;
import dev.skerry.model.StaticFiles.StaticFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesTest {
    private static final String[] SITE = {
        "/index.html", "/file.html", "/folder/index.html", "/both.html", "/both/index.html", "/bin", "/style.css"
    };

    private static Pages pages(HtmlHandling html, NotFoundHandling notFound, String... paths) {
        List<StaticFile> files = Stream.of(paths)
                .map(path -> new StaticFile(path, Bytes.utf8(path).sha256().substring(0, 32), "", 1, Optional.empty()))
                .toList();
        return new Pages(new StaticFiles(files, new Serving(html, notFound, List.of(), "", "", false)));
    }

    /** The file that is served, with its status unless that is 200; an arrow and the path that is redirected to; or "none". */
    private static String found(Pages pages, String path) {
        return switch (pages.find(path, true)) {
            case Pages.Found.Page page -> page.file().path() + (page.status() == 200 ? "" : " " + page.status());
            case Pages.Found.Moved moved -> "-> " + moved.path();
            case Pages.Found.Nothing nothing -> "none";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "/, /index.html, /index.html, /index.html, none",
        "/index, -> /, -> /, -> /, none",
        "/index.html, -> /, -> /, -> /, /index.html",
        "/file, /file.html, -> /file/, /file.html, none",
        "/file.html, -> /file, -> /file/, -> /file, /file.html",
        "/file/, -> /file, /file.html, -> /file, none",
        "/file/index, -> /file, -> /file/, -> /file, none",
        "/file/index.html, -> /file, -> /file/, -> /file, none",
        "/folder, -> /folder/, -> /folder/, /folder/index.html, none",
        "/folder.html, -> /folder/, -> /folder/, -> /folder, none",
        "/folder/, /folder/index.html, /folder/index.html, -> /folder, none",
        "/folder/index, -> /folder/, -> /folder/, -> /folder, none",
        "/folder/index.html, -> /folder/, -> /folder/, -> /folder, /folder/index.html",
        "/both, /both.html, -> /both/, /both.html, none",
        "/both.html, -> /both, /both.html, -> /both, /both.html",
        "/both/, /both/index.html, /both/index.html, -> /both, none",
        "/both/index.html, -> /both/, -> /both/, /both/index.html, /both/index.html",
        "/bin, /bin, /bin, /bin, /bin",
        "/bin/, none, none, none, none",
        "/style.css, /style.css, /style.css, /style.css, /style.css",
        "/nothing, none, none, none, none"
    })
    void eachPageHasOnePath(String path, String auto, String force, String drop, String none) {
        assertThat(Stream.of(HtmlHandling.values()).map(html -> found(pages(html, NotFoundHandling.NONE, SITE), path)))
                .containsExactly(auto, force, drop, none);
    }

    @Test
    void aSinglePageApplicationAnswersEverywhere() {
        Pages pages = pages(HtmlHandling.AUTO_TRAILING_SLASH, NotFoundHandling.SINGLE_PAGE_APPLICATION, SITE);

        assertThat(found(pages, "/some/where")).isEqualTo("/index.html");
        assertThat(found(pages, "/style.css")).isEqualTo("/style.css");
        assertThat(pages.find("/some/where", false)).isInstanceOf(Pages.Found.Nothing.class);
    }

    @Test
    void theNearest404PageAnswers() {
        Pages pages = pages(
                HtmlHandling.AUTO_TRAILING_SLASH,
                NotFoundHandling.NEAREST_404_PAGE,
                "/404.html",
                "/blog/404.html",
                "/blog/post.html");

        assertThat(found(pages, "/nothing")).isEqualTo("/404.html 404");
        assertThat(found(pages, "/blog/nothing")).isEqualTo("/blog/404.html 404");
        assertThat(found(pages, "/blog/deep/nothing")).isEqualTo("/blog/404.html 404");
        assertThat(found(pages, "/other/nothing")).isEqualTo("/404.html 404");
        assertThat(found(pages, "/blog/post")).isEqualTo("/blog/post.html");
    }
}
