package dev.skerry.webapi.fetch;

import dev.skerry.webapi.egress.Addresses;

/**
 * Where a request goes. Immutable.
 *
 * @param host without brackets
 * @param path with the query
 */
record Target(boolean secure, String host, int port, String path) {
    @Override
    public String toString() {
        return Addresses.name(host, port);
    }
}
