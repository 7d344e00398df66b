package dev.skerry.api;

import dev.skerry.api.Need.Anything;
import dev.skerry.api.Need.Everywhere;
import dev.skerry.api.Need.In;
import dev.skerry.api.Need.InAllOf;
import dev.skerry.api.Need.InSomeOf;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Token.Scope;
import java.util.List;
import java.util.function.Function;

/**
 * Which call needs what, by its method and path; what is not named here needs the most. To ask is {@code READ}; to change what environments are made
 * of is {@code DEPLOY}; to rename and delete them, and what belongs to the whole server, is {@code ADMIN}. A call that touches a second environment, which its body
 * or its query names, checks that one itself by {@link Caller#require}. Thread-safe.
 */
final class Needs {
    private static final Need ANYTHING = new Anything();

    private final Function<String, EnvironmentRef> resolve;

    /** @param resolve finds the environment that clients without environments call by a name */
    Needs(Function<String, EnvironmentRef> resolve) {
        this.resolve = resolve;
    }

    /**
     * What a call needs.
     *
     * @param path its segments behind {@code /client/v4}, decoded
     * @throws ApiException when a name in it is none
     */
    Need of(String method, List<String> path) {
        boolean asks = method.equals("GET") || method.equals("HEAD");
        if (path.size() < 3 || !path.getFirst().equals("accounts")) {
            return asks ? ANYTHING : new Everywhere(Scope.ADMIN);
        }
        return switch (path.get(2)) {
            case "workers" -> workers(method, asks, path.subList(3, path.size()));
            case "storage" -> storage(method, asks, path.subList(3, path.size()));
            case "tokens" -> new Everywhere(Scope.ADMIN);
            default -> everywhere(asks);
        };
    }

    private Need workers(String method, boolean asks, List<String> path) {
        String first = path.isEmpty() ? "" : path.getFirst();
        if (path.size() < 2) {
            // Lists hold what the token may read; POST services names the new one in its body.
            boolean list = List.of("scripts", "services", "domains", "subdomain", "audit")
                    .contains(first);
            return list && (asks || first.equals("services")) ? ANYTHING : everywhere(asks);
        }
        return switch (first) {
            case "scripts" -> script(method, asks, path);
            case "workers" -> new In(asks ? Scope.READ : Scope.DEPLOY, resolve.apply(path.get(1)));
            case "services" -> service(method, asks, path);
            case "tails" -> path.size() == 3 ? new In(Scope.READ, resolve.apply(path.get(2))) : everywhere(asks);
            // They look at the environments themselves.
            case "durable_objects", "versions" -> asks ? ANYTHING : everywhere(false);
            default -> everywhere(asks);
        };
    }

    private Need script(String method, boolean asks, List<String> path) {
        EnvironmentRef ref = resolve.apply(path.get(1));
        if (path.size() == 2 && method.equals("DELETE") && ref.environment().isProduction()) {
            return new InAllOf(Scope.ADMIN, ref.service());
        }
        return environment(method, asks, ref, path.subList(2, path.size()));
    }

    private Need service(String method, boolean asks, List<String> path) {
        if (path.size() == 2) {
            EnvironmentRef ref = resolve.apply(path.get(1));
            return !ref.environment().isProduction()
                    ? new In(asks ? Scope.READ : Scope.ADMIN, ref)
                    : asks ? new InSomeOf(Scope.READ, ref.service()) : new InAllOf(Scope.ADMIN, ref.service());
        }
        ServiceName service = WorkerNames.named(path.get(1));
        return switch (path.get(2)) {
            case "environments" ->
                path.size() == 3
                        ? new InSomeOf(asks ? Scope.READ : Scope.DEPLOY, service)
                        : environment(
                                method,
                                asks,
                                WorkerNames.named(path.get(1), path.get(3)),
                                path.subList(4, path.size()));
            case "pipeline" ->
                asks
                        ? new InSomeOf(Scope.READ, service)
                        : path.size() == 3 ? new InAllOf(Scope.DEPLOY, service) : new InSomeOf(Scope.DEPLOY, service);
            default -> new InAllOf(asks ? Scope.READ : Scope.ADMIN, service);
        };
    }

    private static Need environment(String method, boolean asks, EnvironmentRef ref, List<String> below) {
        if (below.isEmpty()) {
            return new In(asks ? Scope.READ : method.equals("PUT") ? Scope.DEPLOY : Scope.ADMIN, ref);
        }
        boolean changesNothing = below.getFirst().equals("tails") || below.equals(List.of("domains", "changeset"));
        // What a clone needs besides, its call knows.
        boolean reads = asks || changesNothing || below.equals(List.of("clone"));
        return new In(reads ? Scope.READ : Scope.DEPLOY, ref);
    }

    /** KV: values are part of what is deployed, namespaces belong to the server. */
    private static Need storage(String method, boolean asks, List<String> path) {
        boolean below = path.size() > 3;
        boolean gets = asks
                || method.equals("POST")
                        && path.subList(Math.min(3, path.size()), path.size()).equals(List.of("bulk", "get"));
        boolean contents = below && (path.get(3).equals("values") || path.get(3).equals("bulk"));
        return new Everywhere(gets ? Scope.READ : contents ? Scope.DEPLOY : Scope.ADMIN);
    }

    private static Need everywhere(boolean asks) {
        return new Everywhere(asks ? Scope.READ : Scope.ADMIN);
    }
}
