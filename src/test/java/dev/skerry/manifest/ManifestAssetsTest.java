package dev.skerry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Binding;
import dev.skerry.model.Code;
import dev.skerry.model.StaticFiles;
import dev.skerry.model.StaticFiles.HtmlHandling;
import dev.skerry.model.StaticFiles.NotFoundHandling;
import dev.skerry.model.StaticFiles.StaticFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManifestAssetsTest extends OpenFolder {
    @BeforeEach
    void write() {
        folder.write("worker.js", "export default {}");
        folder.write("public/index.html", "<h1>home</h1>");
        folder.write("public/images/a.PNG", "png");
        folder.write("public/.well-known/security.txt", "mail me");
        folder.write("public/.hidden", "not this");
        folder.write("public/_headers", "/*\n  X-A: b\n");
        folder.write("public/_redirects", "/old /new\n");
    }

    @Test
    void aFolderBecomesTheVersionsFiles() {
        folder.apply("""
                services:
                  site:
                    main: worker.js
                    assets: {directory: public, binding: FILES, html-handling: drop-trailing-slash,
                             not-found-handling: 404-page, run-worker-first: [/api/*]}
                """);

        var spec = folder.serving("site", "production").spec();
        assertThat(spec.bindings()).containsExactly(new Binding.Assets("FILES"));
        StaticFiles files = spec.code().files().orElseThrow();
        assertThat(files.files())
                .extracting(StaticFile::path)
                .containsExactly("/.well-known/security.txt", "/images/a.PNG", "/index.html");
        assertThat(files.files())
                .extracting(file -> file.type().orElse("none"))
                .containsExactly("text/plain; charset=utf-8", "image/png", "text/html; charset=utf-8");
        assertThat(files.serving())
                .isEqualTo(new StaticFiles.Serving(
                        HtmlHandling.DROP_TRAILING_SLASH,
                        NotFoundHandling.NEAREST_404_PAGE,
                        java.util.List.of("/api/*"),
                        "/*\n  X-A: b\n",
                        "/old /new\n",
                        false));
    }

    @Test
    void aChangedFileMakesAVersionAndAnUnchangedFolderNone() {
        String yaml = "services: {site: {assets: public}}";
        folder.apply(yaml);
        Code first = folder.serving("site", "production").spec().code();
        assertThat(first.files().orElseThrow().serving().alone()).isTrue();

        assertThat(folder.apply(yaml).lines().getFirst().changed()).isFalse();
        folder.restart();
        assertThat(folder.apply(yaml).lines().getFirst().changed()).isFalse();
        assertThat(folder.serving("site", "production").spec().code()).isEqualTo(first);

        folder.write("public/index.html", "<h1>other</h1>");
        assertThat(folder.apply(yaml).lines().getFirst().version()).isEqualTo(2);
    }

    @Test
    void whatIsWrongIsToldWithItsLine() {
        folder.write("big/x", "x".repeat(30 * 1024 * 1024));

        assertThat(folder.problems("""
                services:
                  a: {assets: nowhere}
                  b: {assets: {binding: X}}
                  c: {assets: {directory: public, html-handling: some, kind: y}}
                  d: {main: worker.js, vars: {X: 1}, assets: {directory: public, binding: X}}
                  e: {assets: big}
                """))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("2: The folder 'nowhere' of a/production is not there"))
                .anySatisfy(problem -> assertThat(problem).startsWith("3: 'directory' is missing"))
                .anySatisfy(problem -> assertThat(problem).startsWith("4: There is no html handling 'some'"))
                .anySatisfy(problem -> assertThat(problem).startsWith("4: Unknown key 'kind'"))
                .anySatisfy(problem -> assertThat(problem).startsWith("5: 'X' of d/production is bound twice"))
                .anySatisfy(problem -> assertThat(problem).startsWith("6: 'big' has the file '/x', which is larger"));
    }
}
