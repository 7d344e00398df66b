package dev.skerry.runtime;

import dev.skerry.model.Outcome;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Turns what the engine throws, and what a worker threw, into values that may be shown. */
final class Failures {
    /** Frames of the guest halves, and the slash that the module loader puts before a module's name. */
    private static final Pattern OURS = Pattern.compile("(?m)^\\s+at .*\\(?skerry:.*$\\n?");

    private static final Pattern ROOT = Pattern.compile("(\\(| )/(?=[^ )]*:\\d+:\\d+)");

    private Failures() {}

    static Outcome outcome(PolyglotException e) {
        if (e.isResourceExhausted()) {
            return exhausted(String.valueOf(e.getMessage()));
        }
        if (e.isSyntaxError() && e.getSourceLocation() != null) {
            var at = e.getSourceLocation();
            return new Outcome.Threw(
                    "SyntaxError",
                    String.valueOf(e.getMessage()),
                    "at " + at.getSource().getName() + ":" + at.getStartLine() + ":" + at.getStartColumn());
        }
        if (e.isGuestException()) {
            Value error = e.getGuestObject();
            if (error != null
                    && error.hasMember("stack")
                    && error.getMember("stack").isString()) {
                return new Outcome.Threw(
                        text(error, "name"),
                        text(error, "message"),
                        clean(error.getMember("stack").asString()));
            }
            return new Outcome.Threw("Error", String.valueOf(e.getMessage()), "");
        }
        return new Outcome.Threw("InternalError", "The engine failed: " + e.getMessage(), "");
    }

    /** The isolate keeps more than its limit. */
    static Outcome exhausted(Limits limits) {
        return new Outcome.Exceeded(
                Outcome.Limit.MEMORY,
                "Worker exceeded memory limit of " + limits.memory() + " (skerry.limits.memory).");
    }

    /** The engine or the machine ran out of something before the limit was seen. */
    static Outcome exhausted(String what) {
        return new Outcome.Exceeded(Outcome.Limit.MEMORY, "Worker exceeded memory limit: " + what);
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
    static String clean(String stack) {
        return ROOT.matcher(OURS.matcher(stack).replaceAll("")).replaceAll("$1").stripTrailing();
    }
}
