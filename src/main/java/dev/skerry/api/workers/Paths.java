package dev.skerry.api.workers;

/**
 * Paths that several resources begin with. All resources have the same root: Quarkus chooses a class by its path alone, and looks no further.
 */
final class Paths {
    static final String ROOT = "/client/v4";

    static final String ACCOUNT = "/accounts/{account}";

    /** A worker, by its one name or by service and environment: the parameter {@code worker} is for {@link Workers}. */
    static final String WORKER = ACCOUNT + "/workers/{worker:scripts/[^/]+|services/[^/]+/environments/[^/]+}";

    private Paths() {}
}
