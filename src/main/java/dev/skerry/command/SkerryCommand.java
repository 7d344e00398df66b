package dev.skerry.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skerry}. */
@Command(
        name = "skerry",
        description = "Workers Services on a machine of your own.",
        mixinStandardHelpOptions = true,
        versionProvider = SkerryVersion.class,
        subcommands = {
            ServeCommand.class,
            ImportCommand.class,
            TokenCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        })
final class SkerryCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command");
    }
}
