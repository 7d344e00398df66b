package dev.skerry.model;

import java.util.UUID;

/** A version's UUID. */
public record VersionId(UUID value) {
    public static VersionId random() {
        return new VersionId(UUID.randomUUID());
    }

    /** @throws IllegalArgumentException when the text is not a UUID */
    public static VersionId parse(String text) {
        return new VersionId(UUID.fromString(text));
    }

    /** The first 8 hex digits, as they stand in a preview address. */
    public String shortForm() {
        return value.toString().substring(0, 8);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
