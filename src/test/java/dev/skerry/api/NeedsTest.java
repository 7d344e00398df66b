package dev.skerry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedsTest {
    private static final String ACCOUNT = "accounts/0123";
    /** Here svc-staging is environment staging of svc. */
    private final Needs needs = new Needs(name ->
            name.equals("svc-staging") ? WorkerNames.named("svc", "staging") : WorkerNames.named(name, "production"));

    @ParameterizedTest
    @CsvSource({
        "GET, /workers/scripts, do anything",
        "GET, /workers/scripts/svc/settings, read in svc/production",
        "GET, /workers/scripts/svc-staging/settings, read in svc/staging",
        "PUT, /workers/scripts/svc-staging, deploy in svc/staging",
        "PUT, /workers/scripts/new, deploy in new/production",
        "POST, /workers/scripts/svc/versions, deploy in svc/production",
        "POST, /workers/scripts/svc/deployments, deploy in svc/production",
        "PUT, /workers/scripts/svc/secrets, deploy in svc/production",
        "DELETE, /workers/scripts/svc/secrets/NAME, deploy in svc/production",
        "DELETE, /workers/scripts/svc, admin in all of svc",
        "DELETE, /workers/scripts/svc-staging, admin in svc/staging",
        "POST, /workers/scripts/svc/tails, read in svc/production",
        "PATCH, /workers/workers/svc/versions/latest, deploy in svc/production",
        "GET, /workers/tails/by-consumer/svc, read in svc/production",
        "POST, /workers/services, do anything",
        "GET, /workers/services/svc, read in svc",
        "GET, /workers/services/svc-staging, read in svc/staging",
        "PATCH, /workers/services/svc, admin in all of svc",
        "DELETE, /workers/services/svc, admin in all of svc",
        "POST, /workers/services/svc/environments, deploy in svc",
        "PUT, /workers/services/svc/environments/dev, deploy in svc/dev",
        "PATCH, /workers/services/svc/environments/dev, admin in svc/dev",
        "DELETE, /workers/services/svc/environments/dev, admin in svc/dev",
        "POST, /workers/services/svc/environments/dev/clone, read in svc/dev",
        "POST, /workers/services/svc/environments/dev/promotions, deploy in svc/dev",
        "POST, /workers/services/svc/environments/dev/rollback, deploy in svc/dev",
        "GET, /workers/services/svc/environments/dev/versions/x/modules/a.js, read in svc/dev",
        "PUT, /workers/services/svc/pipeline, deploy in all of svc",
        "POST, /workers/services/svc/pipeline/promotions, deploy in svc",
        "GET, /workers/versions/diff, do anything",
        "GET, /workers/audit, do anything",
        "POST, /workers/something/new, admin everywhere",
        "GET, /tokens, admin everywhere",
        "POST, /tokens, admin everywhere",
        "GET, /storage/kv/namespaces/1/values/key, read everywhere",
        "POST, /storage/kv/namespaces/1/bulk/get, read everywhere",
        "PUT, /storage/kv/namespaces/1/bulk, deploy everywhere",
        "PUT, /storage/kv/namespaces/1/values/key, deploy everywhere",
        "POST, /storage/kv/namespaces, admin everywhere",
        "DELETE, /storage/kv/namespaces/1, admin everywhere",
        "POST, /storage/kv/namespaces/1/clone, admin everywhere",
        "POST, /other, admin everywhere"
    })
    void aCallNeeds(String method, String path, String what) {
        assertThat(needs.of(method, List.of((ACCOUNT + path).split("/"))).words())
                .isEqualTo(what);
    }

    @Test
    void whatIsOfNoAccountIsAskedByAnybodyAndChangedByAdministrators() {
        assertThat(needs.of("GET", List.of("user", "tokens", "verify")).words()).isEqualTo("do anything");
        assertThat(needs.of("PUT", List.of("user")).words()).isEqualTo("admin everywhere");
    }

    @Test
    void aSlashInANameIsNoWayAround() {
        assertThatThrownBy(() -> needs.of("PUT", List.of("accounts", "0", "workers", "scripts", "a/tails")))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("a/tails");
    }
}
