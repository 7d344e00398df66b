package dev.skerry.registry;

import dev.skerry.model.Version;
import java.util.List;
import java.util.Optional;

/** Tries a new version by requests before it takes traffic. Thread-safe. */
@FunctionalInterface
public interface Gate {
    /**
     * A request and what its answer must be.
     *
     * @param path path and query, beginning with a slash
     * @param status the expected status, from 100 to 599; empty for any from 200 to 399
     * @param text what the body must contain; empty for anything
     */
    record Smoke(String method, String path, Optional<Integer> status, Optional<String> text) {
        public Smoke {
            if (status.filter(expected -> expected < 100 || expected > 599).isPresent()) {
                throw new IllegalArgumentException("A smoke request's status is from 100 to 599, not " + status.get());
            }
            if (!method.matches("[A-Za-z]{1,20}")
                    || !path.startsWith("/")
                    || path.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException(
                        "A smoke request has a method and a path that begins with a slash, without spaces; this one has '"
                                + method + " " + path + "'");
            }
        }
    }

    /**
     * Sends the requests to the version, as if by its preview address. Takes as long as they do: never called on an event loop, nor within a
     * {@link Change}.
     *
     * @return a sentence for each request that was not answered as expected
     */
    List<String> failures(Version version, List<Smoke> requests);
}
