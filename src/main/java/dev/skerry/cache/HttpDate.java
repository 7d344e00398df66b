package dev.skerry.cache;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Dates in headers (RFC 9110, 5.6.7), in the one form that is still written. */
final class HttpDate {
    private HttpDate() {}

    /** Milliseconds since the epoch. */
    static Optional<Long> parse(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME
                    .parse(text.strip(), Instant::from)
                    .toEpochMilli());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
