package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code config/skerry.yaml} as it comes, but for the router's share, which is left to no chance here. */
class ExamplesIT {
    private static final String TOKEN = "a token of this test";

    private static ServerProcess server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = ServerProcess.start(Path.of("config/skerry.yaml"), folder, Map.of("SECRET_TOKEN", TOKEN));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theGatewayLetsARequestWithTheTokenThrough() {
        HttpResponse<String> answer = server.get("gateway.localhost", "/", "x-custom-token", TOKEN);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello from behind the gateway\n");
    }

    @Test
    void theGatewayRefusesARequestWithoutTheToken() {
        HttpResponse<String> answer = server.get("gateway.localhost", "/");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("x-custom-token does not match, request not allowed");
    }

    @Test
    void stagingOfTheGatewayAsksStagingOfAuth() {
        assertThat(server.get("staging.gateway.localhost", "/", "x-custom-token", TOKEN)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get("staging.gateway.localhost", "/").statusCode()).isEqualTo(403);
    }

    @Test
    void aPrivateServiceHasNoAddress() {
        HttpResponse<String> answer = server.get("auth.localhost", "/", "x-custom-token", TOKEN);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("auth.localhost");
    }

    @Test
    void anUnknownHostIsToldSo() {
        HttpResponse<String> answer = server.get("nobody.localhost", "/");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("nobody.localhost");
    }

    @Test
    void theRouterGivesARequestToOneOfTheEditions() {
        assertThat(server.get("router.localhost", "/some/path").body())
                .matches("\\{\"edition\":\"(current|next)\",\"path\":\"/some/path\"}");
    }

    @Test
    void aWorkerInTheServiceWorkerFormatAnswers() {
        assertThat(server.get("hello.localhost", "/").body()).isEqualTo("Hello, world\n");
    }

    @Test
    void aWorkerReadsAJsonBody() {
        HttpResponse<String> answer = server.post("sum.localhost", "/", "{\"numbers\": [1, 2, 3]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"sum\":6}");
    }

    @Test
    void aBrokenJsonBodyIsTheWorkersToAnswer() {
        HttpResponse<String> answer = server.post("sum.localhost", "/", "{\"numbers\": [1, 2");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("SyntaxError");
    }

    @Test
    void theStartTellsEveryEnvironmentWithItsAddressAndNoSecret() {
        assertThat(server.logLines())
                .anyMatch(line -> line.endsWith("gateway/production http://gateway.localhost:" + server.port()))
                .anyMatch(line -> line.endsWith("gateway/staging http://staging.gateway.localhost:" + server.port()))
                .anyMatch(line -> line.endsWith("auth/production (private)"))
                .noneMatch(line -> line.contains(TOKEN));
    }

    @Test
    void javaScriptIsCompiledNotInterpreted() {
        assertThat(server.logLines())
                .anyMatch(line -> line.contains("JavaScript is compiled"))
                .noneMatch(line -> line.contains("only interpreted"));
    }

    @Test
    void theAdminPortTellsHealthMetricsAndTheApi() {
        assertThat(server.admin("/q/health/ready").body()).contains("\"UP\"").contains("workers");
        assertThat(server.admin("/q/health").statusCode()).isEqualTo(200);
        assertThat(server.admin("/q/metrics").body()).contains("skerry_");
        assertThat(server.admin("/q/openapi").body()).contains("openapi:");
    }
}
