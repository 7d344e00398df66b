package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** RSASSA-PKCS1-v1_5, RSA-PSS and RSA-OAEP: sections 20 to 22 of the specification. */
final class Rsa {
    /** The longest modulus generated here: a thread cannot be stopped while it looks for primes, which takes a second at this size. */
    static final int GENERATED_BITS = 4096;

    /** The longest modulus imported: one private operation takes a tenth of a second at this size. */
    static final int IMPORTED_BITS = 8192;

    private static final int SHORTEST_BITS = 512;

    private Rsa() {}

    /** {@code exponent}: 3 or 65537, as in Workers. */
    static Material.RsaPrivate generate(long modulusBits, BigInteger exponent, Digest hash)
            throws GeneralSecurityException {
        if (modulusBits < SHORTEST_BITS || modulusBits > GENERATED_BITS || modulusBits % 8 != 0) {
            throw operationError("RSA keys are generated with " + SHORTEST_BITS + " to " + GENERATED_BITS
                    + " bits, in steps of 8; modulusLength is " + modulusBits + ".");
        }
        if (!exponent.equals(RSAKeyGenParameterSpec.F0) && !exponent.equals(RSAKeyGenParameterSpec.F4)) {
            throw operationError("RSA keys are generated with the publicExponent 3 or 65537.");
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec((int) modulusBits, exponent));
        return new Material.RsaPrivate(
                (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate(), hash);
    }

    static Material.RsaPublic publicOf(Material.RsaPrivate key) throws GeneralSecurityException {
        return importPublic(key.key().getModulus(), key.key().getPublicExponent(), key.hash());
    }

    static Material.RsaPublic importSpki(byte[] spki, Digest hash) throws GeneralSecurityException {
        return checked((RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki)), hash);
    }

    static Material.RsaPublic importPublic(BigInteger n, BigInteger e, Digest hash) throws GeneralSecurityException {
        return checked((RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(n, e)), hash);
    }

    private static Material.RsaPublic checked(RSAPublicKey key, Digest hash) {
        requireLength(key.getModulus());
        return new Material.RsaPublic(key, hash);
    }

    static Material.RsaPrivate importPkcs8(byte[] pkcs8, Digest hash) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        if (!(key instanceof RSAPrivateCrtKey crt)) {
            throw new GuestError("DataError", "The RSA private key has no primes.");
        }
        return checked(crt, hash);
    }

    static Material.RsaPrivate importPrivate(RSAPrivateCrtKeySpec spec, Digest hash) throws GeneralSecurityException {
        return checked((RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec), hash);
    }

    /** RFC 8017, section 3.2: what the numbers of a key must satisfy. */
    private static Material.RsaPrivate checked(RSAPrivateCrtKey key, Digest hash) {
        requireLength(key.getModulus());
        BigInteger p = key.getPrimeP();
        BigInteger q = key.getPrimeQ();
        BigInteger e = key.getPublicExponent();
        BigInteger dp = key.getPrimeExponentP();
        BigInteger dq = key.getPrimeExponentQ();
        if (p.compareTo(BigInteger.ONE) <= 0
                || q.compareTo(BigInteger.ONE) <= 0
                || !p.multiply(q).equals(key.getModulus())
                || !isInverse(e, key.getPrivateExponent(), p.subtract(BigInteger.ONE))
                || !isInverse(e, key.getPrivateExponent(), q.subtract(BigInteger.ONE))
                || !isInverse(e, dp, p.subtract(BigInteger.ONE))
                || !isInverse(e, dq, q.subtract(BigInteger.ONE))
                || !isInverse(q, key.getCrtCoefficient(), p)) {
            throw new GuestError("DataError", "The numbers of the RSA private key do not belong together.");
        }
        return new Material.RsaPrivate(key, hash);
    }

    private static boolean isInverse(BigInteger a, BigInteger b, BigInteger modulus) {
        return a.multiply(b).mod(modulus).equals(BigInteger.ONE);
    }

    private static void requireLength(BigInteger modulus) {
        if (modulus.bitLength() < SHORTEST_BITS || modulus.bitLength() > IMPORTED_BITS) {
            throw new GuestError(
                    "DataError",
                    "RSA keys have " + SHORTEST_BITS + " to " + IMPORTED_BITS + " bits, not " + modulus.bitLength()
                            + ".");
        }
    }

    /** {@code salt}: its length in bytes for RSA-PSS; negative for RSASSA-PKCS1-v1_5. */
    static byte[] sign(Material.RsaPrivate key, int salt, byte[] data) throws GeneralSecurityException {
        Signature signature = signature(key.hash(), salt);
        signature.initSign(key.key());
        signature.update(data);
        return signature.sign();
    }

    static boolean verify(Material.RsaPublic key, int salt, byte[] signed, byte[] data)
            throws GeneralSecurityException {
        Signature signature = signature(key.hash(), salt);
        signature.initVerify(key.key());
        signature.update(data);
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false;
        }
    }

    private static Signature signature(Digest hash, int salt) throws GeneralSecurityException {
        if (salt < 0) {
            return Signature.getInstance(hash.part + "withRSA");
        }
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
                new PSSParameterSpec(hash.text, "MGF1", hash.mgf1(), salt, PSSParameterSpec.TRAILER_FIELD_BC));
        return signature;
    }

    static byte[] encrypt(Material.RsaPublic key, byte[] label, byte[] data) throws GeneralSecurityException {
        return oaep(Cipher.ENCRYPT_MODE, key.key(), key.hash(), label, data);
    }

    static byte[] decrypt(Material.RsaPrivate key, byte[] label, byte[] data) throws GeneralSecurityException {
        return oaep(Cipher.DECRYPT_MODE, key.key(), key.hash(), label, data);
    }

    private static byte[] oaep(int mode, java.security.Key key, Digest hash, byte[] label, byte[] data)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(mode, key, new OAEPParameterSpec(hash.text, "MGF1", hash.mgf1(), new PSource.PSpecified(label)));
        return cipher.doFinal(data);
    }

    private static GuestError operationError(String message) {
        return new GuestError("OperationError", message);
    }
}
