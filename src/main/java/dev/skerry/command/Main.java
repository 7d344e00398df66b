package dev.skerry.command;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** The program's entry. Only {@code serve} starts the server; the other commands are plain. */
@QuarkusMain(name = "skerry")
public final class Main {
    private Main() {}

    public static void main(String... args) {
        int status = new CommandLine(new SkerryCommand()).execute(args);
        if (status != CommandLine.ExitCode.OK) {
            System.exit(status);
        }
    }
}
