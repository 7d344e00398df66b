package dev.skerry.command;

import static dev.skerry.api.Calls.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.api.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class TokenCommandTest {
    @TempDir
    Path temp;

    @Inject
    @ConfigProperty(name = "skerry.listen.admin")
    String listen;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        config = temp.resolve("skerry.yaml");
        write(listen, "admin-token: " + TestServer.TOKEN);
    }

    private void write(String address, String more) throws IOException {
        Files.writeString(config, "skerry:\n  listen:\n    admin: " + address + "\n  " + more + "\n");
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.addAll(List.of("--config", config.toString()));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new SkerryCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void aTokenIsMadeListedAndRevoked() {
        assertThat(run("token", "create", "by command", "--scope", "deploy", "--for", "shop/*", "--expires", "30d"))
                .as(err.toString())
                .isZero();
        String token = out.toString().strip();
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(err.toString()).contains("'by command' may deploy in 'shop/*' until 2");
        as(token).get("/client/v4/user").then().statusCode(200);

        assertThat(run("token", "list")).isZero();
        assertThat(out.toString())
                .contains("by command  deploy  shop/*  until 2")
                .doesNotContain(token);

        assertThat(run("token", "revoke", "by command")).isZero();
        as(token).get("/client/v4/user").then().statusCode(401);
        assertThat(run("token", "revoke", "by command")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no token 'by command'");
    }

    @Test
    void whatTheServerRefusesIsSaid() {
        assertThat(run("token", "create", "x", "--scope", "root")).isEqualTo(1);
        assertThat(err.toString()).contains("read, deploy or admin, not 'root'");
        assertThat(run("token", "create", "x", "--expires", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("'soon' is no time");
    }

    @Test
    void withoutAServerOrItsTokenTheCureIsSaid() throws IOException {
        write("127.0.0.1:1", "admin-token: " + TestServer.TOKEN);
        assertThat(run("token", "list")).isEqualTo(1);
        assertThat(err.toString()).contains("No server answers at http://127.0.0.1:1");
        write(listen, "data: " + temp.resolve("nothing"));
        assertThat(run("token", "list")).isEqualTo(1);
        assertThat(err.toString()).contains("admin.token").contains("--token-file");
        write(listen, "admin-token: not the right one");
        assertThat(run("token", "list")).isEqualTo(1);
        assertThat(err.toString()).contains("not one of this server's");
    }
}
