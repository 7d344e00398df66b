package dev.skerry.api.workers;

/** Paths that several resources begin with. */
final class Paths {
    static final String ACCOUNT = "/client/v4/accounts/{account}";

    /** A worker, by its one name or by service and environment: the parameter {@code worker} is for {@link Workers}. */
    static final String WORKER = "/workers/{worker:scripts/[^/]+|services/[^/]+/environments/[^/]+}";

    private Paths() {}
}
