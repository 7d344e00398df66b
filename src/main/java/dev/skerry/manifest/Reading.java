package dev.skerry.manifest;

import dev.skerry.assets.AssetFiles;
import dev.skerry.manifest.BindingEntry.SecretFrom;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.StaticFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the files and variables that a manifest names. Confined to one thread, for one reading of the manifest. */
final class Reading {
    private final Path folder;
    private final SourceFiles files;
    private final Problems problems;
    private final Function<String, Optional<String>> variables;
    // Null for a reading whose static files others upload.
    private final @Nullable AssetFiles store;
    private final Map<CodeEntry, Optional<Code>> read = new HashMap<>();
    private final Map<AssetsEntry, Optional<StaticFiles>> sites = new HashMap<>();

    /**
     * @param folder the manifest's, to which its paths are relative
     * @param variables the server's environment variables
     * @param store where static files are kept; null when there must be none
     */
    Reading(
            Path folder,
            SourceFiles files,
            Problems problems,
            Function<String, Optional<String>> variables,
            @Nullable AssetFiles store) {
        this.folder = folder;
        this.files = files;
        this.problems = problems;
        this.variables = variables;
        this.store = store;
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

    /** The static files; empty, and a problem, when they cannot be read. Environments that inherit them share them. */
    Optional<StaticFiles> files(EnvironmentRef ref, AssetsEntry entry) {
        return sites.computeIfAbsent(entry, unread -> {
            AssetFiles limits = store;
            if (limits == null) {
                problems.add(entry.line(), "The static files of " + ref + " cannot be read here");
                return Optional.empty();
            }
            String what = "The folder '" + entry.directory() + "' of " + ref;
            try {
                if (!files.isFolder(root(entry))) {
                    problems.add(entry.line(), what + " is not there: " + root(entry));
                    return Optional.empty();
                }
                return Optional.of(folder(entry)
                        .read(limits.config().file().bytes(), limits.config().files()));
            } catch (IOException e) {
                problems.add(entry.line(), what + " cannot be read: " + e);
            } catch (IllegalArgumentException e) {
                problems.add(entry.line(), String.valueOf(e.getMessage()));
            }
            return Optional.empty();
        });
    }

    /** Keeps the bytes of an environment's static files, as the version that is made of them needs it. Waits for the store. */
    void keepFiles(Desired desired) {
        AssetsEntry entry = desired.entry().assets().orElse(null);
        StaticFiles found = desired.code().files().orElse(null);
        if (store != null && entry != null && found != null) {
            try {
                folder(entry).keep(found, desired.ref().service().value(), store);
            } catch (IOException e) {
                problems.add(entry.line(), "The folder '" + entry.directory() + "' cannot be read: " + e.getMessage());
            }
        }
    }

    private AssetFolder folder(AssetsEntry entry) {
        return new AssetFolder(root(entry), files, entry);
    }

    private Path root(AssetsEntry entry) {
        return folder.resolve(entry.directory()).normalize();
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
