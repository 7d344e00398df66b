package dev.skerry.command;

import dev.skerry.store.Backup;
import dev.skerry.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry backup}. */
@Command(
        name = "backup",
        description = "Writes a consistent copy of the database to a file, also while the server runs.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A file that is not there yet.")
    private Path file;

    @Mixin
    private DataOption data = new DataOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try {
            Backup.write(data.folder(), file);
        } catch (StoreException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.SOFTWARE;
        }
        spec.commandLine()
                .getOut()
                .println("Wrote " + file + ", " + Files.size(file)
                        + " bytes. The key of secrets (secret.key) is not in it; keep that elsewhere.");
        return ExitCode.OK;
    }
}
