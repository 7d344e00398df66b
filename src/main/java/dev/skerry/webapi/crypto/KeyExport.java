package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys to octets and to JWKs. The caller has seen to it that the key is extractable. */
final class KeyExport {
    private KeyExport() {}

    /** {@code format}: raw, spki or pkcs8. */
    static byte[] octets(Key key, String format) throws GeneralSecurityException {
        return switch (key.material()) {
            case Material.Secret secret when format.equals("raw") -> secret.bytes();
            case Material.RsaPublic rsa when format.equals("spki") -> rsa.key().getEncoded();
            case Material.RsaPrivate rsa
            when format.equals("pkcs8") -> rsa.key().getEncoded();
            case Material.EcPublic ec when format.equals("raw") -> ec.curve().encode(ec.key());
            case Material.EcPublic ec when format.equals("spki") -> EllipticCurves.exportSpki(ec);
            case Material.EcPrivate ec when format.equals("pkcs8") -> EllipticCurves.exportPkcs8(ec);
            case Material.OkpPublic okp when format.equals("raw") -> Okp.octets(okp.key());
            case Material.OkpPublic okp when format.equals("spki") -> okp.key().getEncoded();
            case Material.OkpPrivate okp when format.equals("pkcs8") -> Okp.exportPkcs8(key.algorithm(), okp);
            case Material.Secret _ -> throw noFormat(key, format);
            case Material.RsaPublic _, Material.RsaPrivate _ when format.equals("raw") -> throw noFormat(key, format);
            case Material.RsaPublic _,
                    Material.RsaPrivate _,
                    Material.EcPublic _,
                    Material.EcPrivate _,
                    Material.OkpPublic _,
                    Material.OkpPrivate _ ->
                throw new GuestError(
                        "InvalidAccessError",
                        "A " + key.material().type() + " key cannot be exported in the format '" + format + "'.");
        };
    }

    private static GuestError noFormat(Key key, String format) {
        return new GuestError("NotSupportedError", key.algorithm() + " keys have no '" + format + "' format.");
    }

    /** The fields that depend on the algorithm, as JSON text: RFC 7518, section 6, and RFC 8037. */
    static String jwk(Key key) throws GeneralSecurityException {
        Map<String, String> fields = fields(key.material());
        switch (key.material()) {
            case Material.Secret secret -> fields.put("alg", secretAlg(key.algorithm(), secret));
            case Material.RsaPublic rsa -> fields.put("alg", rsaAlg(key.algorithm(), rsa.hash()));
            case Material.RsaPrivate rsa -> fields.put("alg", rsaAlg(key.algorithm(), rsa.hash()));
            case Material.OkpPublic _, Material.OkpPrivate _ -> {
                if (key.algorithm().equals("Ed25519")) {
                    fields.put("alg", key.algorithm());
                }
            }
            case Material.EcPublic _, Material.EcPrivate _ -> {}
        }
        return json(fields);
    }

    /** The same of a key that is for no algorithm in particular. */
    static String plainJwk(Material key) throws GeneralSecurityException {
        return json(fields(key));
    }

    private static String json(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\":\"" + field.getValue() + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Map<String, String> fields(Material key) throws GeneralSecurityException {
        Map<String, String> fields = new LinkedHashMap<>();
        switch (key) {
            case Material.Secret secret -> {
                fields.put("kty", "oct");
                fields.put("k", Bytes.base64url(secret.bytes()));
            }
            case Material.RsaPublic rsa -> putRsa(fields, rsa.key());
            case Material.RsaPrivate rsa -> {
                putRsa(fields, Rsa.publicOf(rsa).key());
                putRsaPrivate(fields, rsa.key());
            }
            case Material.EcPublic ec -> putEc(fields, ec.curve(), ec.key());
            case Material.EcPrivate ec -> {
                putEc(fields, ec.curve(), ec.publicKey());
                fields.put("d", Bytes.base64url(Bytes.unsigned(ec.key().getS(), ec.curve().bytes)));
            }
            case Material.OkpPublic okp -> putOkp(fields, okp.name(), okp.key());
            case Material.OkpPrivate okp -> {
                putOkp(fields, okp.name(), okp.publicKey());
                fields.put("d", Bytes.base64url(Okp.octets(okp.key())));
            }
        }
        return fields;
    }

    private static String secretAlg(String algorithm, Material.Secret secret) {
        return algorithm.equals("HMAC")
                ? "HS" + secret.hash().jwkSuffix
                : "A" + secret.bits() + algorithm.substring("AES-".length());
    }

    private static String rsaAlg(String algorithm, Digest hash) {
        return switch (algorithm) {
            case "RSA-PSS" -> "PS" + hash.jwkSuffix;
            case "RSA-OAEP" -> "RSA-OAEP" + hash.oaepSuffix;
            default -> "RS" + hash.jwkSuffix;
        };
    }

    private static void putRsa(Map<String, String> fields, RSAPublicKey key) {
        fields.put("kty", "RSA");
        fields.put("n", Bytes.base64url(key.getModulus()));
        fields.put("e", Bytes.base64url(key.getPublicExponent()));
    }

    private static void putRsaPrivate(Map<String, String> fields, RSAPrivateCrtKey key) {
        fields.put("d", Bytes.base64url(key.getPrivateExponent()));
        fields.put("p", Bytes.base64url(key.getPrimeP()));
        fields.put("q", Bytes.base64url(key.getPrimeQ()));
        fields.put("dp", Bytes.base64url(key.getPrimeExponentP()));
        fields.put("dq", Bytes.base64url(key.getPrimeExponentQ()));
        fields.put("qi", Bytes.base64url(key.getCrtCoefficient()));
    }

    private static void putEc(Map<String, String> fields, Curve curve, ECPublicKey key) {
        fields.put("kty", "EC");
        fields.put("crv", curve.text);
        fields.put("x", Bytes.base64url(Bytes.unsigned(key.getW().getAffineX(), curve.bytes)));
        fields.put("y", Bytes.base64url(Bytes.unsigned(key.getW().getAffineY(), curve.bytes)));
    }

    private static void putOkp(Map<String, String> fields, String algorithm, PublicKey key) {
        fields.put("kty", "OKP");
        fields.put("crv", algorithm);
        fields.put("x", Bytes.base64url(Okp.octets(key)));
    }
}
