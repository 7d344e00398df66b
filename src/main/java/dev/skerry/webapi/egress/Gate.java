package dev.skerry.webapi.egress;

import dev.skerry.model.HostPort;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which addresses workers may connect to: all that are of the public internet, and those that the configuration allows. It is asked about the very address that is
 * connected to, so a name that changes its address between two look-ups gains nothing. Immutable.
 */
final class Gate {
    /** https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry; and a cloud's metadata that has an address of its own. */
    private static final List<Network> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(Network::parse)
            .toList();

    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");

    private final List<Network> allowedNetworks;
    private final List<HostPort> allowedHosts;
    private final HostPort admin;

    /** @throws IllegalArgumentException when an entry is neither a network nor HOST:PORT */
    Gate(List<String> allow, String admin) {
        this.allowedNetworks = allow.stream()
                .filter(entry -> !isHostPort(entry))
                .map(Gate::network)
                .toList();
        this.allowedHosts =
                allow.stream().filter(Gate::isHostPort).map(HostPort::parse).toList();
        this.admin = HostPort.parse(admin);
    }

    private static boolean isHostPort(String entry) {
        return entry.startsWith("[")
                || (entry.indexOf(':') >= 0 && entry.indexOf(':') == entry.lastIndexOf(':') && entry.indexOf('/') < 0);
    }

    private static Network network(String entry) {
        try {
            return Network.parse(entry.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "skerry.egress.allow has '" + entry + "'; write a network (10.1.0.0/16), an address or HOST:PORT",
                    e);
        }
    }

    /**
     * Whether a worker may connect to an address.
     *
     * @param host as the URL names it, without brackets
     */
    boolean permits(String host, int port, InetAddress address) {
        if (port == admin.port() && isOfThisMachine(address)) {
            return false;
        }
        return !isSpecial(address)
                || allowedNetworks.stream().anyMatch(network -> network.contains(address))
                || allowedHosts.stream()
                        .anyMatch(allowed -> allowed.port() == port
                                && (allowed.host().toLowerCase(Locale.ROOT).equals(host)
                                        || (Network.isLiteral(allowed.host())
                                                && Network.literal(allowed.host())
                                                        .equals(address))));
    }

    /** Whether an address is not one of the public internet. Java has made an IPv4 address of an IPv4-mapped one. */
    static boolean isSpecial(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(bytes)) {
            return isSpecial(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            return isSpecial(Arrays.copyOfRange(bytes, 2, 6));
        }
        return isSpecial(bytes);
    }

    private static boolean isSpecial(byte[] bytes) {
        return SPECIAL.stream().anyMatch(network -> network.contains(bytes));
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
