package dev.skerry.runtime;

import dev.skerry.model.Code;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.VersionSpec;
import dev.skerry.runtime.engine.GuestModules;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.FileSystem;

/**
 * What a worker can import: its own modules, at {@code /NAME}, and the platform's ({@code cloudflare:workers}, {@code node:...}). There is no
 * other file, and nothing can be written. Immutable.
 */
final class WorkerModules implements FileSystem {
    private static final Path NOWHERE = Path.of("/no such path");

    /** A path of names alone: no way out of the folder. */
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9_-]+(?:/[a-z0-9_-]+)+");

    private final Map<Path, byte[]> files = new HashMap<>();
    private final Map<Path, Module> modules = new HashMap<>();
    private final GuestModules guestModules;
    private final Compatibility compatibility;
    private final Source entry;

    WorkerModules(GuestModules guestModules, VersionSpec spec) {
        this.guestModules = guestModules;
        Code code = spec.code();
        this.compatibility = new Compatibility(spec);
        for (Module module : code.modules()) {
            if (module.type() != ModuleType.SOURCE_MAP) {
                Path path = path(module.name());
                files.put(path, source(module));
                modules.put(path, module);
                if (isWrapped(module)) {
                    files.put(wrapped(path), source(module));
                }
            }
        }
        this.entry = Source.newBuilder(
                        "js",
                        "export * as worker from "
                                + PlainBindings.quote(path(code.main()).toString()) + ";",
                        "skerry:entry")
                .mimeType("application/javascript+module")
                .internal(true)
                .buildLiteral();
    }

    /** Whether the engine would take the module for another kind than it is, by its name, or has none of its kind. */
    private static boolean isWrapped(Module module) {
        return switch (module.type()) {
            case COMMON_JS, TEXT, DATA, WASM -> true;
            case ES_MODULE, JSON -> module.name().endsWith(".wasm");
            case SOURCE_MAP -> false;
        };
    }

    /** Where the engine finds a module that is imported as an ES module whatever its name ends in; no module's name holds a control character. */
    private static Path wrapped(Path path) {
        return Path.of("/\u0001" + path + ".mjs");
    }

    /** Imports the main module, and exports its namespace as {@code worker}. */
    Source entry() {
        return entry;
    }

    private static Path path(String name) {
        return Path.of("/").resolve(name).normalize();
    }

    /** A module as the ES module that its importer sees. */
    private static byte[] source(Module module) {
        return switch (module.type()) {
            case ES_MODULE ->
                UsingDeclarations.rewrite(
                        module.content(),
                        new UsingDeclarations.Kind.Module(path(module.name()).toString()));
            case JSON, SOURCE_MAP -> module.content().array();
            case TEXT -> exportDefault(PlainBindings.quote(module.content().utf8()));
            case DATA -> exportDefault(provided("data", module.name()));
            case COMMON_JS -> exportDefault(provided("commonjs", module.name()));
            case WASM -> exportDefault(provided("wasm", module.name()));
        };
    }

    private static byte[] exportDefault(String expression) {
        return ("export default " + expression + ";").getBytes(StandardCharsets.UTF_8);
    }

    /** A call of what {@code js/modules.js} gives to modules. */
    private static String provided(String kind, String name) {
        return "globalThis[Symbol.for('skerry.module')]('" + kind + "'," + PlainBindings.quote(name) + ")";
    }

    /** A module of the version, by the path that its name stands for: wrangler's names may begin with {@code ./}. */
    Optional<Module> module(String name) {
        return Optional.ofNullable(modules.get(parsePath("/" + name).normalize()));
    }

    /** Whether the worker has Node's globals, {@code process} and {@code Buffer}. */
    boolean nodeCompatible() {
        return compatibility.node();
    }

    Compatibility compatibility() {
        return compatibility;
    }

    /**
     * Whether {@code process.env} has the variables and secrets:
     * https://developers.cloudflare.com/workers/configuration/compatibility-flags/#enable-auto-populating-processenv
     */
    boolean populatesProcessEnv() {
        return compatibility.has("nodejs_compat_populate_process_env");
    }

    /**
     * Whether the worker's modules may make code of text as they are evaluated:
     * https://developers.cloudflare.com/workers/configuration/compatibility-flags/#allow-eval-during-startup
     */
    boolean evaluatesAtStartup() {
        return compatibility.has("allow_eval_during_startup");
    }

    /** Whether workers may import this guest module: {@code cloudflare/workers}, and with the flag {@code node/...}. */
    boolean offers(String guestModule) {
        boolean allowed = guestModule.startsWith("cloudflare/")
                || (guestModule.startsWith("node/")
                        && (nodeCompatible()
                                || guestModule.equals("node/async_hooks") && compatibility.has("nodejs_als")));
        return allowed
                && PLATFORM.matcher(guestModule).matches()
                && guestModules.find(guestModule).isPresent();
    }

    /** A module of the platform as an ES module: {@code /node:/buffer}, or {@code /buffer}, which is the same with the flag nodejs_compat. */
    private Optional<byte[]> platform(Path path) {
        String text = path.toString();
        int colon = text.indexOf(":/");
        String name = colon < 0 ? "node" + text : text.substring(1, colon) + text.substring(colon + 1);
        if (!offers(name)) {
            return Optional.empty();
        }
        return guestModules.find(name).map(script -> {
            StringBuilder source = new StringBuilder("const m = " + provided("platform", name) + ";\n");
            if (!script.exports().contains("default")) {
                source.append("export default m;\n");
            }
            for (String export : script.exports()) {
                if (export.equals("default")) {
                    source.append("export default m.default;\n");
                    continue;
                }
                source.append("export const ")
                        .append(export)
                        .append(" = m.")
                        .append(export)
                        .append(";\n");
            }
            return source.toString().getBytes(StandardCharsets.UTF_8);
        });
    }

    @Override
    public Path parsePath(URI uri) {
        return Path.of("/" + uri.getScheme() + ":", uri.getSchemeSpecificPart());
    }

    @Override
    public Path parsePath(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            return NOWHERE;
        }
    }

    @Override
    public Path toAbsolutePath(Path path) {
        return Path.of("/").resolve(path);
    }

    @Override
    public Path toRealPath(Path path, LinkOption... options) throws IOException {
        Path real = toAbsolutePath(path).normalize();
        if (real.getNameCount() == 0) {
            // The engine asks for the last name of what it found, and the root has none.
            return NOWHERE;
        }
        file(real);
        Path wrapped = wrapped(real);
        return files.containsKey(wrapped) ? wrapped : real;
    }

    @Override
    public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options) throws IOException {
        toRealPath(path);
    }

    private byte[] file(Path path) throws NoSuchFileException {
        Path absolute = toAbsolutePath(path).normalize();
        byte[] file = files.get(absolute);
        return file != null ? file : platform(absolute).orElseThrow(() -> new NoSuchFileException(missing(path)));
    }

    /** Names a module that is not there as its importer did; the engine puts it into a sentence of its own. */
    private String missing(Path path) {
        String name = path.toString().replaceFirst("^/", "").replaceFirst("^(\\w+:)/", "$1");
        boolean node =
                name.startsWith("node:") || guestModules.find("node/" + name).isPresent();
        return "No such module \"" + name + "\"."
                + (!node
                        ? ""
                        : nodeCompatible()
                                ? " Skerry does not have this module of Node."
                                : " It needs the compatibility flag nodejs_compat.");
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return new ModuleChannel(ByteBuffer.wrap(file(path)));
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        throw new AccessDeniedException(directory.toString());
    }

    @Override
    public void delete(Path path) throws IOException {
        throw new AccessDeniedException(path.toString());
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        throw new AccessDeniedException(directory.toString());
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return Map.of("isRegularFile", true, "isDirectory", false, "size", (long) file(path).length);
    }
}
