package dev.skerry.api.environments;

import static dev.skerry.api.Calls.ask;
import static dev.skerry.api.Calls.client;
import static dev.skerry.api.Calls.deploy;
import static dev.skerry.api.TestServer.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.skerry.api.TestServer;
import dev.skerry.ingress.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that ask for what cannot be: each is answered with its status, code and sentence, and nothing is changed. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class BadInputTest {
    private static final String SERVICES = A + "/workers/services";
    private static final String NONE = "00000000-0000-4000-8000-000000000000";

    @Inject
    Ingress ingress;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Services
                "POST|/workers/services|{}|400|15000|has no 'name'",
                "POST|/workers/services|{\"name\":\"Bad Name\"}|400|15000|'Bad Name' is not a name for a service",
                "POST|/workers/services|{\"name\":\"../x\"}|400|15000|'../x' is not a name",
                "POST|/workers/services|{\"name\":7,|400|10026|not the JSON",
                "POST|/workers/services|null|400|10026|The body is null",
                "POST|/workers/services|[]|400|10026|not the JSON",
                "POST|/workers/services|{\"name\":\"whole\"}|409|15001|There is a service 'whole' already",
                "PATCH|/workers/services/whole|{}|400|15000|has no 'name'",
                "PATCH|/workers/services/whole|{\"name\":\"taken\"}|409|15001|There is a service 'taken' already",
                "PATCH|/workers/services/whole|{\"name\":\"x\",\"redirect_seconds\":-1}|400|15000|from 0 to",
                "PATCH|/workers/services/nobody|{\"name\":\"x\"}|404|10090|There is no service 'nobody'",
                "DELETE|/workers/services/nobody||404|10090|There is no service 'nobody'",
                // Environments
                "GET|/workers/services/nobody/environments||404|10090|There is no service 'nobody'",
                "POST|/workers/services/nobody/environments|{\"name\":\"dev\"}|404|10090|There is no service 'nobody'",
                "POST|/workers/services/whole/environments|{\"name\":\"UPPER\"}|400|15000|'UPPER' is not a name for an environment",
                "POST|/workers/services/whole/environments|{\"name\":\"dev\"}|409|15001|has an environment 'dev' already",
                "POST|/workers/services/whole/environments|{\"name\":\"production\"}|409|15001|has an environment 'production' already",
                "PATCH|/workers/services/whole/environments/production|{\"name\":\"x\"}|409|15003|Every service has production",
                "PATCH|/workers/services/whole/environments/dev|{\"name\":\"production\"}|409|15001|'production' already",
                "PATCH|/workers/services/whole/environments/none|{\"name\":\"x\"}|404|10092|there are: production, dev",
                "DELETE|/workers/services/whole/environments/none||404|10092|no environment 'none'",
                "DELETE|/workers/services/whole/environments/production||409|15003|delete the service whole instead",
                // Clones
                "POST|/workers/services/whole/environments/none/clone|{\"name\":\"x\"}|404|10092|no environment 'none'",
                "POST|/workers/services/whole/environments/dev/clone|{}|400|15000|has no 'name'",
                "POST|/workers/services/whole/environments/dev/clone|{\"name\":\"x\",\"service\":\"nobody\"}|404|10090|'nobody'",
                "POST|/workers/services/whole/environments/dev/clone|{\"name\":\"production\"}|409|15001|'production' already",
                // Rollbacks and versions
                "POST|/workers/services/whole/environments/dev/rollback|{}|404|15004|Nothing is deployed in whole/dev",
                "POST|/workers/services/whole/environments/production/rollback|{\"version_id\":\"x\"}|404|15004|has no version 'x'",
                "GET|/workers/services/whole/environments/dev/versions/" + NONE + "/modules||404|15004|has no version",
                "GET|/workers/versions/diff||400|15000|The query has no 'from'",
                "GET|/workers/versions/diff?from=whole/production&to=x||404|15004|There is no version 'x', which 'to' names",
                "GET|/workers/versions/diff?from=" + NONE + "&to=whole/production||404|15004|There is no version",
                "GET|/workers/versions/diff?from=whole/production@9&to=whole/production||404|15004|There is no version 'whole/production@9'",
                "GET|/workers/versions/diff?from=whole/production@99999999999999&to=whole/production||404|15004|no version",
                "GET|/workers/versions/diff?from=whole/none&to=whole/production||404|10092|no environment 'none'",
                "GET|/workers/versions/diff?from=whole/&to=whole/production||400|15000|is not a name",
                // Promotions
                "POST|/workers/services/whole/environments/dev/promotions|{}|400|15000|does not say what is promoted",
                "POST|/workers/services/whole/environments/dev/promotions|{\"from\":\"production\"}|400|10026|not the JSON",
                "POST|/workers/services/whole/environments/dev/promotions|{\"from\":{\"environment\":\"none\"}}|404|10092|'none'",
                "POST|/workers/services/whole/environments/dev/promotions|{\"from\":{\"environment\":\"dev\"}}|400|15000|not to itself",
                "POST|/workers/services/whole/environments/production/promotions|{\"from\":{\"environment\":\"dev\"}}|404|15004|whole/dev has no version yet",
                "POST|/workers/services/whole/environments/none/promotions|{\"from\":{\"environment\":\"production\"}}|404|10092|'none'",
                "POST|/workers/services/whole/environments/dev/promotions|{\"from\":{\"environment\":\"production\"},\"aspects\":[\"all\"]}|400|15000|'all' is not an aspect",
                "POST|/workers/services/whole/environments/dev/promotions|{\"from\":{\"environment\":\"production\"},\"version_id\":\""
                        + NONE + "\"}|404|15004|has no version",
                "POST|/workers/services/whole/environments/dev/promotions|{\"from\":{\"environment\":\"production\"},\"smoke\":[{}]}|400|15000|has no 'path'",
                "POST|/workers/services/whole/environments/dev/promotions|{\"from\":{\"environment\":\"production\"},\"smoke\":[{\"path\":\"x\"}]}|400|15000|begins with a slash",
                "POST|/workers/services/whole/environments/dev/promotions|{\"from\":{\"environment\":\"production\"},\"smoke\":[{\"path\":\"/\",\"status\":20}]}|400|15000|from 100 to 599",
                "POST|/workers/services/whole/environments/dev/promotions|{\"from\":{\"environment\":\"production\"},\"smoke\":[null]}|400|15000|A smoke request is null",
                "POST|/workers/services/whole/environments/dev/promotions|{\"from\":{\"environment\":\"production\"},\"annotations\":{\"a\":null}}|400|15000|An annotation is null",
                "POST|/workers/services/whole/environments/dev/promotions/x/undo||404|15004|There is no promotion 'x'",
                "POST|/workers/services/whole/environments/dev/promotions/" + NONE
                        + "/undo||404|15004|There is no promotion",
                // Pipelines
                "GET|/workers/services/nobody/pipeline||404|10090|'nobody'",
                "PUT|/workers/services/whole/pipeline|{\"environments\":[\"dev\",\"none\"]}|404|10092|'none'",
                "PUT|/workers/services/whole/pipeline|{\"environments\":[null]}|404|10092|'null'",
                "PUT|/workers/services/whole/pipeline|{\"environments\":\"dev\"}|400|10026|not the JSON",
                "POST|/workers/services/whole/pipeline/promotions|{}|400|15000|which step",
                "POST|/workers/services/whole/pipeline/promotions|{\"from\":{\"environment\":\"dev\"}}|409|15003|pipeline of whole, which is empty",
                "POST|/workers/services/whole/pipeline/promotions|{\"from\":{\"environment\":\"dev\",\"service\":\"taken\"}}|400|15000|of one service",
                // The log
                "GET|/workers/audit?from=yesterday||400|15000|'from' is a time such as",
                "GET|/workers/audit?environment=dev||400|15000|name that too",
                "GET|/workers/audit?service=Bad+Name||400|15000|is not a name",
                "GET|/workers/audit?page=x||400|15000|A parameter cannot be read",
            })
    void isRefused(String method, String path, String body, int status, int code, String sentence) {
        if (client().get(SERVICES + "/whole").statusCode() == 404) {
            deploy("whole", "production", "here", "").then().statusCode(201);
            deploy("taken", "production", "there", "").then().statusCode(201);
            client().contentType("application/json")
                    .body("{\"name\":\"dev\"}")
                    .post(SERVICES + "/whole/environments")
                    .then()
                    .statusCode(201);
        }
        String before = state();

        var request = client().contentType("application/json");
        if (body != null) {
            request.body(body);
        }
        request.request(method, A + path)
                .then()
                .statusCode(status)
                .body("success", equalTo(false))
                .body("result", equalTo(null))
                .body("errors[0].code", equalTo(code))
                .body("errors[0].message", containsString(sentence == null ? "" : sentence));

        assertThat(state()).isEqualTo(before);
        assertThat(ask(ingress, "whole.localhost")).startsWith("here");
    }

    /** All that was ever changed, and what is there. */
    private static String state() {
        Map<String, ?> entry = client().get(A + "/workers/audit?per_page=1").path("result[0]");
        return entry
                + client().get(SERVICES + "/whole/environments").asString()
                + client().get(SERVICES).asString()
                + client().get(SERVICES + "/whole/pipeline").asString()
                + client().get(A + "/storage/kv/namespaces").asString();
    }
}
