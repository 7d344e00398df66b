package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;

/** The curves of FIPS 186-4 that WebCrypto has, and the encoding of their points (SEC 1, section 2.3). */
enum Curve {
    P_256("P-256", "secp256r1", 32, "2a8648ce3d030107"),
    P_384("P-384", "secp384r1", 48, "2b81040022"),
    P_521("P-521", "secp521r1", 66, "2b81040023");

    private static final String EC_PUBLIC_KEY = "2a8648ce3d0201";
    private static final BigInteger THREE = BigInteger.valueOf(3);

    final String text;
    final String jdkName;

    /** Of one coordinate. */
    final int bytes;

    private final String oid;

    Curve(String text, String jdkName, int bytes, String oid) {
        this.text = text;
        this.jdkName = jdkName;
        this.bytes = bytes;
        this.oid = oid;
    }

    static Curve named(String name) {
        for (Curve curve : values()) {
            if (curve.text.equals(name)) {
                return curve;
            }
        }
        throw new GuestError("NotSupportedError", "Unrecognized or unimplemented EC curve '" + name + "'.");
    }

    /** {@code oid}: the content of its identifier, in hex. */
    static Curve identified(String oid) {
        for (Curve curve : values()) {
            if (curve.oid.equals(oid)) {
                return curve;
            }
        }
        throw new GuestError("NotSupportedError", "The key is of a curve that is not supported.");
    }

    /** The identifier, encoded. */
    byte[] identifier() {
        return Der.oid(oid);
    }

    ECParameterSpec parameters() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(jdkName));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    /** AlgorithmIdentifier, RFC 5480, section 2.1.1. */
    byte[] algorithmIdentifier() {
        return Der.sequence(Der.oid(EC_PUBLIC_KEY), identifier());
    }

    /** The uncompressed form. */
    byte[] encode(ECPublicKey key) {
        ECPoint point = key.getW();
        return Bytes.concat(
                new byte[] {4}, Bytes.unsigned(point.getAffineX(), bytes), Bytes.unsigned(point.getAffineY(), bytes));
    }

    /** The compressed form. */
    byte[] compress(ECPublicKey key) {
        ECPoint point = key.getW();
        byte[] form = {(byte) (point.getAffineY().testBit(0) ? 3 : 2)};
        return Bytes.concat(form, Bytes.unsigned(point.getAffineX(), bytes));
    }

    /** The point that the octets stand for, uncompressed or compressed, which must be on the curve. */
    ECPoint decode(byte[] octets) throws GeneralSecurityException {
        int form = octets.length == 0 ? -1 : octets[0];
        if (form == 4 && octets.length == 1 + 2 * bytes) {
            return point(coordinate(octets, 1), coordinate(octets, 1 + bytes));
        }
        if ((form == 2 || form == 3) && octets.length == 1 + bytes) {
            return pointWithX(coordinate(octets, 1), form == 3);
        }
        throw new GuestError(
                "DataError", "This is no point of " + text + ", which takes " + (1 + 2 * bytes) + " octets.");
    }

    private BigInteger coordinate(byte[] octets, int at) {
        return new BigInteger(1, Arrays.copyOfRange(octets, at, at + bytes));
    }

    ECPoint point(BigInteger x, BigInteger y) throws GeneralSecurityException {
        BigInteger p = prime();
        if (x.compareTo(p) >= 0
                || y.compareTo(p) >= 0
                || !y.modPow(BigInteger.TWO, p).equals(squareOfY(x))) {
            throw new GuestError("DataError", "The point is not on " + text + ".");
        }
        return new ECPoint(x, y);
    }

    /** SEC 1, section 2.3.4; the primes of all three curves are 3 modulo 4. */
    ECPoint pointWithX(BigInteger x, boolean odd) throws GeneralSecurityException {
        BigInteger p = prime();
        BigInteger y = squareOfY(x).modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        return point(x, y.testBit(0) == odd ? y : p.subtract(y));
    }

    private BigInteger squareOfY(BigInteger x) throws GeneralSecurityException {
        var curve = parameters().getCurve();
        return x.modPow(THREE, prime())
                .add(curve.getA().multiply(x))
                .add(curve.getB())
                .mod(prime());
    }

    private BigInteger prime() throws GeneralSecurityException {
        return ((ECFieldFp) parameters().getCurve().getField()).getP();
    }
}
