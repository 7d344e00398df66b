package dev.skerry.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that is to be told of one event of a worker, gathered while it runs and handed on when it ends. Its calls may come from several threads, one at a
 * time; after the end there are none that count.
 */
public final class TailEvent {
    /** What began an event. */
    public sealed interface Trigger {
        /** @param headers a line feed, name, colon and value for each header, the names in lower case */
        record Request(String method, String url, String headers) implements Trigger {
            /** A header's value; empty where it is not there. */
            Optional<String> header(String name) {
                String key = "\n" + name.toLowerCase(Locale.ROOT) + ":";
                int start = headers.indexOf(key);
                if (start < 0) {
                    return Optional.empty();
                }
                int end = headers.indexOf('\n', start + 1);
                return Optional.of(headers.substring(start + key.length(), end < 0 ? headers.length() : end));
            }
        }

        /** @param time milliseconds since the epoch */
        record Scheduled(String cron, long time) implements Trigger {}

        /** @param method names of properties, with dots in between */
        record Rpc(String method) implements Trigger {}
    }

    private record Line(String level, String text, long at) {}

    /** Headers of such names may let somebody in somewhere: their values are not told. */
    private static final Pattern SECRET = Pattern.compile("auth|cookie|key|secret|token");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** More lines than these are left out, and that is said. */
    private static final int MOST_LINES = 256;

    private final Version version;
    private final Trigger trigger;
    private final Consumer<TailEvent> ended;
    private final long begun = System.currentTimeMillis();
    private final List<Line> lines = new ArrayList<>(0);
    private int left;
    private int status;
    private @Nullable Outcome outcome;
    private Duration wall = Duration.ZERO;
    private Duration cpu = Duration.ZERO;

    TailEvent(Version version, Trigger trigger, Consumer<TailEvent> ended) {
        this.version = version;
        this.trigger = trigger;
        this.ended = ended;
    }

    /** A line of the console. */
    public synchronized void log(String level, String text) {
        if (lines.size() < MOST_LINES) {
            lines.add(new Line(level, text, System.currentTimeMillis()));
        } else {
            left++;
        }
    }

    /** The status of the response. */
    public synchronized void responded(int code) {
        status = code;
    }

    /** Tells it to those who watch. */
    public void end(Outcome how, Duration wallTime, Duration cpuTime) {
        synchronized (this) {
            outcome = how;
            wall = wallTime;
            cpu = cpuTime;
        }
        ended.accept(this);
    }

    Version version() {
        return version;
    }

    Trigger trigger() {
        return trigger;
    }

    String outcome() {
        return outcome == null ? "unknown" : outcome.wireName();
    }

    synchronized boolean logged(String text) {
        return lines.stream().anyMatch(line -> line.text().contains(text));
    }

    /** In the form of Cloudflare's {@code trace-v1}. */
    synchronized String json() {
        ObjectNode json = JSON.objectNode();
        json.put("outcome", outcome());
        json.put("scriptName", version.environment().service().value());
        json.put("environment", version.environment().environment().value());
        json.putObject("scriptVersion").put("id", version.id().toString());
        json.put("wallTime", wall.toMillis()).put("cpuTime", cpu.toMillis());
        json.put("eventTimestamp", begun);
        ArrayNode exceptions = json.putArray("exceptions");
        switch (outcome) {
            case Outcome.Threw threw -> exception(exceptions, threw.name(), threw.message(), threw.stack());
            case Outcome.Exceeded exceeded -> exception(exceptions, "Error", exceeded.detail(), "");
            case Outcome.ScriptNotFound missing -> exception(exceptions, "Error", missing.detail(), "");
            case Outcome.Canceled canceled -> {}
            case Outcome.ResponseStreamDisconnected gone -> {}
            case Outcome.Ok ok -> {}
            case null -> {}
        }
        ArrayNode logs = json.putArray("logs");
        for (Line line : lines) {
            logs.addObject()
                    .put("level", line.level())
                    .put("timestamp", line.at())
                    .putArray("message")
                    .add(line.text());
        }
        if (left > 0) {
            logs.addObject()
                    .put("level", "warn")
                    .put("timestamp", begun)
                    .putArray("message")
                    .add(left + " more lines of this event were left out");
        }
        json.set("event", event());
        return json.toString();
    }

    private void exception(ArrayNode exceptions, String name, String message, String stack) {
        exceptions
                .addObject()
                .put("name", name)
                .put("message", message)
                .put("stack", stack)
                .put("timestamp", begun + wall.toMillis());
    }

    private ObjectNode event() {
        ObjectNode event = JSON.objectNode();
        switch (trigger) {
            case Trigger.Request request -> {
                ObjectNode node = event.putObject("request");
                node.put("method", request.method()).put("url", request.url());
                ObjectNode headers = node.putObject("headers");
                for (String line : request.headers().split("\n")) {
                    int colon = line.indexOf(':');
                    if (colon > 0) {
                        String name = line.substring(0, colon);
                        headers.put(name, isSecret(name) ? "REDACTED" : line.substring(colon + 1));
                    }
                }
                node.putObject("cf");
                if (status > 0) {
                    event.putObject("response").put("status", status);
                }
            }
            case Trigger.Scheduled(String cron, long time) ->
                event.put("cron", cron).put("scheduledTime", time);
            case Trigger.Rpc(String method) -> event.put("rpcMethod", method);
        }
        return event;
    }

    private static boolean isSecret(String header) {
        return SECRET.matcher(header).find();
    }
}
