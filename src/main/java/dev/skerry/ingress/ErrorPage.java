package dev.skerry.ingress;

import dev.skerry.model.Outcome;
import org.jspecify.annotations.Nullable;

/** What a client sees of an exception in development ({@code skerry.dev}). */
final class ErrorPage {
    private ErrorPage() {}

    /** Whether the client is a browser: it names HTML in its Accept header. */
    static boolean wanted(@Nullable String accept) {
        return accept != null && accept.contains("text/html");
    }

    static String text(Outcome.Threw threw) {
        String title = title(threw);
        return "Error 1101: the worker threw an exception\n\n" + title + "\n" + frames(threw, title);
    }

    static String html(Outcome.Threw threw) {
        String title = title(threw);
        return "<!doctype html><meta charset=utf-8><title>" + escaped(title) + "</title>"
                + "<style>body{font:15px system-ui;margin:3em}pre{font-size:14px;overflow:auto}</style>"
                + "<p>Error 1101: the worker threw an exception</p><h1><pre>" + escaped(title) + "</pre></h1><pre>"
                + escaped(frames(threw, title)) + "</pre>\n";
    }

    private static String title(Outcome.Threw threw) {
        return threw.name() + ": " + threw.message();
    }

    /** The stack without the error itself, which most stacks begin with. */
    private static String frames(Outcome.Threw threw, String title) {
        String stack = threw.stack();
        return (stack.startsWith(title) ? stack.substring(title.length()) : stack).replaceFirst("^\\n", "") + "\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
