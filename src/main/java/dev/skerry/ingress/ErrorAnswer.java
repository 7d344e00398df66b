package dev.skerry.ingress;

import dev.skerry.model.Outcome;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told where no worker's response is: a sentence, as text or as its Accept header asks. Immutable.
 *
 * @param detail what the worker threw, for its developer
 */
record ErrorAnswer(int status, String sentence, Optional<String> detail) {
    static ErrorAnswer of(int status, String sentence) {
        return new ErrorAnswer(status, sentence, Optional.empty());
    }

    /** What an event without a response is answered; with {@code dev}, why. */
    static ErrorAnswer of(Outcome outcome, boolean dev) {
        return switch (outcome) {
            case Outcome.Ok ok -> of(500, "The worker ended without a response");
            case Outcome.Threw threw -> {
                String detail = threw.stack().startsWith(threw.name())
                        ? threw.stack()
                        : threw.name() + ": " + threw.message() + "\n" + threw.stack();
                yield new ErrorAnswer(
                        500,
                        "Error 1101: the worker threw an exception",
                        dev ? Optional.of(detail.strip()) : Optional.empty());
            }
            case Outcome.Exceeded exceeded
            when exceeded.limit() == Outcome.Limit.WALL_TIME -> of(504, "The worker did not answer in time");
            case Outcome.Exceeded exceeded -> of(503, "Error 1102: the worker exceeded a resource limit");
            case Outcome.Canceled canceled -> of(503, "The worker's event was canceled: " + canceled.reason());
            case Outcome.ResponseStreamDisconnected disconnected -> of(503, "The response was cut off");
            case Outcome.ScriptNotFound missing -> of(500, missing.detail());
        };
    }

    /** The form that is asked for first of the three there are; plain text where none is named. */
    String contentType(@Nullable String accept) {
        int html = accept == null ? -1 : accept.indexOf("text/html");
        int json = accept == null ? -1 : accept.indexOf("application/json");
        if (html >= 0 && (json < 0 || html < json)) {
            return "text/html; charset=utf-8";
        }
        return json >= 0 ? "application/json" : "text/plain; charset=utf-8";
    }

    String body(String contentType) {
        if (contentType.startsWith("text/html")) {
            return "<!doctype html><meta charset=utf-8><title>" + status + "</title>"
                    + "<body style=\"font:16px/1.5 system-ui;max-width:60rem;margin:4rem auto;padding:0 1rem\"><h1>"
                    + status
                    + "</h1><p>" + escape(sentence) + "</p>"
                    + detail.map(text -> "<pre style=\"overflow-x:auto\">" + escape(text) + "</pre>")
                            .orElse("")
                    + "\n";
        }
        if (contentType.equals("application/json")) {
            JsonObject json = new JsonObject().put("status", status).put("error", sentence);
            detail.ifPresent(text -> json.put("detail", text));
            return json.encode() + "\n";
        }
        return sentence + detail.map(text -> "\n" + text).orElse("") + "\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
