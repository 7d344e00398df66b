package dev.skerry.model;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A version's static files, sorted by path, and how they are served. Immutable; equal ones serve the same. */
public record StaticFiles(List<StaticFile> files, Serving serving) {
    public StaticFiles {
        files = files.stream().sorted(Comparator.comparing(StaticFile::path)).toList();
        Set<String> paths = new HashSet<>();
        for (StaticFile file : files) {
            if (!paths.add(file.path())) {
                throw new IllegalArgumentException("Two static files are at '" + file.path() + "'");
            }
        }
    }

    /**
     * One file; its bytes are in the store.
     *
     * @param path as it is asked for, not percent-encoded: begins with a slash
     * @param hash the client's name of the content, 32 hex digits: the entity tag
     * @param sha256 the store's name of the content
     * @param size in bytes
     * @param type the {@code Content-Type} that is sent; none without
     */
    public record StaticFile(String path, String hash, String sha256, long size, Optional<String> type) {
        private static final int LONGEST = 1024;

        public StaticFile {
            check(path);
            if (!hash.matches("[0-9a-f]{32}")) {
                throw new IllegalArgumentException(
                        "The hash of '" + path + "' is '" + hash + "', not 32 hex digits in lower case");
            }
        }

        /** @throws IllegalArgumentException when a file cannot be at this path */
        public static void check(String path) {
            if (!path.startsWith("/")
                    || path.length() > LONGEST
                    || path.indexOf('\\') >= 0
                    || path.chars().anyMatch(Character::isISOControl)
                    || (path + "/").matches(".*/(|\\.|\\.\\.)/.*")) {
                throw new IllegalArgumentException(
                        "A static file's path begins with a slash, has no empty, '.' or '..' part, no backslash and no control"
                                + " character, and at most " + LONGEST + " characters; this one is '" + path + "'");
            }
        }
    }

    /**
     * How requests find their files.
     *
     * @param workerFirst patterns of paths that go to the worker before the files, those with {@code !} before them not; empty when files come first
     * @param headers rules for headers, in the form of a {@code _headers} file
     * @param redirects rules for redirects, in the form of a {@code _redirects} file
     * @param alone whether there is no worker behind the files
     */
    public record Serving(
            HtmlHandling html,
            NotFoundHandling notFound,
            List<String> workerFirst,
            String headers,
            String redirects,
            boolean alone) {
        public static final Serving DEFAULT =
                new Serving(HtmlHandling.AUTO_TRAILING_SLASH, NotFoundHandling.NONE, List.of(), "", "", false);

        public Serving {
            workerFirst = List.copyOf(workerFirst);
        }

        /** The same with rules for headers and redirects. */
        public Serving withRules(String headerRules, String redirectRules) {
            return new Serving(html, notFound, workerFirst, headerRules, redirectRules, alone);
        }

        /** The same with no worker behind the files. */
        public Serving withoutWorker() {
            return new Serving(html, notFound, workerFirst, headers, redirects, true);
        }
    }

    /** At which paths pages ({@code *.html}) are. */
    public enum HtmlHandling {
        AUTO_TRAILING_SLASH,
        FORCE_TRAILING_SLASH,
        DROP_TRAILING_SLASH,
        NONE;

        /** @throws IllegalArgumentException when there is none of this name */
        public static HtmlHandling named(String name) {
            return of(values(), name, "html handling");
        }

        /** As it is written in configurations. */
        public String wireName() {
            return wire(this);
        }
    }

    /** What is served where no file is. */
    public enum NotFoundHandling {
        NONE,
        SINGLE_PAGE_APPLICATION,
        /** The nearest {@code 404.html}. */
        NEAREST_404_PAGE;

        /** @throws IllegalArgumentException when there is none of this name */
        public static NotFoundHandling named(String name) {
            return of(values(), name, "not-found handling");
        }

        /** As it is written in configurations. */
        public String wireName() {
            return wire(this);
        }
    }

    private static String wire(Enum<?> value) {
        return value == NotFoundHandling.NEAREST_404_PAGE
                ? "404-page"
                : value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E of(E[] values, String name, String what) {
        for (E value : values) {
            if (wire(value).equals(name)) {
                return value;
            }
        }
        throw new IllegalArgumentException("There is no " + what + " '" + name + "'; there are: "
                + String.join(
                        ", ",
                        java.util.Arrays.stream(values).map(StaticFiles::wire).toList()));
    }
}
