package dev.skerry.wrangler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code wrangler tail} prints what happens in a worker. */
@ExtendWith(Projects.OneServer.class)
class WranglerTailIT {
    private final Projects projects;

    WranglerTailIT(Projects projects) {
        this.projects = projects;
    }

    @EachWrangler
    void tailsEvents(String version) throws Exception {
        Wrangler wrangler = projects.project(version, "tail", "").write("src/index.js", """
                export default {
                  fetch(request) {
                    console.log('seen', new URL(request.url).pathname, { deep: [1] });
                    if (request.url.endsWith('/break')) throw new TypeError('it broke');
                    return new Response('fine', { status: 201 });
                  },
                };
                """);
        wrangler.run("deploy");
        Path all = wrangler.output();
        Path some = wrangler.output();
        Process tailAll = wrangler.start(all, "tail", "--format", "json");
        Process tailSome = wrangler.start(
                some,
                "tail",
                "--format",
                "json",
                "--status",
                "ok",
                "--method",
                "GET",
                "--search",
                "/wanted",
                "--header",
                "x-kind:good");
        try {
            projects.server().await("events of both watchers", () -> {
                projects.get(wrangler.name(), "/break", "x-kind", "good");
                projects.get(wrangler.name(), "/unwanted", "x-kind", "good");
                projects.get(wrangler.name(), "/wanted", "x-kind", "bad");
                projects.get(wrangler.name(), "/wanted/good", "x-kind", "good");
                return Files.readString(all).contains("it broke")
                        && Files.readString(some).contains("/wanted/good");
            });
            assertThat(Files.readString(all))
                    .contains("\"outcome\": \"exception\"", "TypeError", "\"method\": \"GET\"", "src/index.js:4:");
            assertThat(Files.readString(some))
                    .contains("\"outcome\": \"ok\"", "\"status\": 201", "seen /wanted/good { deep: [ 1 ] }")
                    .doesNotContain("/unwanted", "it broke", "\"bad\"");
        } finally {
            tailAll.destroy();
            tailSome.destroy();
        }
    }
}
