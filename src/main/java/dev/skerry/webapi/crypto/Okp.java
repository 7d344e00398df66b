package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.XECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/** Ed25519 (RFC 8032) and X25519 (RFC 7748); their keys are octet key pairs, encoded as RFC 8410 and RFC 8037 say. */
final class Okp {
    private static final int KEY_BYTES = 32;

    private Okp() {}

    static Material.OkpPrivate generate(String algorithm) throws GeneralSecurityException {
        java.security.KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        return new Material.OkpPrivate(pair.getPrivate(), pair.getPublic());
    }

    static Material importRaw(String algorithm, byte[] bytes) throws GeneralSecurityException {
        requireLength(algorithm, bytes);
        return importSpki(algorithm, Der.subjectPublicKeyInfo(algorithmIdentifier(algorithm), bytes));
    }

    static Material importSpki(String algorithm, byte[] spki) throws GeneralSecurityException {
        return new Material.OkpPublic(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki)));
    }

    static Material.OkpPrivate importPkcs8(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        return new Material.OkpPrivate(key, publicKey(algorithm, octets(key)));
    }

    /** RFC 8037, section 2. */
    static Material importJwk(String algorithm, @Nullable String x, @Nullable String d)
            throws GeneralSecurityException {
        byte[] publicBytes = Bytes.fromBase64url("x", x);
        if (d == null) {
            return importRaw(algorithm, publicBytes);
        }
        byte[] privateBytes = Bytes.fromBase64url("d", d);
        requireLength(algorithm, privateBytes);
        Material.OkpPrivate key = importPkcs8(
                algorithm, Der.privateKeyInfo(algorithmIdentifier(algorithm), Der.octetString(privateBytes)));
        if (!Arrays.equals(octets(key.publicKey()), publicBytes)) {
            throw new GuestError("DataError", "The JWK's 'd' does not belong to its 'x'.");
        }
        return key;
    }

    private static void requireLength(String algorithm, byte[] bytes) {
        if (bytes.length != KEY_BYTES) {
            throw new GuestError(
                    "DataError", "A key of " + algorithm + " has " + KEY_BYTES + " bytes, not " + bytes.length + ".");
        }
    }

    /** A generator that draws this very key: the JDK does not offer the way from a private key to its public one otherwise. */
    private static PublicKey publicKey(String algorithm, byte[] privateKey) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(new NamedParameterSpec(algorithm), new FixedRandom(privateKey));
        java.security.KeyPair pair = generator.generateKeyPair();
        if (!Arrays.equals(octets(pair.getPrivate()), privateKey)) {
            throw new GeneralSecurityException("the provider drew another key");
        }
        return pair.getPublic();
    }

    static byte[] octets(PublicKey key) {
        return Der.last(key.getEncoded(), KEY_BYTES);
    }

    static byte[] octets(PrivateKey key) throws GeneralSecurityException {
        Optional<byte[]> octets =
                key instanceof EdECPrivateKey edwards ? edwards.getBytes() : ((XECPrivateKey) key).getScalar();
        return octets.orElseThrow(() -> new GeneralSecurityException("the key does not give its octets"));
    }

    static byte[] exportPkcs8(String algorithm, Material.OkpPrivate key) throws GeneralSecurityException {
        return Der.privateKeyInfo(algorithmIdentifier(algorithm), Der.octetString(octets(key.key())));
    }

    /** RFC 8410, section 3. */
    private static byte[] algorithmIdentifier(String algorithm) {
        return Der.sequence(Der.oid(algorithm.equals("Ed25519") ? "2b6570" : "2b656e"));
    }

    static byte[] sign(PrivateKey key, byte[] data) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(data);
        return signature.sign();
    }

    static boolean verify(PublicKey key, byte[] signed, byte[] data) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        try {
            signature.initVerify(key);
            signature.update(data);
            return signature.verify(signed);
        } catch (SignatureException | java.security.InvalidKeyException e) {
            return false;
        }
    }

    /** Fails for a peer of small order, as section 6.1 of RFC 7748 allows and WebCrypto asks. */
    static byte[] agree(PrivateKey key, PublicKey peer) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(key);
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }

    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] octets;

        FixedRandom(byte[] octets) {
            this.octets = octets.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(octets, 0, bytes, 0, bytes.length);
        }
    }
}
