package dev.skerry.api.automation;

import dev.skerry.api.ApiException;
import dev.skerry.api.ErrorCode;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.registry.Registry;
import java.util.UUID;

/** The environments and ids that calls name. */
final class Places {
    static final String ROOT = "/client/v4";

    static final String ENVIRONMENT = "/accounts/{account}/workers/services/{service}/environments/{environment}";

    private Places() {}

    /** An environment that is there. */
    static EnvironmentRef environment(Registry registry, String service, String environment) {
        EnvironmentRef ref;
        try {
            ref = EnvironmentRef.of(service, environment);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.INVALID, String.valueOf(e.getMessage()));
        }
        if (registry.service(ref.service()).isEmpty()) {
            throw new ApiException(ErrorCode.SERVICE_NOT_FOUND, "There is no service '" + service + "'");
        }
        if (registry.routes().environment(ref).isEmpty()) {
            throw new ApiException(
                    ErrorCode.ENVIRONMENT_NOT_FOUND,
                    "Service " + service + " has no environment '" + environment + "'");
        }
        return ref;
    }

    static UUID id(String what, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ApiException(
                    ErrorCode.INVALID, "'" + text + "' is not the id of a " + what + ", which is a UUID");
        }
    }
}
