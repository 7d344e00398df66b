package dev.skerry.webapi.fetch;

/**
 * Where a request goes. Immutable.
 *
 * @param host without brackets
 * @param path with the query
 */
record Target(boolean secure, String host, int port, String path) {
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
