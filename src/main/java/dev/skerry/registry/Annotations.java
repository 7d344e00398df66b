package dev.skerry.registry;

import dev.skerry.model.Version;
import java.util.HashMap;
import java.util.Map;

/** The keys of annotations that Skerry sets or reads itself. */
public final class Annotations {
    /** What its author says of a version or deployment. */
    public static final String MESSAGE = "workers/message";

    /** Gives a version an alias. */
    static final String ALIAS = "workers/alias";

    /** What it is due to, as wrangler shows it: {@code rollback}, {@code promotion}, {@code rollout}. */
    public static final String TRIGGERED_BY = "workers/triggered_by";

    /** A clone's first version: environment and number of the version it is of. */
    public static final String CLONED_FROM = "skerry/cloned-from";

    /** A promoted version: environment and number of the version it is of. */
    public static final String PROMOTED_FROM = "skerry/promoted-from";

    /** A deployment that a rollout made: the rollout's id. */
    public static final String ROLLOUT = "skerry/rollout";

    /** Which events a version handles, with commas between: what its trial told when it was uploaded. */
    public static final String HANDLERS = "skerry/handlers";

    /** For a version with the code of another: what it is of, by that key, and what is told of the code. */
    static Map<String, String> ofCopy(Version version, String key) {
        Map<String, String> annotations = new HashMap<>();
        annotations.put(key, version.environment() + " " + version.number());
        String handlers = version.annotations().get(HANDLERS);
        if (handlers != null) {
            annotations.put(HANDLERS, handlers);
        }
        return annotations;
    }

    private Annotations() {}
}
