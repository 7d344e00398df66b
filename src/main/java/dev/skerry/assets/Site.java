package dev.skerry.assets;

import dev.skerry.binding.Body;
import dev.skerry.binding.Front;
import dev.skerry.binding.HeaderLines;
import dev.skerry.model.StaticFiles;
import dev.skerry.model.StaticFiles.StaticFile;
import dev.skerry.model.Version;
import dev.skerry.webapi.Once;
import dev.skerry.webapi.compression.Coded;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One version's static files as they answer requests. Immutable; never blocks.
 *
 * <p>A request that has a file is answered by it and the worker is not asked, but where {@code run_worker_first} says otherwise. Without a file it is the
 * worker's; the not-found handling then counts only for navigations of a browser, from the compatibility date on at which Cloudflare has it so.
 */
final class Site implements Front {
    private static final String NAVIGATION_FROM = "2025-04-01";
    private static final String NAVIGATION_FLAG = "assets_navigation_prefers_asset_serving";
    private static final String NO_NAVIGATION_FLAG = "assets_navigation_has_no_effect";

    private final AssetFiles store;
    private final Pages pages;
    private final Redirects redirects;
    private final HeaderRules headerRules;
    private final boolean alone;
    private final boolean navigationPrefersFiles;
    private final List<Pattern> workerFirst;
    private final List<Pattern> filesFirst;

    private Site(AssetFiles store, StaticFiles files, boolean navigationPrefersFiles) {
        this.store = store;
        this.pages = new Pages(files);
        this.redirects = Redirects.parse(files.serving().redirects());
        this.headerRules = HeaderRules.parse(files.serving().headers());
        this.alone = files.serving().alone();
        this.navigationPrefersFiles = navigationPrefersFiles;
        this.workerFirst = patterns(files.serving().workerFirst(), false);
        this.filesFirst = patterns(files.serving().workerFirst(), true);
    }

    /**
     * The site of a version; empty when it has no files.
     *
     * @throws IllegalArgumentException when its rules cannot be read
     */
    static Optional<Site> of(Version version, AssetFiles store) {
        return version.spec()
                .code()
                .files()
                .map(files -> new Site(
                        store,
                        files,
                        navigationPrefersFiles(
                                version.spec().compatibilityDate(),
                                version.spec().compatibilityFlags())));
    }

    private static boolean navigationPrefersFiles(String date, List<String> flags) {
        return !flags.contains(NO_NAVIGATION_FLAG)
                && (flags.contains(NAVIGATION_FLAG) || date.compareTo(NAVIGATION_FROM) >= 0);
    }

    private static List<Pattern> patterns(List<String> rules, boolean negative) {
        return rules.stream()
                .filter(rule -> rule.startsWith("!") == negative)
                .map(rule -> negative ? rule.substring(1) : rule)
                .map(rule -> Pattern.compile(java.util.Arrays.stream(rule.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"))))
                .toList();
    }

    @Override
    public Optional<CompletionStage<Response>> answer(String method, String url, String headers) {
        if (alone) {
            return Optional.of(fetch(method, url, headers));
        }
        Address address = Address.of(url);
        boolean fallBack = !workerFirst.isEmpty()
                || navigationPrefersFiles
                        && header(headers, "sec-fetch-mode")
                                .filter("navigate"::equals)
                                .isPresent();
        if (matches(filesFirst, address.path())) {
            return Optional.of(fetch(method, url, headers));
        }
        return matches(workerFirst, address.path())
                ? Optional.empty()
                : plan(method, address, fallBack).map(plan -> carryOut(plan, method, address, headers));
    }

    /** What {@code env.ASSETS.fetch()} answers: 404 where there is nothing. */
    CompletionStage<Response> fetch(String method, String url, String headers) {
        Address address = Address.of(url);
        return carryOut(plan(method, address, true).orElse(new Plan.Status(404)), method, address, headers);
    }

    private static boolean matches(List<Pattern> patterns, String path) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(path).matches()) {
                return true;
            }
        }
        return false;
    }

    /** What becomes of a request. */
    private sealed interface Plan {
        record Serve(StaticFile file, int status) implements Plan {}

        record Redirect(String to, int status) implements Plan {}

        record Status(int status) implements Plan {}
    }

    /** Empty when nothing is here. */
    private Optional<Plan> plan(String method, Address address, boolean fallBack) {
        String path = address.path();
        boolean replaced = false;
        Optional<Redirects.Target> target = redirects.find(address.host(), path);
        if (target.isPresent()) {
            if (target.get().status() != 200) {
                return Optional.of(new Plan.Redirect(
                        location(target.get().to(), address.query()),
                        target.get().status()));
            }
            path = Address.of("http://" + address.host() + target.get().to()).path();
            replaced = true;
        }
        String spelled = path;
        String decoded = PathCoding.decode(spelled);
        Pages.Found found = pages.find(decoded, fallBack);
        if (found instanceof Pages.Found.Nothing) {
            return replaced ? Optional.of(new Plan.Status(404)) : Optional.empty();
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Optional.of(new Plan.Status(405));
        }
        return Optional.of(
                switch (found) {
                    case Pages.Found.Moved moved ->
                        new Plan.Redirect(PathCoding.encode(moved.path()) + address.query(), 307);
                    case Pages.Found.Page page -> {
                        // Each file has one spelling of its path.
                        String spelling = PathCoding.encode(decoded);
                        yield spelling.equals(spelled)
                                ? new Plan.Serve(page.file(), page.status())
                                : new Plan.Redirect(spelling + address.query(), 307);
                    }
                    case Pages.Found.Nothing nothing -> new Plan.Status(404);
                });
    }

    /** The query goes along unless the target has one of its own. */
    private static String location(String to, String query) {
        int hash = to.indexOf('#');
        String before = hash < 0 ? to : to.substring(0, hash);
        return before.indexOf('?') >= 0 ? to : before + query + (hash < 0 ? "" : to.substring(hash));
    }

    private CompletionStage<Response> carryOut(Plan plan, String method, Address address, String requestHeaders) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        return switch (plan) {
            case Plan.Status(int status) -> respond(status, headers, Body.EMPTY, address);
            case Plan.Redirect(String to, int status) -> {
                headers.add(Map.entry("location", to));
                yield respond(status, headers, Body.EMPTY, address);
            }
            case Plan.Serve(StaticFile file, int status) ->
                serve(file, status, method, address, requestHeaders, headers);
        };
    }

    private CompletionStage<Response> serve(
            StaticFile file,
            int status,
            String method,
            Address address,
            String requestHeaders,
            List<Map.Entry<String, String>> headers) {
        String tag = '"' + file.hash() + '"';
        headers.add(Map.entry("etag", tag));
        file.type().ifPresent(type -> headers.add(Map.entry("content-type", type)));
        Optional<String> range = header(requestHeaders, "range");
        if (range.isEmpty() && header(requestHeaders, "authorization").isEmpty()) {
            headers.add(Map.entry("cache-control", "public, max-age=0, must-revalidate"));
        }
        if (header(requestHeaders, "if-none-match")
                .filter(tags -> names(tags, tag))
                .isPresent()) {
            return respond(304, headers, Body.EMPTY, address);
        }
        if (method.equals("HEAD")) {
            headers.add(Map.entry("content-length", Long.toString(file.size())));
            return respond(status, headers, Body.EMPTY, address);
        }
        Optional<ByteRange> part = status == 200
                        && header(requestHeaders, "if-range").map(tag::equals).orElse(true)
                ? range.flatMap(text -> ByteRange.parse(text, file.size()))
                : Optional.empty();
        if (part.isPresent() && part.get().isEmpty()) {
            headers.add(Map.entry("content-range", "bytes */" + file.size()));
            return respond(416, headers, Body.EMPTY, address);
        }
        return store.read(file).thenCompose(bytes -> {
            if (part.isEmpty()) {
                return respond(status, headers, new Body.Bytes(ByteBuffer.wrap(bytes.array())), address);
            }
            ByteRange wanted = part.get();
            headers.add(
                    Map.entry("content-range", "bytes " + wanted.first() + "-" + wanted.last() + "/" + file.size()));
            ByteBuffer piece = ByteBuffer.wrap(bytes.array(), (int) wanted.first(), (int) wanted.length());
            return respond(206, headers, new Body.Bytes(piece.slice()), address);
        });
    }

    private CompletionStage<Response> respond(
            int status, List<Map.Entry<String, String>> headers, Body body, Address address) {
        headerRules.apply(address.host(), address.path(), headers);
        return CompletableFuture.completedFuture(new Response(status, HeaderLines.of(headers), asCoded(headers, body)));
    }

    /** A file whose rules name a content coding is in it already. */
    private static Body asCoded(List<Map.Entry<String, String>> headers, Body body) {
        if (body instanceof Body.Bytes(ByteBuffer bytes)) {
            for (Map.Entry<String, String> header : headers) {
                Optional<String> coding = header.getKey().equalsIgnoreCase("content-encoding")
                        ? Coded.named(header.getValue())
                        : Optional.empty();
                if (coding.isPresent()) {
                    return new Body.Streamed(
                            Coded.of(new Once(bytes), coding.get(), Coded.Clients.ALL, bytes.remaining(), "its size"));
                }
            }
        }
        return body;
    }

    /** Whether an {@code If-None-Match} names the tag; weak tags count as strong ones (RFC 9110, section 13.1.2). */
    private static boolean names(String tags, String tag) {
        for (String one : tags.split(",")) {
            String stripped = one.strip();
            if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> header(String lines, String name) {
        String key = "\n" + name + ":";
        int start = lines.indexOf(key);
        if (start < 0) {
            return Optional.empty();
        }
        int end = lines.indexOf('\n', start + 1);
        return Optional.of(lines.substring(start + key.length(), end < 0 ? lines.length() : end)
                .strip());
    }

    /** An absolute URL's parts, as they are written; the query has its question mark. */
    private record Address(String host, String path, String query) {
        static Address of(String url) {
            int scheme = url.indexOf("://");
            int slash = url.indexOf('/', scheme + 3);
            String host = url.substring(scheme + 3, slash < 0 ? url.length() : slash);
            int port = host.lastIndexOf(':');
            String rest = slash < 0 ? "/" : url.substring(slash);
            int hash = rest.indexOf('#');
            rest = hash < 0 ? rest : rest.substring(0, hash);
            int question = rest.indexOf('?');
            String path = question < 0 ? rest : rest.substring(0, question);
            return new Address(
                    port < 0 ? host : host.substring(0, port),
                    path.contains("/.") ? normalized(path) : path,
                    question < 0 ? "" : rest.substring(question));
        }

        /** As a browser would have sent it: without dot segments. */
        private static String normalized(String path) {
            try {
                String resolved =
                        new URI("http", "h", "/", null).resolve(new URI(path)).getRawPath();
                return resolved.replaceFirst("^(/\\.\\.)+(?=/|$)", "");
            } catch (URISyntaxException | IllegalArgumentException e) {
                return path;
            }
        }
    }
}
