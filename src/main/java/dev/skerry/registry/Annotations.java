package dev.skerry.registry;

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

    private Annotations() {}
}
