package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * The encodings in which files hold keys: SubjectPublicKeyInfo ({@code spki}), PKCS #8 (also encrypted), PKCS #1 (RFC 8017, appendix A.1) and SEC 1 (RFC 5915), whose
 * algorithm is told by what is in them. What cannot be read is a {@link GeneralSecurityException}.
 */
final class KeyFiles {
    private static final String RSA = "2a864886f70d010101";
    private static final String EC = "2a8648ce3d0201";
    private static final String ED25519 = "2b6570";
    private static final String PBES2 = "2a864886f70d01050d";
    private static final String X25519 = "2b656e";

    /** RSA keys of Node have no hash of their own. */
    private static final Digest NO_HASH = Digest.SHA_256;

    /** As many as OpenSSL makes. */
    private static final int PASSWORD_ITERATIONS = 2048;

    private KeyFiles() {}

    static Material read(String type, byte[] der) throws GeneralSecurityException {
        return switch (type) {
            case "spki" -> spki(der);
            case "pkcs8" -> pkcs8(der);
            case "pkcs1-public" -> Rsa.importSpki(Der.subjectPublicKeyInfo(rsaIdentifier(), der), NO_HASH);
            case "pkcs1" -> Rsa.importPkcs8(Der.privateKeyInfo(rsaIdentifier(), der), NO_HASH);
            case "sec1" -> sec1(der);
            case "x509" -> certificate(der);
            default -> throw new InvalidKeyException("No type of key: " + type);
        };
    }

    private static Material spki(byte[] der) throws GeneralSecurityException {
        DerReader algorithm = new DerReader(der).enter(DerReader.SEQUENCE).enter(DerReader.SEQUENCE);
        return switch (oid(algorithm)) {
            case RSA -> Rsa.importSpki(der, NO_HASH);
            case EC -> EllipticCurves.importSpki(Curve.identified(oid(algorithm)), der);
            case ED25519 -> Okp.importSpki("Ed25519", der);
            case X25519 -> Okp.importSpki("X25519", der);
            default -> throw new InvalidKeyException("An algorithm that is not known");
        };
    }

    private static Material pkcs8(byte[] der) throws GeneralSecurityException {
        DerReader info = new DerReader(der).enter(DerReader.SEQUENCE);
        info.next(DerReader.INTEGER);
        DerReader algorithm = info.enter(DerReader.SEQUENCE);
        return switch (oid(algorithm)) {
            case RSA -> Rsa.importPkcs8(der, NO_HASH);
            case EC -> EllipticCurves.importPkcs8(Curve.identified(oid(algorithm)), der);
            case ED25519 -> Okp.importPkcs8("Ed25519", der);
            case X25519 -> Okp.importPkcs8("X25519", der);
            default -> throw new InvalidKeyException("An algorithm that is not known");
        };
    }

    private static Material sec1(byte[] der) throws GeneralSecurityException {
        DerReader key = new DerReader(der).enter(DerReader.SEQUENCE);
        key.next(DerReader.INTEGER);
        BigInteger scalar = new BigInteger(1, key.next(DerReader.OCTET_STRING));
        return EllipticCurves.privateKey(Curve.identified(oid(key.enter(0xa0))), scalar);
    }

    private static Material certificate(byte[] der) throws GeneralSecurityException {
        PublicKey key = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der))
                .getPublicKey();
        return spki(key.getEncoded());
    }

    private static String oid(DerReader reader) throws GeneralSecurityException {
        return HexFormat.of().formatHex(reader.next(DerReader.OID));
    }

    private static byte[] rsaIdentifier() {
        return Der.sequence(Der.oid(RSA), Der.none());
    }

    /** {@code type}: spki or pkcs1 of a public key; pkcs8, pkcs1 or sec1 of a private one. */
    static byte[] write(Material key, String type) throws GeneralSecurityException {
        return switch (key) {
            case Material.RsaPublic rsa when type.equals("spki") -> rsa.key().getEncoded();
            case Material.RsaPublic rsa
            when type.equals("pkcs1") -> bits(new DerReader(rsa.key().getEncoded()).enter(DerReader.SEQUENCE));
            case Material.RsaPrivate rsa when type.equals("pkcs8") -> rsa.key().getEncoded();
            case Material.RsaPrivate rsa
            when type.equals("pkcs1") -> octets(new DerReader(rsa.key().getEncoded()).enter(DerReader.SEQUENCE));
            case Material.EcPublic ec when type.equals("spki") -> EllipticCurves.exportSpki(ec);
            case Material.EcPrivate ec when type.equals("pkcs8") -> EllipticCurves.exportPkcs8(ec);
            case Material.EcPrivate ec when type.equals("sec1") -> EllipticCurves.exportSec1(ec);
            case Material.OkpPublic okp when type.equals("spki") -> okp.key().getEncoded();
            case Material.OkpPrivate okp when type.equals("pkcs8") -> Okp.exportPkcs8(okp.name(), okp);
            case Material.RsaPublic _,
                    Material.RsaPrivate _,
                    Material.EcPublic _,
                    Material.EcPrivate _,
                    Material.OkpPublic _,
                    Material.OkpPrivate _,
                    Material.Secret _ -> throw new InvalidKeyException("No type of this key: " + type);
        };
    }

    private static byte[] bits(DerReader info) throws GeneralSecurityException {
        info.next(DerReader.SEQUENCE);
        byte[] bits = info.next(DerReader.BIT_STRING);
        return Der.last(bits, bits.length - 1);
    }

    private static byte[] octets(DerReader info) throws GeneralSecurityException {
        info.next(DerReader.INTEGER);
        info.next(DerReader.SEQUENCE);
        return info.next(DerReader.OCTET_STRING);
    }

    /** PBES2 (RFC 8018, section 6.2) to PKCS #8. */
    static byte[] decrypt(byte[] encrypted, String passphrase) throws GeneralSecurityException {
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
            AlgorithmParameters parameters = info.getAlgParameters();
            if (parameters == null) {
                throw new InvalidKeyException("No parameters");
            }
            int iterations = parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount();
            if (iterations > KeyDerivation.PBKDF2_ITERATIONS) {
                throw new GuestError(
                        "NotSupportedError",
                        "The key's passphrase takes " + iterations + " iterations; at most "
                                + KeyDerivation.PBKDF2_ITERATIONS + " are supported.");
            }
            String algorithm = parameters.toString();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, password(algorithm, passphrase), parameters);
            return cipher.doFinal(info.getEncryptedData());
        } catch (IOException e) {
            throw new InvalidKeyException(e);
        }
    }

    /** {@code bits}: of AES-CBC, 128 or 256. */
    static byte[] encrypt(byte[] pkcs8, int bits, String passphrase) throws GeneralSecurityException {
        String algorithm = "PBEWithHmacSHA256AndAES_" + bits;
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[16];
        byte[] iv = new byte[16];
        random.nextBytes(salt);
        random.nextBytes(iv);
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                password(algorithm, passphrase),
                new PBEParameterSpec(salt, PASSWORD_ITERATIONS, new IvParameterSpec(iv)));
        try {
            return Der.sequence(
                    Der.sequence(Der.oid(PBES2), cipher.getParameters().getEncoded()),
                    Der.octetString(cipher.doFinal(pkcs8)));
        } catch (IOException e) {
            throw new InvalidKeyException(e);
        }
    }

    private static SecretKey password(String algorithm, String passphrase) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(passphrase.toCharArray()));
    }
}
