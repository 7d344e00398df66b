package dev.skerry.webapi.egress;

import dev.skerry.model.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses that begin alike; written {@code 10.0.0.0/8}, {@code fc00::/7}, or as one address. Immutable; holds bytes, since an image cannot keep the JDK's addresses. */
record Network(Bytes address, int prefix) {
    /** @throws IllegalArgumentException when the text is no network */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        Bytes address = Bytes.wrap(literal(literal).getAddress());
        int bits = address.size() * 8;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("'" + text + "' has a prefix that is not between 0 and " + bits);
        }
        return new Network(address, prefix);
    }

    /** The address that a literal stands for, without asking anybody. */
    static InetAddress literal(String text) {
        if (!isLiteral(text)) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address", e);
        }
    }

    /** Whether a host, as URLs write it without brackets, is an address and not a name. */
    static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    boolean contains(InetAddress other) {
        return contains(other.getAddress());
    }

    boolean contains(byte[] bytes) {
        byte[] own = address.array();
        if (bytes.length != own.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            int mask = prefix - bit >= 8 ? 0xFF : 0xFF << (8 - (prefix - bit)) & 0xFF;
            if (((bytes[bit / 8] ^ own[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
