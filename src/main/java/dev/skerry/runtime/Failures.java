package dev.skerry.runtime;

import dev.skerry.model.Outcome;
import dev.skerry.runtime.sourcemap.SourceMaps;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;

/** Turns what the engine throws, and what a worker threw, into values that may be shown. */
final class Failures {
    /** Frames of the guest halves, and of modules that are no ES modules. */
    private static final Pattern OURS = Pattern.compile(
            "(?m)^[ \t]+at (?:.*\\(?(?:skerry:|/\\x01/).*|AsyncContext\\.(?:Variable|Snapshot)\\.run \\(native\\))$\\n?");

    /** The slash that the module loader puts before a module's name. */
    private static final Pattern ROOT = Pattern.compile("(\\(| )/(?=[^ ()]{1,512}:\\d+:\\d+)");

    /** {@code FILE:LINE:COLUMN} before the parser's sentence. */
    private static final Pattern PLACE = Pattern.compile("^(?:SyntaxError: )?(?:\\S+:\\d+:\\d+ )?");

    /** A declaration that the engine does not know, where {@link UsingDeclarations} does not either. */
    private static final Pattern USING = Pattern.compile("\\busing\\s+[\\w$]+\\s*=");

    private static final int LONGEST_EXCERPT = 200;
    /** Most characters of a message and of a stack; a worker may throw what it likes. */
    private static final int MOST = 16 * 1024;

    /** The server's heap is full, at the hands of the worker that was running. Made before there is no memory to make it. */
    static final Outcome HEAP_FULL = exhausted("Java heap space");

    private Failures() {}

    static Outcome outcome(PolyglotException e, SourceMaps maps) {
        if (e.isResourceExhausted()) {
            return exhausted(String.valueOf(e.getMessage()));
        }
        if (e.isSyntaxError() && e.getSourceLocation() != null) {
            return syntaxError(String.valueOf(e.getMessage()), e.getSourceLocation(), maps);
        }
        if (e.isGuestException()) {
            Value error = e.getGuestObject();
            if (error != null
                    && error.hasMember("stack")
                    && error.getMember("stack").isString()) {
                return threw(
                        text(error, "name"),
                        text(error, "message"),
                        error.getMember("stack").asString(),
                        maps);
            }
            return new Outcome.Threw("Error", String.valueOf(e.getMessage()), "");
        }
        return new Outcome.Threw("InternalError", "The engine failed: " + e.getMessage(), "");
    }

    /** A worker threw this. */
    static Outcome threw(String name, String message, String stack, SourceMaps maps) {
        return new Outcome.Threw(cut(name), cut(message), maps.original(clean(cut(stack))));
    }

    private static String cut(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST) + "...";
    }

    /** An error of the parser, at its place in the module that was uploaded. */
    private static Outcome syntaxError(String message, SourceSection at, SourceMaps maps) {
        String name = at.getSource().getPath() == null
                ? at.getSource().getName()
                : at.getSource().getPath();
        String file = name.startsWith("/") ? name.substring(1) : name;
        int column = maps.column(file, at.getStartLine(), at.getStartColumn());
        String[] lines = PLACE.matcher(message).replaceFirst("").split("\n", -1);
        boolean excerpt = lines.length > 2
                && lines[2].strip().equals("^")
                && lines[1].length() <= LONGEST_EXCERPT
                && column == at.getStartColumn();
        CharSequence line = at.getSource().getCharacters(at.getStartLine());
        String hint = line.length() <= MOST && USING.matcher(line).find()
                ? " (`using` is known in blocks, in functions, at the top of modules and in for-of, not here)"
                : "";
        return new Outcome.Threw(
                "SyntaxError",
                lines[0] + hint + (excerpt ? "\n" + lines[1] + "\n" + lines[2] : ""),
                "at " + file + ":" + at.getStartLine() + ":" + column);
    }

    /** The isolate keeps more than its limit. */
    static Outcome exhausted(Limits limits) {
        return new Outcome.Exceeded(
                Outcome.Limit.MEMORY,
                "Worker exceeded memory limit of " + limits.memory() + " (skerry.limits.memory).");
    }

    /** What Java keeps for the isolate's events is more than its limit. */
    static Outcome exhausted(Limits limits, long held) {
        return new Outcome.Exceeded(
                Outcome.Limit.MEMORY,
                "Worker exceeded memory limit of " + limits.memory()
                        + " (skerry.limits.memory): the server keeps " + held
                        + " bytes for its events, of bodies that are read whole, streams and messages that wait to be read, and values of bindings."
                        + " Read large bodies as streams.");
    }

    /** The heap is nearly full, though no worker need be over its limit. */
    static Outcome crowdedOut(int percent, long kept) {
        return exhausted(percent + "% of the server's heap are in use, and the isolate came to keep up to "
                + (kept >> 20) + "MB of it. Give the server more memory (-Xmx), or its workers less.");
    }

    /** The engine or the machine ran out of something before the limit was seen. */
    static Outcome exhausted(String what) {
        return new Outcome.Exceeded(
                Outcome.Limit.MEMORY, "Worker exceeded memory limit (" + Outcome.Limit.MEMORY.key() + "): " + what);
    }

    /** A defect of the server: it costs the isolate, and the log says what it was. */
    static Outcome internal(Throwable e) {
        return new Outcome.Threw("InternalError", "The server failed: " + e, "");
    }

    private static String text(Value error, String member) {
        Value value = error.getMember(member);
        return value != null && value.isString() ? value.asString() : "";
    }

    /** A stack as the worker's author knows the files. */
    private static String clean(String stack) {
        return ROOT.matcher(OURS.matcher(stack).replaceAll("")).replaceAll("$1").stripTrailing();
    }
}
