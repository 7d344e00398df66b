package dev.skerry.cache;

import dev.skerry.model.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A response that is kept. Immutable; nobody changes the bytes.
 *
 * @param headers in the form of {@link dev.skerry.binding.HeaderLines}, without those that are not kept
 * @param coding the content coding that the bytes are in, if they are not what they stand for
 * @param vary the headers that the response depends on, with the values that they had; a missing one is the empty string
 * @param storedAt milliseconds since the epoch
 * @param expiresAt milliseconds since the epoch
 */
record Entry(
        int status,
        String statusText,
        String headers,
        Bytes body,
        Optional<String> coding,
        List<Map.Entry<String, String>> vary,
        long storedAt,
        long expiresAt) {
    /** What an entry takes besides characters and bytes. */
    private static final int OVERHEAD = 400;

    Entry {
        vary = List.copyOf(vary);
    }

    boolean fresh(long now) {
        return now < expiresAt;
    }

    /** Whether it answers a request with these headers. */
    boolean answers(String requestHeaders) {
        for (Map.Entry<String, String> header : vary) {
            if (!Headers.value(requestHeaders, header.getKey()).orElse("").equals(header.getValue())) {
                return false;
            }
        }
        return true;
    }

    long weight() {
        return OVERHEAD + 2L * headers.length() + body.size();
    }
}
