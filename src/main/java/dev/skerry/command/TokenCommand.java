package dev.skerry.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry token}: the keys to the admin API, through the server that runs: it alone knows from one moment to the next which of them open. */
@Command(
        name = "token",
        description = "Makes, lists and revokes the tokens of the admin API of the server that runs.",
        mixinStandardHelpOptions = true,
        subcommands = {TokenCommand.Create.class, TokenCommand.ListAll.class, TokenCommand.Revoke.class})
final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: create, list or revoke");
    }

    /** What the three have in common. */
    private abstract static class Call implements Callable<Integer> {
        @Mixin
        private ServerOption server = new ServerOption();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (AdminClient client = new AdminClient(server.address(), server.token(), "skerry")) {
                run(client);
                return ExitCode.OK;
            } catch (StoreException | AdminClient.Failure e) {
                spec.commandLine().getErr().println(e.getMessage());
                return ExitCode.SOFTWARE;
            }
        }

        abstract void run(AdminClient client);

        void print(String line) {
            spec.commandLine().getOut().println(line);
        }

        /** Beside the result, so that scripts get the result alone. */
        void remark(String line) {
            spec.commandLine().getErr().println(line);
        }

        ParameterException wrong(String sentence) {
            return new ParameterException(spec.commandLine(), sentence);
        }
    }

    @Command(name = "create", description = "Makes a token and prints it, this once.", mixinStandardHelpOptions = true)
    static final class Create extends Call {
        private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([mhd])");

        @Parameters(paramLabel = "NAME", description = "Who acts with it, as histories tell.")
        private String name;

        @Option(
                names = "--scope",
                defaultValue = "deploy",
                description = "read, deploy or admin; each includes those before it. Default: ${DEFAULT-VALUE}.")
        private String scope;

        @Option(
                names = "--for",
                paramLabel = "PATTERN",
                defaultValue = "*",
                description =
                        "Which environments: *, SERVICE or SERVICE/ENVIRONMENT, with * for any characters. Default: all.")
        private String pattern;

        @Option(
                names = "--expires",
                paramLabel = "WHEN",
                description = "From when it opens nothing: 90m, 12h, 30d, or 2026-01-31T12:00:00Z. Default: never.")
        private @Nullable String expires;

        @Override
        void run(AdminClient client) {
            ObjectNode body = JsonNodeFactory.instance
                    .objectNode()
                    .put("name", name)
                    .put("scope", scope.toLowerCase(Locale.ROOT))
                    .put("pattern", pattern);
            if (expires != null) {
                body.put("expires_on", end(expires).toString());
            }
            JsonNode made = client.post("/tokens", body);
            remark("Token '" + made.path("name").asText() + "' may "
                    + made.path("scope").asText() + " in '"
                    + made.path("pattern").asText() + "'"
                    + (made.hasNonNull("expires_on")
                            ? " until " + made.path("expires_on").asText()
                            : "") + ". It is told this once:");
            print(made.path("value").asText());
        }

        private Instant end(String text) {
            Matcher span = SPAN.matcher(text);
            if (span.matches()) {
                long count = Long.parseLong(span.group(1));
                return Instant.now()
                        .plus(
                                switch (span.group(2)) {
                                    case "m" -> Duration.ofMinutes(count);
                                    case "h" -> Duration.ofHours(count);
                                    default -> Duration.ofDays(count);
                                });
            }
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw wrong("'" + text + "' is no time; write 90m, 12h, 30d or 2026-01-31T12:00:00Z");
            }
        }
    }

    @Command(name = "list", description = "Lists the tokens, without their texts.", mixinStandardHelpOptions = true)
    static final class ListAll extends Call {
        @Override
        void run(AdminClient client) {
            for (JsonNode token : client.get("/tokens")) {
                print(String.join(
                        "  ",
                        token.path("id").asText(),
                        token.path("name").asText(),
                        token.path("scope").asText(),
                        token.path("pattern").asText(),
                        token.path("status").asText().equals("expired")
                                ? "expired"
                                : token.hasNonNull("expires_on")
                                        ? "until " + token.path("expires_on").asText()
                                        : "for ever"));
            }
        }
    }

    @Command(
            name = "revoke",
            description = "Revokes a token: it opens nothing from now on.",
            mixinStandardHelpOptions = true)
    static final class Revoke extends Call {
        @Parameters(paramLabel = "NAME", description = "The token's name, or its id.")
        private String name;

        @Override
        void run(AdminClient client) {
            for (JsonNode token : client.get("/tokens")) {
                String id = token.path("id").asText();
                if (token.path("name").asText().equals(name) || id.equals(name)) {
                    client.delete("/tokens/" + id);
                    print("Revoked '" + token.path("name").asText() + "'");
                    return;
                }
            }
            throw new AdminClient.Failure(
                    0, "There is no token '" + name + "'; skerry token list tells those that there are");
        }
    }
}
