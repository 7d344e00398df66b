package dev.skerry.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code *.any.js} of the Web Platform Tests with what its first lines say of it: https://web-platform-tests.org/writing-tests/testharness.html#multi-global-tests
 *
 * @param name its path in the checkout
 * @param script its own text
 * @param variants queries, one run each; a single empty one when it has none
 * @param missing why it cannot be run here, if so
 */
record WptFile(
        String name,
        String script,
        List<Path> scripts,
        List<String> variants,
        boolean longTimeout,
        Optional<String> missing) {
    private static final Pattern META = Pattern.compile("^//\\s*META:\\s*(\\w+)=(.*?)\\s*$");
    /** Globals that a worker of ours is like. */
    private static final Pattern OURS =
            Pattern.compile("\\b(?:default|worker|dedicatedworker|sharedworker|serviceworker|jsshell)(?:-module)?\\b");

    static WptFile read(Path root, Path file) throws IOException {
        String text = Files.readString(file);
        List<Path> scripts = new ArrayList<>();
        List<String> variants = new ArrayList<>();
        boolean longTimeout = false;
        Optional<String> missing = Optional.empty();
        for (String line : text.lines().toList()) {
            Matcher meta = META.matcher(line);
            if (!meta.matches()) {
                if (line.startsWith("//") || line.isBlank()) {
                    continue;
                }
                break;
            }
            String value = meta.group(2);
            switch (meta.group(1)) {
                case "script" -> {
                    Path script = value.startsWith("/")
                            ? root.resolve(value.substring(1)).normalize()
                            : file.resolveSibling(value).normalize();
                    scripts.add(script);
                    if (value.contains(".sub.")) {
                        missing = Optional.of("its script " + value + " is for the suite's own server to fill in");
                    } else if (!script.startsWith(root) || !Files.isRegularFile(script)) {
                        missing = Optional.of("its script " + value + " is not in the checkout");
                    }
                }
                case "variant" -> variants.add(value);
                case "timeout" -> longTimeout = value.equals("long");
                case "global" -> {
                    if (!OURS.matcher(value).find()) {
                        missing = Optional.of("it is for other globals: " + value);
                    }
                }
                default -> {}
            }
        }
        return new WptFile(
                root.relativize(file).toString().replace('\\', '/'),
                text,
                List.copyOf(scripts),
                variants.isEmpty() ? List.of("") : List.copyOf(variants),
                longTimeout,
                missing);
    }
}
