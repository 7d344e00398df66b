package dev.skerry.runtime.engine;

import dev.skerry.binding.GuestError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.graalvm.polyglot.Source;
import org.jspecify.annotations.Nullable;

/**
 * The guest halves of the Web APIs: the ES modules under {@code js/}, each made into one script that the shared engine parses once.
 *
 * <p>A worker's own modules go through the engine's module loader; these do not, so no import of a worker can name them. A module becomes
 * {@code (function (load, host, natives) { ... return {exports}; })}: {@code import {a} from './b.js'} becomes {@code const {a} = load("b")}, lines
 * keep their numbers. Two things follow for their authors: imports form no cycle, and an exported binding does not change later. Thread-safe.
 */
public final class GuestModules {
    /** The name of the function that a module becomes; the engine never compiles it. */
    static final String BODY = "moduleOfSkerry";

    /** What the names of their sources begin with. */
    public static final String PREFIX = "skerry:";

    private static final Pattern IMPORT =
            Pattern.compile("^import\\s*\\{([^}]*)\\}\\s*from\\s*'\\./([\\w/-]+)\\.js';", Pattern.MULTILINE);
    private static final Pattern EXPORT_DECLARATION =
            Pattern.compile("^export ((?:async )?function\\*?|class|const|let) ([\\w$]+)", Pattern.MULTILINE);
    private static final Pattern EXPORT_PATTERN =
            Pattern.compile("^export const \\{([\\w$\\s,]*)\\} =", Pattern.MULTILINE);
    private static final Pattern EXPORT_LIST = Pattern.compile("^export\\s*\\{([^}]*)\\};", Pattern.MULTILINE);
    private static final Pattern LEFT_OVER = Pattern.compile("^(import|export)\\b.*", Pattern.MULTILINE);

    /** What the loader in {@code bootstrap.js} gives to modules, so that they need not take it from the global, where a worker may have put its own. */
    private static final Pattern NATIVE = Pattern.compile(
            "\\b(?:Array|ArrayBuffer|BigInt|Boolean|DataView|Date|Error|Function|Int32Array|JSON|Map|Number|Object"
                    + "|Promise|Proxy|RangeError|Reflect|RegExp|Set|String|Symbol|SyntaxError|TypeError|Uint8Array"
                    + "|WeakMap|WeakRef|WeakSet)\\b(?=[.(,;)\\s\\]}])");

    private static final Pattern NAME = Pattern.compile("[\\w/-]{1,100}");

    /** A module as the engine evaluates it, and the names that it exports. */
    public record Script(Source source, List<String> exports) {}

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    /** The script of a module; evaluated, it is the function above. */
    public Source source(String name) {
        return find(name)
                .orElseThrow(() -> GuestError.error("There is no guest module js/" + name + ".js"))
                .source();
    }

    /** A module, if there is one of that name. Only those that there are are kept: the name may be a worker's. */
    public Optional<Script> find(String name) {
        return NAME.matcher(name).matches()
                ? Optional.ofNullable(scripts.computeIfAbsent(name, GuestModules::read))
                : Optional.empty();
    }

    private static @Nullable Script read(String name) {
        try (InputStream in = GuestModules.class.getResourceAsStream("/js/" + name + ".js")) {
            if (in == null) {
                return null;
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> exports = new ArrayList<>();
            Source source = Source.newBuilder("js", toScript(name, text, exports), PREFIX + name)
                    .internal(true)
                    .build();
            return new Script(
                    source,
                    exports.stream()
                            .map(export -> export.replaceFirst(":.*", ""))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String toScript(String name, String module, List<String> exports) {
        String code = IMPORT.matcher(module)
                .replaceAll(m -> Matcher.quoteReplacement(
                        "const {" + m.group(1).replace(" as ", ": ") + "} = load(\"" + m.group(2) + "\");"));
        code = EXPORT_DECLARATION.matcher(code).replaceAll(m -> {
            exports.add(m.group(2));
            return Matcher.quoteReplacement(m.group(1) + " " + m.group(2));
        });
        code = EXPORT_PATTERN.matcher(code).replaceAll(m -> {
            Stream.of(m.group(1).split(",", -1))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .forEach(exports::add);
            return Matcher.quoteReplacement(m.group().replaceFirst("export ", ""));
        });
        code = EXPORT_LIST.matcher(code).replaceAll(m -> {
            for (String item : m.group(1).split(",", -1)) {
                if (!item.isBlank()) {
                    String[] names = item.strip().split("\\s+as\\s+", -1);
                    exports.add(names.length == 1 ? names[0] : names[1] + ": " + names[0]);
                }
            }
            return "";
        });
        Matcher leftOver = LEFT_OVER.matcher(code);
        if (leftOver.find()) {
            throw new IllegalStateException(
                    "js/" + name + ".js has a form of import or export that is not understood: " + leftOver.group());
        }
        String natives = NATIVE.matcher(module)
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(", "));
        return "(function " + BODY + "(load, host, natives) { 'use strict'; const {" + natives + "} = natives; { "
                + code + "\nreturn {" + exports.stream().collect(Collectors.joining(", ")) + "}; } })";
    }
}
