package dev.skerry.schedule;

import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.time.Duration;
import java.time.Instant;

/**
 * What came of one scheduled event. Immutable.
 *
 * @param version the version that ran
 * @param cron the trigger
 * @param time the minute that it was due
 * @param took until the event ended, {@code waitUntil} included
 */
public record ScheduledRun(Version version, String cron, Instant time, Outcome outcome, Duration took) {
    /** Without the version's parts, among which are secrets. */
    @Override
    public String toString() {
        return version.environment() + " v" + version.number() + " '" + cron + "' of " + time + ": "
                + outcome.wireName() + " in " + took.toMillis() + " ms";
    }
}
