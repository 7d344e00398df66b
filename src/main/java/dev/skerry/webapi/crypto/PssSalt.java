package dev.skerry.webapi.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;

/** How long the salt of an RSASSA-PSS signature is (RFC 8017, sections 8.1 and 9.1); the JDK wants to be told. */
final class PssSalt {
    /** As long as the digest. */
    private static final int DIGEST = -1;

    /** To sign: as long as it goes. To verify: as long as the signature has it. */
    private static final int AUTO = -2;

    private PssSalt() {}

    static PSSParameterSpec parameters(NodeDigest digest, int length) {
        return new PSSParameterSpec(digest.text(), "MGF1", mgf1(digest), length, PSSParameterSpec.TRAILER_FIELD_BC);
    }

    static MGF1ParameterSpec mgf1(NodeDigest digest) {
        return new MGF1ParameterSpec(digest.text());
    }

    static int ofSigner(BigInteger modulus, NodeDigest digest, int asked) throws GeneralSecurityException {
        int hash = digest.start().getDigestLength();
        int most = (modulus.bitLength() + 6) / 8 - hash - 2;
        return switch (asked) {
            case DIGEST -> hash;
            case AUTO -> Math.max(most, 0);
            // One that is too long fails in the signature.
            default -> Math.max(asked, 0);
        };
    }

    /** Negative when the signature is none. */
    static int ofVerifier(RSAPublicKey key, NodeDigest digest, int asked, byte[] signature)
            throws GeneralSecurityException {
        return switch (asked) {
            case DIGEST -> digest.start().getDigestLength();
            case AUTO -> found(key, digest, signature);
            default -> asked;
        };
    }

    /** EMSA-PSS-VERIFY, section 9.1.2, as far as the place where the salt begins. */
    private static int found(RSAPublicKey key, NodeDigest digest, byte[] signature) throws GeneralSecurityException {
        BigInteger number = new BigInteger(1, signature);
        int bits = key.getModulus().bitLength() - 1;
        int length = (bits + 7) / 8;
        int hashLength = digest.start().getDigestLength();
        if (number.compareTo(key.getModulus()) >= 0 || length < hashLength + 2) {
            return -1;
        }
        BigInteger encoded = number.modPow(key.getPublicExponent(), key.getModulus());
        if (encoded.bitLength() > bits) {
            return -1;
        }
        byte[] message = Bytes.unsigned(encoded, length);
        int masked = length - hashLength - 1;
        byte[] hash = Arrays.copyOfRange(message, masked, masked + hashLength);
        byte[] block = Arrays.copyOf(message, masked);
        mask(digest, hash, block);
        block[0] &= (byte) (0xff >> 8 * length - bits);
        int at = 0;
        while (at < block.length && block[at] == 0) {
            at++;
        }
        return at < block.length && block[at] == 1 ? block.length - at - 1 : -1;
    }

    /** MGF1, appendix B.2.1. */
    private static void mask(NodeDigest digest, byte[] seed, byte[] block) throws GeneralSecurityException {
        MessageDigest running = digest.start();
        for (int at = 0, counter = 0; at < block.length; counter++) {
            running.update(seed);
            running.update(new byte[] {0, 0, (byte) (counter >>> 8), (byte) counter});
            for (byte octet : running.digest()) {
                if (at < block.length) {
                    block[at++] ^= octet;
                }
            }
        }
    }
}
