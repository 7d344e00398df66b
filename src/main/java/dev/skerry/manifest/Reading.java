package dev.skerry.manifest;

import dev.skerry.manifest.BindingEntry.SecretFrom;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the files and variables that a manifest names. Confined to one thread, for one reading of the manifest. */
final class Reading {
    private final Path folder;
    private final SourceFiles files;
    private final Problems problems;
    private final Function<String, Optional<String>> variables;
    private final Map<CodeEntry, Optional<Code>> read = new HashMap<>();

    /**
     * @param folder the manifest's, to which its paths are relative
     * @param variables the server's environment variables
     */
    Reading(Path folder, SourceFiles files, Problems problems, Function<String, Optional<String>> variables) {
        this.folder = folder;
        this.files = files;
        this.problems = problems;
        this.variables = variables;
    }

    Problems problems() {
        return problems;
    }

    /** The code; environments that inherit it share it. */
    Optional<Code> code(EnvironmentRef ref, CodeEntry entry) {
        Optional<Code> known = read.get(entry);
        if (known == null) {
            known = new WorkerSource(folder, files, problems, ref.toString(), entry).read();
            read.put(entry, known);
        }
        return known;
    }

    /** The variable's text, else the file's without its last line end. Neither is ever part of a message. */
    Optional<String> secret(EnvironmentRef ref, BindingEntry binding, SecretFrom from) {
        Optional<String> text = from.variable().flatMap(variables).filter(value -> !value.isEmpty());
        if (text.isPresent()) {
            return text;
        }
        String subject = "Secret " + binding.name() + " of " + ref + ": ";
        String missing = from.variable()
                .map(name -> "the environment variable " + name + " is not set")
                .orElse("");
        if (from.file().isEmpty()) {
            problems.add(binding.line(), subject + missing);
            return Optional.empty();
        }
        Path file = folder.resolve(from.file().get()).normalize();
        try {
            if (files.isFile(file)) {
                return Optional.of(new String(files.read(file), StandardCharsets.UTF_8).replaceFirst("\\R\\z", ""));
            }
            problems.add(
                    binding.line(),
                    subject + missing + (missing.isEmpty() ? "" : ", and ") + "the file " + file + " is not there");
        } catch (IOException e) {
            problems.add(binding.line(), subject + "the file " + file + " cannot be read: " + e);
        }
        return Optional.empty();
    }
}
