package dev.skerry.model;

/** Where a server listens; written {@code 127.0.0.1:8787}, {@code [::1]:8787}. Port 0 takes a free one. */
public record HostPort(String host, int port) {
    public HostPort {
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("'" + host + ":" + port
                    + "' is not an address to listen on; write HOST:PORT, such as 127.0.0.1:8787");
        }
    }

    /** @throws IllegalArgumentException when the text is not HOST:PORT; also how the configuration reads one */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            String host = text.substring(0, Math.max(colon, 0));
            int port = Integer.parseInt(text.substring(colon + 1));
            return new HostPort(
                    host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host, port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an address to listen on; write HOST:PORT, such as 127.0.0.1:8787", e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
