package dev.skerry.webapi.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/** The few DER forms (ITU-T X.690) that keys are exported in; reading them is the JDK's work. */
final class Der {
    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return value(0x30, parts);
    }

    static byte[] octetString(byte[]... parts) {
        return value(0x04, parts);
    }

    /** A whole number of octets. */
    static byte[] bitString(byte[] octets) {
        return value(0x03, new byte[1], octets);
    }

    /** {@code [number] EXPLICIT}. */
    static byte[] tagged(int number, byte[]... parts) {
        return value(0xa0 | number, parts);
    }

    static byte[] integer(int small) {
        return value(0x02, new byte[] {(byte) small});
    }

    /** NULL. */
    static byte[] none() {
        return value(0x05);
    }

    /** {@code content}: the encoded arcs, in hex. */
    static byte[] oid(String content) {
        return value(0x06, HexFormat.of().parseHex(content));
    }

    private static byte[] value(int tag, byte[]... parts) {
        byte[] content = Bytes.concat(parts);
        int length = content.length;
        byte[] header = {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        if (length < 0x80) {
            header = new byte[] {(byte) tag, (byte) length};
        } else if (length < 0x100) {
            header = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        }
        return Bytes.concat(header, content);
    }

    /** SubjectPublicKeyInfo, RFC 5280, section 4.1. */
    static byte[] subjectPublicKeyInfo(byte[] algorithmIdentifier, byte[] publicKey) {
        return sequence(algorithmIdentifier, bitString(publicKey));
    }

    /** PrivateKeyInfo, RFC 5208, section 5. */
    static byte[] privateKeyInfo(byte[] algorithmIdentifier, byte[] privateKey) {
        return sequence(integer(0), algorithmIdentifier, octetString(privateKey));
    }

    /** The end of an encoding. */
    static byte[] last(byte[] encoded, int length) {
        return Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
    }
}
