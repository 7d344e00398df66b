package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that {@code --config} names, and what goes before it. */
class ConfigurationIT {
    @TempDir
    private Path folder;

    @Test
    void aBadFileIsRefusedWithEverythingThatIsWrongInIt() {
        Workers workers =
                new Workers(folder).write("a.js", Workers.answering("a")).write("skerry.yaml", """
                        services:
                          a:
                            main: a.js
                            colour: blue
                          b: {main: missing.js}
                          c: {main: a.js, services: {AUTH: {service: nobody}}}
                          d:
                            environments:
                              production: {from: staging}
                              staging: {from: production}
                        """);
        try (ServerProcess server = ServerProcess.launch(workers.yaml(), folder, Map.of())) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.log())
                    .contains(workers.yaml() + ":4: ", "colour")
                    .contains(workers.yaml() + ":5: ", "missing.js")
                    .contains(workers.yaml() + ":6: ", "nobody")
                    .containsPattern("skerry.yaml:[89]: ");
        }
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        try (ServerProcess server = ServerProcess.launch(folder.resolve("none.yaml"), folder, Map.of())) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.log()).contains("none.yaml");
        }
    }

    @Test
    void environmentVariablesAndSystemPropertiesGoBeforeTheFile() {
        Workers workers = new Workers(folder)
                .write("a.js", Workers.answering("a"))
                .write("broken.js", """
                        export default {
                          fetch() { nobody.home(); },
                        };
                        """)
                .write("skerry.yaml", """
                        skerry:
                          dev: true
                          domain: file.test
                          listen: {workers: "127.0.0.1:1", admin: "127.0.0.1:2"}
                          account-id: "00000000000000000000000000000001"
                        services:
                          a: {main: a.js}
                          broken: {main: broken.js}
                        """);
        String account = "0123456789abcdef0123456789abcdef";
        try (ServerProcess server = workers.start(
                Map.of("SKERRY_DOMAIN", "variable.test", "SKERRY_ACCOUNT_ID", "f".repeat(32)),
                "-Dskerry.account-id=" + account)) {
            assertThat(server.get("a.variable.test", "/").body()).isEqualTo("a");
            assertThat(server.get("a.file.test", "/").statusCode()).isEqualTo(404);
            assertThat(server.log()).contains("Account " + account);
            assertThat(server.get("broken.variable.test", "/").body())
                    .as("skerry.dev tells clients what a worker threw")
                    .contains("ReferenceError", "broken.js:2");
        }
    }

    @Test
    void aTokenForTheAdminApiIsMadeForItsOwnerAlone() throws IOException {
        Workers workers = new Workers(folder).write("skerry.yaml", "services: {}\n");
        try (ServerProcess server = workers.start()) {
            assertThat(server.log()).contains("Admin token: " + folder.resolve("data/admin.token"));
        }
        Path token = folder.resolve("data/admin.token");
        assertThat(token).isNotEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
    }
}
