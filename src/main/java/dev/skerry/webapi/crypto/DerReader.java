package dev.skerry.webapi.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;

/** Reads the values of a DER encoding (ITU-T X.690) one after the other. Confined to one thread. */
final class DerReader {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OID = 0x06;
    static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private int at;

    DerReader(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A reader of what is within the next value, which must have this tag. */
    DerReader enter(int tag) throws GeneralSecurityException {
        return new DerReader(next(tag));
    }

    /** Whether the next value has this tag. */
    boolean sees(int tag) {
        return at < bytes.length && (bytes[at] & 0xff) == tag;
    }

    /** The content of the next value, which must have this tag. */
    byte[] next(int tag) throws GeneralSecurityException {
        if (!sees(tag)) {
            throw new InvalidKeyException("Not the expected value at " + at);
        }
        at++;
        int length = length();
        if (length > bytes.length - at) {
            throw new InvalidKeyException("A value is longer than what holds it");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    private int length() throws GeneralSecurityException {
        int first = octet();
        if (first < 0x80) {
            return first;
        }
        if (first == 0x80 || first > 0x83) {
            throw new InvalidKeyException("A length of " + (first & 0x7f) + " octets");
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length << 8 | octet();
        }
        return length;
    }

    private int octet() throws GeneralSecurityException {
        if (at == bytes.length) {
            throw new InvalidKeyException("The encoding ends too early");
        }
        return bytes[at++] & 0xff;
    }
}
