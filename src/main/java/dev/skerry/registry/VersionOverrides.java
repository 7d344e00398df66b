package dev.skerry.registry;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.VersionId;

/**
 * The header {@code Cloudflare-Workers-Version-Overrides}: a dictionary of structured fields (RFC 9651, section 3.2) from a worker's name to a version's
 * UUID, {@code gateway="...", auth="..."}. A worker's name is the service's, or {@code service-environment} as clients without environments write it.
 */
final class VersionOverrides {
    private VersionOverrides() {}

    /** Whether the header asks for this version of this environment. */
    static boolean names(String header, EnvironmentRef environment, VersionId version) {
        String uuid = version.toString();
        int position = 0;
        while (position < header.length()) {
            int end = header.indexOf(',', position);
            int stop = end < 0 ? header.length() : end;
            int equals = header.indexOf('=', position);
            if (equals > 0 && equals < stop) {
                String value = header.substring(equals + 1, stop).strip();
                if (value.length() == uuid.length() + 2
                        && value.startsWith("\"")
                        && value.endsWith("\"")
                        && value.regionMatches(true, 1, uuid, 0, uuid.length())
                        && isNameOf(header.substring(position, equals).strip(), environment)) {
                    return true;
                }
            }
            position = stop + 1;
        }
        return false;
    }

    private static boolean isNameOf(String name, EnvironmentRef environment) {
        String service = environment.service().value();
        return name.equals(service) || name.equals(service + "-" + environment.environment());
    }
}
