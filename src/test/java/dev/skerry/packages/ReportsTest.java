package dev.skerry.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.api.TestServer;
import dev.skerry.ingress.TestIngress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Packages that report. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ReportsTest extends PackageTest {
    @Test
    void toucanReportsAnErrorToSentry() {
        packages.deployText("sentry", """
                const seen = [];
                export default {
                  async fetch(request) {
                    if (request.method === 'GET') return new Response(seen.at(-1) ?? '');
                    seen.push(`${request.url}\\n${await request.text()}`);
                    return new Response('{}');
                  },
                };
                """);
        packages.deploy("toucan-js", "{\"name\":\"SENTRY\",\"type\":\"service\",\"service\":\"sentry\"}");
        String id = to("toucan-js")
                .header("x-asked", "yes")
                .header("x-other", "no")
                .get("/page?q=1")
                .then()
                .statusCode(500)
                .extract()
                .asString();
        assertThat(id).matches("[0-9a-f]{32}");
        TestIngress.await(() -> !to("sentry").get("/").asString().isEmpty());
        String envelope = to("sentry").get("/").asString();
        String[] lines = envelope.split("\n", -1);
        assertThat(lines[0])
                .startsWith("https://sentry.example/api/42/envelope/?")
                .contains("sentry_key=key");
        var event = io.restassured.path.json.JsonPath.from(lines[3]);
        assertThat(event.getString("event_id")).isEqualTo(id);
        assertThat(event.getString("release")).isEqualTo("1.2.3");
        assertThat(event.getMap("tags")).isEqualTo(Map.of("area", "packages"));
        assertThat(event.getString("user.id")).isEqualTo("7");
        assertThat(event.getString("breadcrumbs[0].message")).isEqualTo("before it went wrong");
        assertThat(event.getString("exception.values[0].type")).isEqualTo("RangeError");
        assertThat(event.getString("exception.values[0].value")).isEqualTo("out of range");
        assertThat(event.getList("exception.values[0].stacktrace.frames.function", String.class))
                .last()
                .asString()
                .contains("guilty");
        assertThat(event.getString("request.url")).endsWith("/page");
        assertThat(event.getMap("request.headers"))
                .containsEntry("x-asked", "yes")
                .doesNotContainKey("x-other");
        assertThat(event.getInt("contexts.RangeError.limit")).isEqualTo(5);
    }
}
