package dev.skerry.command;

import dev.skerry.store.Backup;
import dev.skerry.store.DataFolder;
import dev.skerry.store.StoreException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry restore}. */
@Command(
        name = "restore",
        description =
                "Puts a backup in the place of the database, while the server is stopped. What was there is kept.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "What skerry backup wrote.")
    private Path file;

    @Mixin
    private DataOption data = new DataOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (DataFolder folder = DataFolder.open(data.folder())) {
            String before = Backup.restore(folder, file)
                    .map(aside -> "; the database before is in " + aside)
                    .orElse("");
            spec.commandLine().getOut().println("Restored " + file + " into " + folder.path() + before + ".");
            return ExitCode.OK;
        } catch (StoreException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }
}
