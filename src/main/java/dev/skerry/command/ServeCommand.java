package dev.skerry.command;

import io.quarkus.runtime.Quarkus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skerry serve}. */
@Command(name = "serve", description = "Serves the workers of a configuration file.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    /** The system property by which the server finds the file. */
    static final String FILE = "dev.skerry.file";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config/skerry.yaml",
            description = "Server settings and services; default: ${DEFAULT-VALUE}.")
    private Path file;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "true",
            description = "Sets a system property, such as skerry.domain, which goes before the file.")
    private Map<String, String> properties = new HashMap<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!Files.isReadable(file)) {
            throw new ParameterException(
                    spec.commandLine(), "There is no readable file " + file + "; name one with --config FILE");
        }
        properties.forEach(System::setProperty);
        System.setProperty(FILE, file.toString());
        AtomicInteger status = new AtomicInteger();
        Quarkus.run(null, (code, failure) -> {
            status.set(failure == null ? code : StartFailure.explain(failure));
        });
        return status.get();
    }
}
