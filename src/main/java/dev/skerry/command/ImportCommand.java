package dev.skerry.command;

import dev.skerry.manifest.Draft;
import dev.skerry.manifest.ManifestException;
import dev.skerry.manifest.Problem;
import dev.skerry.manifest.wrangler.Project;
import dev.skerry.manifest.wrangler.ProjectException;
import dev.skerry.store.StoreException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry import}. */
@Command(
        name = "import",
        description = "Makes a service of a script, a folder or a project of wrangler, in the server that runs.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DIR-OR-FILE",
            description = "A script, a folder, or a wrangler.toml, .json or .jsonc or the folder that has one;"
                    + " its env.* become environments.")
    private Path path;

    @Option(
            names = "--name",
            paramLabel = "SERVICE",
            description = "The service's name, in place of the project's own.")
    private @Nullable String name;

    @Option(
            names = "--main",
            paramLabel = "FILE",
            description = "The script to begin with, in place of the project's: what a build wrote.")
    private @Nullable Path main;

    @Option(
            names = "--dry-run",
            description = "Prints what would be deployed, as an entry for skerry.yaml, and changes nothing.")
    private boolean dryRun;

    @Mixin
    private ServerOption server = new ServerOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Project project = Project.read(path, server.folder(), Optional.ofNullable(name), Optional.ofNullable(main));
            List<Draft> drafts = Draft.read(
                    project.yamlOfWorkers(),
                    server.folder().resolve(project.service()),
                    project.sites().keySet());
            List<String> notes = new ArrayList<>(project.notes());
            drafts.stream()
                    .map(Draft::packages)
                    .flatMap(List::stream)
                    .distinct()
                    .forEach(each -> notes.add("'" + each
                            + "' is imported and is no file: npm packages are bundled first, by 'npx wrangler deploy"
                            + " --dry-run --outdir dist' and then --main dist/..."));
            if (dryRun) {
                out.print(project.yaml());
                out.flush();
            } else {
                deploy(project, drafts, out);
            }
            notes.forEach(note -> err.println("Note: " + note));
            return ExitCode.OK;
        } catch (ManifestException e) {
            e.problems().stream().map(Problem::message).forEach(err::println);
        } catch (ProjectException | StoreException | AdminClient.Failure e) {
            err.println(e.getMessage());
        }
        return ExitCode.SOFTWARE;
    }

    /** In an order in which each environment finds what it binds to: what fails for want of another comes again after the others. */
    private void deploy(Project project, List<Draft> drafts, PrintWriter out) {
        try (AdminClient client = new AdminClient(server.address(), server.token(), "skerry-import")) {
            DraftUpload upload = new DraftUpload(client);
            List<Draft> waiting = new ArrayList<>(drafts);
            AdminClient.@Nullable Failure failure = null;
            for (int left = waiting.size() + 1; waiting.size() < left; ) {
                left = waiting.size();
                failure = null;
                for (Draft draft : List.copyOf(waiting)) {
                    try {
                        upload.deploy(
                                draft,
                                Optional.ofNullable(project.sites()
                                        .get(draft.ref().environment().value())));
                        waiting.remove(draft);
                        out.println(draft.ref() + " is deployed: "
                                + draft.code().modules().size() + " modules, "
                                + (draft.bindings().size() + draft.namespaces().size()) + " bindings");
                    } catch (AdminClient.Failure e) {
                        failure = new AdminClient.Failure(e.code(), draft.ref() + ": " + e.getMessage());
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
