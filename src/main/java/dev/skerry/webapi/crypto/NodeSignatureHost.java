package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/**
 * What {@code js/nodejs/crypto/signatures.js} sees: signatures, RSA encryption and agreement. Keys are those of {@link NodeKeyHost}; names of hashes are Node's in
 * lower case; paddings of RSA are told by the numbers of {@code crypto.constants}. Stateless.
 */
public final class NodeSignatureHost {
    private static final int PKCS1 = 1;
    private static final int NONE = 3;
    private static final int OAEP = 4;
    private static final int PSS = 6;

    NodeSignatureHost() {}

    /**
     * @param hash null for Ed25519
     * @param salt of PSS, in bytes, or one of the numbers of {@link PssSalt}
     * @param plain whether a signature of a curve is {@code r || s} and not DER
     */
    @GuestCallable
    public ByteBuffer sign(Object key, @Nullable String hash, int padding, int salt, boolean plain, byte[] data) {
        return Work.bytes("sign", () -> {
            java.security.Key own = jdkKey(key);
            Signature signature = signature(own, hash, padding, plain);
            signature.initSign((java.security.PrivateKey) own);
            if (padding == PSS && own instanceof RSAKey rsa) {
                NodeDigest digest = NodeDigest.named(String.valueOf(hash));
                signature.setParameter(PssSalt.parameters(digest, PssSalt.ofSigner(rsa.getModulus(), digest, salt)));
            }
            signature.update(data);
            return signature.sign();
        });
    }

    @GuestCallable
    public boolean verify(
            Object key, @Nullable String hash, int padding, int salt, boolean plain, byte[] data, byte[] signed) {
        return Work.run("verify", () -> {
            java.security.Key own = jdkKey(key);
            Signature signature = signature(own, hash, padding, plain);
            signature.initVerify((java.security.PublicKey) own);
            if (padding == PSS && own instanceof java.security.interfaces.RSAPublicKey rsa) {
                NodeDigest digest = NodeDigest.named(String.valueOf(hash));
                int length = PssSalt.ofVerifier(rsa, digest, salt, signed);
                if (length < 0) {
                    return false;
                }
                signature.setParameter(PssSalt.parameters(digest, length));
            }
            signature.update(data);
            try {
                return signature.verify(signed);
            } catch (SignatureException e) {
                return false;
            }
        });
    }

    private static Signature signature(java.security.Key key, @Nullable String hash, int padding, boolean plain)
            throws GeneralSecurityException {
        if (!(key instanceof RSAKey) && !(key instanceof ECKey)) {
            return Signature.getInstance("Ed25519");
        }
        String part = NodeDigest.named(String.valueOf(hash)).part();
        if (key instanceof ECKey) {
            return Signature.getInstance(part + "withECDSA" + (plain ? "inP1363Format" : ""));
        }
        return Signature.getInstance(padding == PSS ? "RSASSA-PSS" : part + "withRSA");
    }

    /** RSA; whether the key is public or private is for the caller to choose. {@code hash}, {@code label}: OAEP's. */
    @GuestCallable
    public ByteBuffer rsa(boolean encrypt, Object key, int padding, String hash, byte[] label, byte[] data) {
        return Work.bytes("RSA", () -> {
            Cipher cipher = Cipher.getInstance(
                    switch (padding) {
                        case PKCS1 -> "RSA/ECB/PKCS1Padding";
                        case NONE -> "RSA/ECB/NoPadding";
                        case OAEP -> "RSA/ECB/OAEPPadding";
                        default -> throw new GuestError("Error", "RSA has no padding of the number " + padding + ".");
                    });
            int mode = encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
            if (padding == OAEP) {
                NodeDigest digest = NodeDigest.named(hash);
                cipher.init(
                        mode,
                        jdkKey(key),
                        new OAEPParameterSpec(
                                digest.text(), "MGF1", PssSalt.mgf1(digest), new PSource.PSpecified(label)));
            } else {
                cipher.init(mode, jdkKey(key));
            }
            return cipher.doFinal(data);
        });
    }

    /** ECDH and X25519. */
    @GuestCallable
    public ByteBuffer agree(Object privateKey, Object publicKey) {
        return Work.bytes("diffieHellman", () -> {
            if (privateKey instanceof Material.EcPrivate own
                    && publicKey instanceof Material.EcPublic theirs
                    && own.curve() == theirs.curve()) {
                return EllipticCurves.agree(own.key(), theirs.key());
            }
            if (privateKey instanceof Material.OkpPrivate own
                    && publicKey instanceof Material.OkpPublic theirs
                    && own.name().equals("X25519")
                    && theirs.name().equals("X25519")) {
                return Okp.agree(own.key(), theirs.key());
            }
            throw new InvalidKeyException("Not of one algorithm of agreement");
        });
    }

    private static java.security.Key jdkKey(Object key) throws InvalidKeyException {
        return switch ((Material) key) {
            case Material.RsaPublic rsa -> rsa.key();
            case Material.RsaPrivate rsa -> rsa.key();
            case Material.EcPublic ec -> ec.key();
            case Material.EcPrivate ec -> ec.key();
            case Material.OkpPublic okp -> okp.key();
            case Material.OkpPrivate okp -> okp.key();
            case Material.Secret _ -> throw new InvalidKeyException("A secret key");
        };
    }
}
