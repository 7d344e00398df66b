package dev.skerry.api.environments;

/** Paths that several resources begin with; all have the root of the other resources, see {@code dev.skerry.api.workers.Paths}. */
final class Paths {
    static final String ROOT = "/client/v4";

    static final String WORKERS = "/accounts/{account}/workers";

    static final String SERVICE = WORKERS + "/services/{service}";

    static final String ENVIRONMENT = SERVICE + "/environments/{environment}";

    private Paths() {}
}
