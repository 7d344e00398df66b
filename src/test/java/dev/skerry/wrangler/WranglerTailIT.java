package dev.skerry.wrangler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code wrangler tail} prints what happens in a worker. */
@ExtendWith(Projects.OneServer.class)
class WranglerTailIT {
    /** What is printed of the event that threw; in parts, for what is read of a file that grows may end anywhere. */
    private static final List<String> BROKEN =
            List.of("it broke", "\"outcome\": \"exception\"", "TypeError", "\"method\": \"GET\"", "src/index.js:4:");

    private static final List<String> WANTED =
            List.of("\"outcome\": \"ok\"", "\"status\": 201", "seen /wanted/good { deep: [ 1 ] }");

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
                return BROKEN.stream().allMatch(read(all)::contains)
                        && WANTED.stream().allMatch(read(some)::contains);
            });
            assertThat(read(some)).doesNotContain("/unwanted", "it broke", "\"bad\"");
        } finally {
            tailAll.destroy();
            tailSome.destroy();
        }
    }

    /** What a file has that is being written; its last character may be there in part. */
    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
