package dev.skerry.model;

/** One file of a version's code. The name is a relative path with {@code /} between its parts; it climbs nowhere. */
public record Module(String name, ModuleType type, Bytes content) {
    /** Longest name, in characters. */
    public static final int MAX_NAME = 512;

    public Module {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "A module's name has 1 to " + MAX_NAME + " characters; this one has " + name.length());
        }
        if (name.startsWith("/") || name.indexOf('\\') >= 0 || name.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(
                    "Module name '" + name + "' is not a relative path with / between its parts");
        }
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                throw new IllegalArgumentException(
                        "Module name '" + name + "' climbs out of its folder; remove the '..'");
            }
        }
    }
}
