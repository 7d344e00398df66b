package dev.skerry.model;

/** A KV namespace by its id (32 hex digits) and the title that people know it by; both unique. */
public record KvNamespace(String id, String title) {
    /** Longest title, in characters. */
    public static final int MAX_TITLE = 512;

    public KvNamespace {
        if (title.isBlank() || title.length() > MAX_TITLE) {
            throw new IllegalArgumentException(
                    "A KV namespace's title has 1 to " + MAX_TITLE + " characters; this one has " + title.length());
        }
    }
}
