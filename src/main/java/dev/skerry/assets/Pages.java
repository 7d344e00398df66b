package dev.skerry.assets;

import dev.skerry.model.StaticFiles;
import dev.skerry.model.StaticFiles.HtmlHandling;
import dev.skerry.model.StaticFiles.NotFoundHandling;
import dev.skerry.model.StaticFiles.StaticFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * At which path each file is, by the version's html handling, and which file answers where there is none
 * (<a href="https://developers.cloudflare.com/workers/static-assets/routing/advanced/html-handling/">html_handling</a>). A page {@code /foo.html} or
 * {@code /foo/index.html} is at one path alone, to which the others redirect, unless another file is there. Immutable.
 */
final class Pages {
    private static final String HTML = ".html";
    private static final String INDEX = "/index";
    private static final String INDEX_HTML = "/index.html";

    /** What is at a path. */
    sealed interface Found {
        record Page(StaticFile file, int status) implements Found {}

        record Moved(String path) implements Found {}

        record Nothing() implements Found {}
    }

    private static final Found NOTHING = new Found.Nothing();

    private final Map<String, StaticFile> files = new HashMap<>();
    private final HtmlHandling html;
    private final NotFoundHandling notFound;

    Pages(StaticFiles files) {
        files.files().forEach(file -> this.files.put(file.path(), file));
        this.html = files.serving().html();
        this.notFound = files.serving().notFound();
    }

    /**
     * What is at a path.
     *
     * @param path not percent-encoded
     * @param fallBack whether the not-found handling counts
     */
    Found find(String path, boolean fallBack) {
        return at(path, true).orElseGet(() -> fallBack ? missing(path) : NOTHING);
    }

    private Optional<Found> at(String path, boolean redirect) {
        return switch (html) {
            case AUTO_TRAILING_SLASH -> auto(path, redirect);
            case FORCE_TRAILING_SLASH -> force(path, redirect);
            case DROP_TRAILING_SLASH -> drop(path, redirect);
            case NONE -> file(path);
        };
    }

    /** {@code /foo.html} at {@code /foo}, {@code /foo/index.html} at {@code /foo/}. */
    private Optional<Found> auto(String path, boolean redirect) {
        Optional<Found> found = Optional.empty();
        if (path.endsWith(INDEX)) {
            String folder = without(path, INDEX);
            found = file(path)
                    .or(() -> moved(path + HTML, folder + "/", redirect))
                    .or(() -> moved(folder + HTML, folder, redirect));
        } else if (path.endsWith(INDEX_HTML)) {
            String folder = without(path, INDEX_HTML);
            found = moved(path, folder + "/", redirect).or(() -> moved(folder + HTML, folder, redirect));
        } else if (path.endsWith("/")) {
            String page = without(path, "/");
            found = file(path + "index.html").or(() -> moved(page + HTML, page, redirect));
        } else if (path.endsWith(HTML)) {
            String page = without(path, HTML);
            found = moved(path, page, redirect).or(() -> moved(page + INDEX_HTML, page + "/", redirect));
        }
        return found.or(() -> file(path))
                .or(() -> file(path + HTML))
                .or(() -> moved(path + INDEX_HTML, path + "/", redirect));
    }

    /** Both at {@code /foo/}. */
    private Optional<Found> force(String path, boolean redirect) {
        Optional<Found> found = Optional.empty();
        if (path.endsWith(INDEX)) {
            String folder = without(path, INDEX);
            found = file(path)
                    .or(() -> moved(path + HTML, folder + "/", redirect))
                    .or(() -> moved(folder + HTML, folder + "/", redirect));
        } else if (path.endsWith(INDEX_HTML)) {
            String folder = without(path, INDEX_HTML);
            found = moved(path, folder + "/", redirect).or(() -> moved(folder + HTML, folder + "/", redirect));
        } else if (path.endsWith("/")) {
            found = file(path + "index.html").or(() -> file(without(path, "/") + HTML));
        } else if (path.endsWith(HTML)) {
            String page = without(path, HTML);
            found = moved(path, page + "/", redirect)
                    .or(() -> file(path))
                    .or(() -> moved(page + INDEX_HTML, page + "/", redirect));
        }
        return found.or(() -> file(path))
                .or(() -> moved(path + HTML, path + "/", redirect))
                .or(() -> moved(path + INDEX_HTML, path + "/", redirect));
    }

    /** Both at {@code /foo}; the root alone keeps its slash. */
    private Optional<Found> drop(String path, boolean redirect) {
        Optional<Found> found = Optional.empty();
        if (path.equals(INDEX) || path.equals(INDEX_HTML)) {
            found = (path.equals(INDEX) ? file(path) : Optional.<Found>empty())
                    .or(() -> moved(INDEX_HTML, "/", redirect));
        } else if (path.endsWith(INDEX)) {
            String folder = without(path, INDEX);
            found = file(path)
                    .or(() -> moved(folder + HTML, folder, redirect))
                    .or(() -> moved(path + HTML, folder, redirect));
        } else if (path.endsWith(INDEX_HTML)) {
            String folder = without(path, INDEX_HTML);
            found = moved(path, folder, redirect).or(() -> file(path)).or(() -> moved(folder + HTML, folder, redirect));
        } else if (path.equals("/")) {
            found = file(INDEX_HTML);
        } else if (path.endsWith("/")) {
            String page = without(path, "/");
            found = moved(page + HTML, page, redirect).or(() -> moved(page + INDEX_HTML, page, redirect));
        } else if (path.endsWith(HTML)) {
            String page = without(path, HTML);
            found = moved(path, page, redirect).or(() -> moved(page + INDEX_HTML, page, redirect));
        }
        return found.or(() -> file(path)).or(() -> file(path + HTML)).or(() -> file(path + INDEX_HTML));
    }

    private Optional<Found> file(String path) {
        StaticFile file = files.get(path);
        return file == null ? Optional.empty() : Optional.of(new Found.Page(file, 200));
    }

    /** A redirect to another path, if that is where this file is served. */
    private Optional<Found> moved(String path, String to, boolean redirect) {
        StaticFile file = files.get(path);
        if (!redirect || file == null || files.containsKey(to)) {
            return Optional.empty();
        }
        return at(to, false)
                .filter(found ->
                        found instanceof Found.Page page && page.file().hash().equals(file.hash()))
                .map(found -> new Found.Moved(to));
    }

    private Found missing(String path) {
        return switch (notFound) {
            case NONE -> NOTHING;
            case SINGLE_PAGE_APPLICATION -> file(INDEX_HTML).orElse(NOTHING);
            case NEAREST_404_PAGE -> {
                String folder = path;
                while (folder.indexOf('/') >= 0) {
                    folder = folder.substring(0, folder.lastIndexOf('/'));
                    StaticFile page = files.get(folder + "/404.html");
                    if (page != null) {
                        yield new Found.Page(page, 404);
                    }
                }
                yield NOTHING;
            }
        };
    }

    private static String without(String path, String end) {
        return path.substring(0, path.length() - end.length());
    }
}
