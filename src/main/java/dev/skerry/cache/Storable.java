package dev.skerry.cache;

import dev.skerry.binding.GuestError;
import dev.skerry.webapi.compression.Coded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a response may be kept, what of it, and until when: RFC 9111 as a shared cache reads it, with what Workers adds. Immutable.
 *
 * @param headers what is kept of them
 * @param vary as in {@link Entry}
 * @param lifetime in seconds
 */
record Storable(String headers, List<Map.Entry<String, String>> vary, long lifetime) {
    private static final long MOST = 365L * 24 * 3600;

    /**
     * What of a response is kept; empty when its headers forbid it.
     *
     * @throws GuestError for what is an error in Workers too: a part of a response, and one that depends on everything
     */
    static Optional<Storable> of(int status, String headers, String requestHeaders, long now) {
        if (status == 206) {
            throw GuestError.type("Cannot cache response to a range request (206 Partial Content).");
        }
        String vary = Headers.value(headers, "vary").orElse("");
        List<Map.Entry<String, String>> depends = new ArrayList<>();
        for (String name : vary.split(",")) {
            String header = name.strip().toLowerCase(Locale.ROOT);
            if (header.equals("*")) {
                throw GuestError.type("Cannot cache response with 'Vary: *' header.");
            }
            if (!header.isEmpty() && !(header.equals("accept-encoding") && adapts(headers))) {
                depends.add(
                        Map.entry(header, Headers.value(requestHeaders, header).orElse("")));
            }
        }
        Directives control =
                Directives.parse(Headers.value(headers, "cache-control").orElse(""));
        String kept = headers;
        if (Headers.has(headers, "set-cookie")) {
            if (!control.keepsPrivate("set-cookie")) {
                return Optional.empty();
            }
            kept = Headers.without(headers, "set-cookie");
        }
        if (control.has("no-store") || control.has("no-cache") || control.isPrivate()) {
            return Optional.empty();
        }
        long lifetime = lifetime(status, headers, control, now);
        return lifetime <= 0 ? Optional.empty() : Optional.of(new Storable(kept, depends, Math.min(lifetime, MOST)));
    }

    /** Whether the body answers whatever codings are accepted: on its way out it becomes what the client takes. */
    private static boolean adapts(String headers) {
        return Coded.named(Headers.value(headers, "content-encoding").orElse("gzip"))
                .isPresent();
    }

    private static long lifetime(int status, String headers, Directives control, long now) {
        OptionalLong told = control.seconds("s-maxage");
        if (told.isEmpty()) {
            told = control.seconds("max-age");
        }
        if (told.isPresent()) {
            return told.getAsLong();
        }
        Optional<String> expires = Headers.value(headers, "expires");
        if (expires.isPresent()) {
            return HttpDate.parse(expires.get()).map(at -> (at - now) / 1000).orElse(0L);
        }
        // Cloudflare's: https://developers.cloudflare.com/cache/how-to/configure-cache-status-code/#edge-ttl
        return switch (status) {
            case 200, 301 -> 7200;
            case 302, 303 -> 1200;
            case 404, 410 -> 180;
            case 403 -> 60;
            default -> 0;
        };
    }
}
