package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/** Keys of ECDSA and ECDH, and both: sections 23 and 24 of the specification. */
final class EllipticCurves {
    private EllipticCurves() {}

    static Material.EcPrivate generate(Curve curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve.jdkName));
        java.security.KeyPair pair = generator.generateKeyPair();
        return new Material.EcPrivate(curve, (ECPrivateKey) pair.getPrivate(), (ECPublicKey) pair.getPublic());
    }

    static Material importRaw(Curve curve, byte[] point) throws GeneralSecurityException {
        return new Material.EcPublic(curve, publicKey(curve, curve.decode(point)));
    }

    static Material importSpki(Curve curve, byte[] spki) throws GeneralSecurityException {
        int compressed = 1 + curve.bytes;
        byte[] point = Der.last(spki, Math.min(spki.length, compressed));
        if (Arrays.equals(spki, Der.subjectPublicKeyInfo(curve.algorithmIdentifier(), point))) {
            return importRaw(curve, point);
        }
        ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
        requireCurve(curve, key.getParams());
        return new Material.EcPublic(
                curve,
                publicKey(curve, curve.point(key.getW().getAffineX(), key.getW().getAffineY())));
    }

    static Material importPkcs8(Curve curve, byte[] pkcs8) throws GeneralSecurityException {
        ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        requireCurve(curve, key.getParams());
        return privateKey(curve, key.getS());
    }

    /** RFC 7518, section 6.2. */
    static Material importJwk(Curve curve, @Nullable String x, @Nullable String y, @Nullable String d)
            throws GeneralSecurityException {
        ECPoint point = curve.point(integer(curve, "x", x), integer(curve, "y", y));
        if (d == null) {
            return new Material.EcPublic(curve, publicKey(curve, point));
        }
        Material.EcPrivate key = privateKey(curve, integer(curve, "d", d));
        if (!key.publicKey().getW().equals(point)) {
            throw new GuestError("DataError", "The JWK's 'd' does not belong to its 'x' and 'y'.");
        }
        return key;
    }

    private static BigInteger integer(Curve curve, String field, @Nullable String text) {
        byte[] bytes = Bytes.fromBase64url(field, text);
        if (bytes.length != curve.bytes) {
            throw new GuestError(
                    "DataError",
                    "The JWK's '" + field + "' must have " + curve.bytes + " bytes for " + curve.text + ".");
        }
        return new BigInteger(1, bytes);
    }

    private static void requireCurve(Curve curve, ECParameterSpec parameters) throws GeneralSecurityException {
        if (!parameters.getCurve().equals(curve.parameters().getCurve())) {
            throw new GuestError("DataError", "The key is not of the curve " + curve.text + ".");
        }
    }

    private static ECPublicKey publicKey(Curve curve, ECPoint point) throws GeneralSecurityException {
        return (ECPublicKey)
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve.parameters()));
    }

    /**
     * The key and its public half. The JDK offers no multiplication of points as such, but agreement with the generator is one that gives x, in
     * constant time; which of the two y belongs to it a signature tells.
     */
    static Material.EcPrivate privateKey(Curve curve, BigInteger d) throws GeneralSecurityException {
        ECParameterSpec parameters = curve.parameters();
        if (d.signum() <= 0 || d.compareTo(parameters.getOrder()) >= 0) {
            throw new GuestError("DataError", "The private key is out of the range of " + curve.text + ".");
        }
        ECPrivateKey key =
                (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(d, parameters));
        BigInteger x = new BigInteger(1, agree(key, publicKey(curve, parameters.getGenerator())));
        ECPublicKey even = publicKey(curve, curve.pointWithX(x, false));
        byte[] probe = new byte[1];
        boolean isEven = verify(even, Digest.SHA_256, sign(key, Digest.SHA_256, probe), probe);
        return new Material.EcPrivate(curve, key, isEven ? even : publicKey(curve, curve.pointWithX(x, true)));
    }

    static byte[] exportSpki(Material.EcPublic key) {
        return Der.subjectPublicKeyInfo(
                key.curve().algorithmIdentifier(), key.curve().encode(key.key()));
    }

    /** With ECPrivateKey of RFC 5915: the public key in it, the parameters left out. */
    static byte[] exportPkcs8(Material.EcPrivate key) {
        Curve curve = key.curve();
        return Der.privateKeyInfo(
                curve.algorithmIdentifier(),
                Der.sequence(
                        Der.integer(1),
                        Der.octetString(Bytes.unsigned(key.key().getS(), curve.bytes)),
                        Der.tagged(1, Der.bitString(curve.encode(key.publicKey())))));
    }

    /** ECPrivateKey of RFC 5915, complete. */
    static byte[] exportSec1(Material.EcPrivate key) {
        Curve curve = key.curve();
        return Der.sequence(
                Der.integer(1),
                Der.octetString(Bytes.unsigned(key.key().getS(), curve.bytes)),
                Der.tagged(0, curve.identifier()),
                Der.tagged(1, Der.bitString(curve.encode(key.publicKey()))));
    }

    /** {@code r || s}, as IEEE P1363 has it. */
    static byte[] sign(ECPrivateKey key, Digest hash, byte[] data) throws GeneralSecurityException {
        Signature signature = ecdsa(hash);
        signature.initSign(key);
        signature.update(data);
        return signature.sign();
    }

    static boolean verify(ECPublicKey key, Digest hash, byte[] signed, byte[] data) throws GeneralSecurityException {
        Signature signature = ecdsa(hash);
        signature.initVerify(key);
        signature.update(data);
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false;
        }
    }

    private static Signature ecdsa(Digest hash) throws GeneralSecurityException {
        return Signature.getInstance(hash.part + "withECDSAinP1363Format");
    }

    /** The x coordinate of the shared point. */
    static byte[] agree(ECPrivateKey key, ECPublicKey peer) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key);
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }
}
