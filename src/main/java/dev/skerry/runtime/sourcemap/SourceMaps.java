package dev.skerry.runtime.sourcemap;

import dev.skerry.model.ByteSize;
import dev.skerry.model.Code;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The source maps of one version, which turn the frames of a stack into places of the files that its author wrote. A map is read when the first
 * exception asks for it, and forgotten when memory is short. What the worker itself sees as {@code error.stack} stays as the engine made it. Thread-safe.
 *
 * <p>A module's map is the one that its {@code sourceMappingURL} names, relative to it or as a {@code data:} URL, else {@code NAME.map}.
 */
public final class SourceMaps {
    /** Frames below these stay as they are; so does what a worker wrote into its stack beyond. */
    private static final int MOST_FRAMES = 64;

    private static final int LONGEST_FRAME = 2048;
    /** {@code sourceMappingURL} stands in the last line. */
    private static final String COMMENT = "//# sourceMappingURL=";

    private static final String INLINE = ";base64,";

    private final boolean modular;
    private final Map<String, Module> modules = new HashMap<>();
    private final long most;
    private final int head;
    private final boolean any;
    private final Map<String, SoftReference<Known>> maps = new HashMap<>();

    /** A module's map, empty when it has none that can be read. */
    private record Known(Optional<SourceMap> map) {}

    /**
     * Of the modules of some code; no map is read yet.
     *
     * @param most the largest map that is read
     * @param head how many characters the engine sees before the first line of a CommonJS module
     */
    public SourceMaps(Code code, ByteSize most, int head) {
        this.modular = code.format() == Code.Format.MODULES;
        for (Module module : code.modules()) {
            modules.put(plain(module.name()), module);
        }
        this.most = most.bytes();
        this.head = head;
        this.any = code.modules().stream().anyMatch(SourceMaps::matters);
    }

    /** Whether a module may change what a stack shows. */
    private static boolean matters(Module module) {
        return switch (module.type()) {
            case SOURCE_MAP, COMMON_JS -> true;
            case ES_MODULE -> comment(module).startsWith("data:");
            case TEXT, DATA, WASM, JSON -> false;
        };
    }

    /** A stack with the frames that a map knows at their original places; the others as they were. */
    public String original(String stack) {
        if (!any) {
            return stack;
        }
        StringBuilder result = new StringBuilder(stack.length());
        int start = 0;
        for (int frames = 0; start < stack.length() && frames < MOST_FRAMES; ) {
            int end = stack.indexOf('\n', start);
            end = end < 0 ? stack.length() : end + 1;
            String line = stack.substring(start, end);
            if (line.stripLeading().startsWith("at ")) {
                frames++;
                result.append(line.length() > LONGEST_FRAME ? line : frame(line));
            } else {
                result.append(line);
            }
            start = end;
        }
        return result.append(stack, start, stack.length()).toString();
    }

    /** A frame is {@code at FUNCTION (FILE:LINE:COLUMN)} or {@code at FILE:LINE:COLUMN}. */
    private String frame(String line) {
        String text = line.stripTrailing();
        int open = text.endsWith(")") ? text.lastIndexOf('(') + 1 : text.indexOf("at ") + 3;
        int close = text.endsWith(")") ? text.length() - 1 : text.length();
        int second = text.lastIndexOf(':');
        int first = second < 1 ? -1 : text.lastIndexOf(':', second - 1);
        if (open <= 0 || first <= open) {
            return line;
        }
        int row = number(text, first + 1, second);
        int column = number(text, second + 1, close);
        String file = text.substring(open, first);
        int uploaded = column(file, row, column);
        String place = map(file)
                .flatMap(map -> map.at(row, uploaded))
                .map(found -> found.source() + ':' + found.line() + ':' + found.column())
                .orElseGet(() -> file + ':' + row + ':' + uploaded);
        return row > 0 && column > 0 ? line.substring(0, open) + place + line.substring(close) : line;
    }

    /** A column of the engine's, counted from 1, in the module as it was uploaded: a CommonJS module's first line stands behind the head of a function. */
    public int column(String file, int line, int column) {
        boolean headed = line == 1
                && modular
                && module(file)
                        .filter(module -> module.type() == ModuleType.COMMON_JS)
                        .isPresent();
        return headed ? column - head : column;
    }

    /** A decimal number; 0, which no place has, where there is none. */
    private static int number(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || value > 100_000_000) {
                return 0;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private synchronized Optional<SourceMap> map(String file) {
        SoftReference<Known> held = maps.get(file);
        Known known = held == null ? null : held.get();
        if (known == null) {
            Optional<Module> module = module(file);
            if (module.isEmpty()) {
                // Not kept: a worker may write any name into its stack.
                return Optional.empty();
            }
            known = new Known(read(module.get()));
            maps.put(file, new SoftReference<>(known));
        }
        return known.map();
    }

    private Optional<SourceMap> read(Module module) {
        if (module.type() != ModuleType.ES_MODULE && module.type() != ModuleType.COMMON_JS) {
            return Optional.empty();
        }
        String url = comment(module);
        if (url.startsWith("data:")) {
            int comma = url.indexOf(INLINE);
            if (comma < 0 || url.length() > most * 4 / 3) {
                return Optional.empty();
            }
            try {
                return SourceMapReader.read(Base64.getMimeDecoder().decode(url.substring(comma + INLINE.length())));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        String folder = module.name().substring(0, module.name().lastIndexOf('/') + 1);
        return mapModule(folder + plain(url))
                .or(() -> mapModule(module.name() + ".map"))
                .filter(map -> map.content().size() <= most)
                .flatMap(map -> SourceMapReader.read(map.content().array()));
    }

    private Optional<Module> module(String name) {
        return Optional.ofNullable(modules.get(plain(name)));
    }

    private static String plain(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    private Optional<Module> mapModule(String name) {
        return module(name).filter(module -> module.type() == ModuleType.SOURCE_MAP);
    }

    /** The URL in the module's last line; empty when there is none. */
    private static String comment(Module module) {
        byte[] content = module.content().array();
        int end = content.length;
        while (end > 0 && content[end - 1] <= ' ' && content[end - 1] >= 0) {
            end--;
        }
        int start = end;
        while (start > 0 && content[start - 1] != '\n') {
            start--;
        }
        // A bundle may be a single line: only the head of the last one is looked at.
        if (end - start < COMMENT.length()
                || !COMMENT.equals(new String(content, start, COMMENT.length(), StandardCharsets.ISO_8859_1))) {
            return "";
        }
        return new String(content, start + COMMENT.length(), end - start - COMMENT.length(), StandardCharsets.UTF_8);
    }
}
